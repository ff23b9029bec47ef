/** Exporting lists. */
export const exports = {
  'export.notFound': '没有找到这次导出',
  'export.forbidden': '你的角色不能导出{object}',
  'export.notReady': '文件还没有写好，或已过期；请重新导出',
  'export.gaveUp': '多次尝试都没有成功，请联系管理员',
  'export.recent': '最近导出，文件保留一天',
  'export.rowsAt': '{rows} 行 · {at}',
  'export.running': '导出 {name}',
  'export.text': '已写入 {rows} 行到 {file}，sha256 {sha256}',
  'export.exists': '文件 {file} 已经存在，没有覆盖',
  'usage.export': '用法：export customers --out 文件 [--format xlsx|csv] [--filter JSON] [--sort 字段] [--fields 字段,字段]',
}
