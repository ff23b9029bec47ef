/** Saved views: what may be refused, their tabs and dialogs, boards, calendars, cards. They come with these screens. */
export const views = {
  'view.byChoice': '看板要按一个单选字段分列',
  'view.byDate': '日历要按一个日期字段排列',
  'view.mayNotShare': '你可以保存自己的视图；给部门看要由部门负责人来做，给所有人看要由能设置字段的人来做',
  'view.nameMissing': '视图要有名称',
  'view.nameLong': '视图名称最多 {most} 个字',
  'view.nameTaken': '已经有叫“{name}”的视图',
  'view.tooMany': '视图已有 {most} 个，先删掉不用的',
  'view.departmentMissing': '请选择部门',
  'view.departmentUnasked': '只有给部门看的视图才选部门',
  'view.defaultOwn': '只给自己看的视图不能设为角色的默认',
  'view.conflict': '这个视图刚被别人改过，请看现在的样子再保存',
}
