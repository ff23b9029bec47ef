import type { ObjectType } from '../object.ts'
import { field, option, systemFields, words } from './declare.ts'

/** 成员: who works with the product. Sign-in facts live apart, in `credentials`. */
export const user: ObjectType = {
  name: 'users',
  table: 'users',
  label: words('成员', 'Members'),
  one: words('成员', 'Member'),
  title: 'name',
  owned: false,
  search: ['name', 'login', 'phone', 'email', 'title'],
  pinyin: ['name'],
  groups: [{ name: 'basic', label: words('基础信息', 'Basics') }, { name: 'system', label: words('系统信息', 'System') }],
  fields: [
    field('name', 'text', words('姓名', 'Name'), { required: true, maxLength: 60, width: 120, mask: 'name' }),
    field('login', 'text', words('登录名', 'Login'), { unique: true, computed: true, maxLength: 60, width: 120 }),
    field('department', 'department', words('部门', 'Department'), { width: 140 }),
    field('manager', 'person', words('直属上级', 'Manager'), { width: 110 }),
    field('title', 'text', words('职务', 'Title'), { maxLength: 60, width: 120 }),
    field('phone', 'phone', words('手机', 'Phone'), { width: 130 }),
    field('email', 'email', words('邮箱', 'E-mail'), { width: 180 }),
    field('region', 'region', words('负责区域', 'Region'), { width: 140 }),
    field('status', 'choice', words('状态', 'Status'), { computed: true, default: '在职', options: [option('active', '在职', 'green'), option('disabled', '已停用', 'grey')], width: 90 }),
    ...systemFields,
  ],
}
