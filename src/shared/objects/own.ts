import type { Hue, ObjectType, Words } from '../object.ts'
import { field, systemFields, words } from './declare.ts'
import type { ObjectIcon } from './icons.ts'

/** What a company says of an object that it made; its fields beyond these are made one by one. */
export interface OwnTraits {
  label: Words
  one: Words
  /** What the field is called that names a record. */
  titleLabel: Words
  number: { prefix: string; digits: number }
  owned: boolean
  icon: ObjectIcon
  hue: Hue
  groups: ObjectType['groups']
}

export const firstGroups: ObjectType['groups'] = [{ name: 'basic', label: words('基础信息', 'Basics') }, { name: 'system', label: words('系统信息', 'System') }]

/** What the name of a record is called where nobody says it: 设备名称. */
export const titleOf = (label: string) => words(`${label}名称`, 'Name')

/** An object that a company made, as it is at its birth: a number, a name, whose it is, a remark, and what the engine keeps on every record. */
export const ownObject = (name: string, table: string, { label, one, titleLabel, number, owned, icon, hue, groups }: OwnTraits): ObjectType => ({
  name, table, label, one, icon, hue, groups, owned,
  isOwn: true,
  title: 'name',
  numberField: 'number',
  numberPattern: number,
  search: ['name', 'number', 'remark'],
  pinyin: ['name'],
  indexed: ['name'],
  fields: [
    field('number', 'numberRule', words('编号', 'Number'), { unique: true, maxLength: 40, width: 110, example: `${number.prefix}${'1'.padStart(number.digits, '0')}`, synonyms: [`${label['zh-CN']}编号`, 'ID'] }),
    field('name', 'text', titleLabel, { required: true, maxLength: 200, width: 220, synonyms: [label['zh-CN'], `${label['zh-CN']}名称`, '名称', 'name'] }),
    ...(owned ? [
      field('owner', 'person', words('负责人', 'Owner'), { width: 100, synonyms: ['负责员工', '归属人'] }),
      field('department', 'department', words('所属部门', 'Department'), { group: 'system', computed: true, column: 'owner_department_id', hidden: true, width: 110 }),
    ] : []),
    field('remark', 'longText', words('备注', 'Remark'), { maxLength: 32767, hidden: true, synonyms: ['说明', '备注信息', '备注说明'] }),
    ...systemFields,
  ],
})

const nothing = words('', '')

/** The tables that those of own objects are copies of: the same declaration makes both. */
export const blanks: ObjectType[] = [true, false].map(owned =>
  ownObject('blank', owned ? 'blank_owned' : 'blank_shared', { label: nothing, one: nothing, titleLabel: nothing, number: { prefix: '', digits: 1 }, owned, icon: 'box', hue: 'slate', groups: firstGroups }))
