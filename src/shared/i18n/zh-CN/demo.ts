/** The demo command. */
export const demo = {
  'usage.demo': '用法：demo --customers 数量（1 到 5,000,000）--seed 种子 [--date 日期，如 2026-06-30]',
  'demo.progress': '已写入 {done} / {customers} 个客户',
  'demo.done': '示例公司已建好：{customers} 个客户，{contacts} 个联系人，{people} 位成员，用时 {seconds} 秒',
  'demo.logins': '每个角色有一个可以登录的账号（角色、登录名、密码，只显示这一次）：',
  'demo.notEmpty': '这个数据库里已经有客户，没有填入示例数据',
  'demo.noCompany': '还没有公司的根部门，不知道把示例放在哪里',
}
