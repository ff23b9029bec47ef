/** Work in the background, as every screen tells of it. */
export const tasks = {
  'import.state.reading': '正在检查',
  'import.state.ready': '等待写入',
  'import.state.refused': '无法导入',
  'import.state.committing': '正在写入',
  'import.state.done': '已完成',
  'import.state.failed': '失败',
  'import.state.cancelled': '已取消',
  'import.state.undone': '已撤销',
  'import.state.undoing': '正在撤销',
  'import.drop.release': '松开即可导入',
  'import.uploading': '正在上传 {file}',
  'import.task.reading': '检查 {file}',
  'import.task.writing': '导入 {file}',
  'import.task.undoing': '撤销导入 {file}',
  'import.open': '查看',
}
