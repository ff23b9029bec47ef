import type { ObjectType } from '../object.ts'
import { field, systemFields, words } from './declare.ts'

/** 部门: the tree of the company. */
export const department: ObjectType = {
  name: 'departments',
  table: 'departments',
  label: words('部门', 'Departments'),
  one: words('部门', 'Department'),
  title: 'name',
  owned: false,
  search: ['name'],
  pinyin: ['name'],
  groups: [{ name: 'basic', label: words('基础信息', 'Basics') }, { name: 'system', label: words('系统信息', 'System') }],
  fields: [
    field('name', 'text', words('部门名称', 'Name'), { required: true, maxLength: 60, width: 200 }),
    field('parent', 'department', words('上级部门', 'Parent'), { width: 200 }),
    field('head', 'person', words('负责人', 'Head'), { width: 120 }),
    ...systemFields,
  ],
}
