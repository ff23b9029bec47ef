import { customer } from '#shared/objects/customer.ts'
import { firstGroups, ownObject } from '#shared/objects/own.ts'
import { fieldTypes } from '#shared/fields/all.ts'
import type { Access, Role, Scope } from '#shared/access.ts'
import type { OwnType } from '#shared/api/fields.ts'
import type { Condition, Filter } from '#shared/filter.ts'
import type { Field } from '#shared/object.ts'

/**
 * A naive second telling of what the door promises, over plain arrays: slow, obvious, and sharing no line with it.
 * The differential test asks both the same and compares.
 */
export interface ModelViewer { id: string; departmentId: string; departmentTree: string[]; reports: string[]; roles: Role[] }
export interface ModelRow { id: string; ownerId: string | null; departmentId: string | null; createdAt: string; values: Record<string, unknown> }
export interface Shown { row: ModelRow; values: Record<string, unknown> }

/** Fields that this company made: the door knows no difference. */
export const ownFields: { name: string; label: string; type: OwnType; options?: { label: string }[]; formula?: string }[] = [
  { name: 'ownBudget', label: '年度预算', type: 'money' },
  { name: 'ownChannel', label: '来源渠道', type: 'choice', options: [{ label: '展会' }, { label: '转介绍' }, { label: '电话' }] },
  { name: 'ownPlate', label: '车牌', type: 'text' },
  { name: 'ownTenth', label: '预算一成', type: 'money', formula: '{ownBudget} * 0.1' },
]

const asField = ({ name, label, type, options }: (typeof ownFields)[number]): Field => ({
  name, type, label: { 'zh-CN': label, en: label }, column: '', group: '',
  ...(type === 'money' && { decimals: 2 }), ...(options && { options: options.map(option => ({ id: option.label, label: option.label, color: 'grey' })) }),
})

/** What is asked about: the fields of an object that take part, and those that search looks at. */
export interface Subject { object: string; fields: Field[]; searched: string[] }

const shared = customer.fields.filter(field => ['phone', 'email', 'level', 'tags', 'totalAmount', 'orderCount', 'birthday', 'vip', 'region', 'needs'].includes(field.name))
const titleAndOwner = (fields: Field[]) => fields.filter(field => ['name', 'owner'].includes(field.name))

export const customers: Subject = { object: 'customers', fields: [...ownFields.map(asField), ...shared, ...titleAndOwner(customer.fields)], searched: [...customer.search, 'ownPlate'] }

/** An object that this company made, with fields like those of customers, and two that point to records. */
const words = { 'zh-CN': '设备', en: '设备' }
const machine = ownObject('machines', '', { label: words, one: words, titleLabel: words, number: { prefix: 'SB', digits: 3 }, owned: true, icon: 'tool', hue: 'teal', groups: firstGroups })
export const machineReferences = [{ name: 'maker', label: '制造商', type: 'reference', target: 'customers' }, { name: 'parent', label: '上级设备', type: 'reference', target: 'machines' }] as const
export const machineFields = [...ownFields, ...shared.map(({ name, label, type, options, decimals }) => ({
  name, label: label['zh-CN'], type: type as OwnType, ...(options && { options: options.map(option => ({ label: option.label })) }), ...(decimals !== undefined && { decimals }),
}))]
export const machines: Subject = {
  object: 'machines', searched: ['name', 'phone', 'email', 'ownPlate'],
  fields: [...ownFields.map(asField), ...shared, ...titleAndOwner(machine.fields), ...machineReferences.map(({ name, type, target }): Field => ({ name, type, target, label: words, column: '', group: '' }))],
}

const covers = (viewer: ModelViewer, scope: Scope | undefined, row: ModelRow): boolean => {
  if (scope === 'all') return true
  if (scope === 'own') return row.ownerId === viewer.id
  if (scope === 'reports') return viewer.reports.includes(row.ownerId ?? '')
  if (scope === 'department') return row.departmentId === viewer.departmentId
  return scope === 'departmentTree' && viewer.departmentTree.includes(row.departmentId ?? '')
}

/** What is worked out from the budget shows no more than the budget, where the role does not name it. */
const accessOf = ({ object }: Subject, role: Role, field: Field): Access => role.fields[object]?.[field.name] ?? (field.name === 'ownTenth' ? role.fields[object]?.['ownBudget'] : undefined) ?? 'write'
const viewOf = ({ object }: Subject, role: Role) => role.objects[object]?.view ?? 'none'
export const isReference = (field: Field) => field.type === 'person' || field.type === 'reference'

/** How much of a field one sees on one record: the most that any role shows that reaches this record. */
function levelOn(subject: Subject, viewer: ModelViewer, field: Field, row: ModelRow): 'read' | 'masked' | 'nothing' {
  const reaching = viewer.roles.filter(role => covers(viewer, viewOf(subject, role), row)).map(role => accessOf(subject, role, field))
  if (reaching.some(access => access === 'read' || access === 'write')) return 'read'
  return reaching.includes('masked') && !isReference(field) ? 'masked' : 'nothing'
}

/** A name exists when some role with any rows shows it at all. */
export const exists = (subject: Subject, viewer: ModelViewer, field: Field) =>
  viewer.roles.some(role => viewOf(subject, role) !== 'none' && accessOf(subject, role, field) !== 'hidden' && !(isReference(field) && accessOf(subject, role, field) === 'masked'))

/** A column is a text wherever some role could show less than the whole. */
export function isText(subject: Subject, viewer: ModelViewer, field: Field): boolean {
  if (isReference(field)) return false
  const held = viewer.roles.filter(role => viewOf(subject, role) !== 'none')
  if (held.some(role => viewOf(subject, role) === 'all' && ['read', 'write'].includes(accessOf(subject, role, field)))) return false
  const read = held.filter(role => ['read', 'write'].includes(accessOf(subject, role, field))).map(role => viewOf(subject, role))
  return held.some(role => !read.includes(viewOf(subject, role)))
}

const textOf = (value: unknown): string | null => (value === null || value === undefined ? null : Array.isArray(value) ? value.join('、') : String(value))

function valueFor(subject: Subject, viewer: ModelViewer, field: Field, row: ModelRow): unknown {
  const value = row.values[field.name] ?? null
  const level = levelOn(subject, viewer, field, row)
  if (value === null || level === 'nothing') return null
  if (level === 'masked') return fieldTypes[field.type].mask(value, field)
  return isText(subject, viewer, field) ? textOf(value) : value
}

export const shownTo = (subject: Subject, viewer: ModelViewer, rows: ModelRow[]): Shown[] =>
  rows.filter(row => viewer.roles.some(role => covers(viewer, viewOf(subject, role), row)))
    .map(row => ({ row, values: Object.fromEntries(subject.fields.filter(field => exists(subject, viewer, field)).map(field => [field.name, valueFor(subject, viewer, field, row)])) }))

export function holds(subject: Subject, viewer: ModelViewer, shown: Shown, filter: Filter): boolean {
  if ('and' in filter) return filter.and.every(part => holds(subject, viewer, shown, part))
  if ('or' in filter) return filter.or.some(part => holds(subject, viewer, shown, part))
  if ('not' in filter) return !holds(subject, viewer, shown, filter.not)
  const field = subject.fields.find(each => each.name === filter.field)
  if (!field) throw new Error(filter.field)
  return condition(field, isText(subject, viewer, field), shown.values[field.name] ?? null, filter)
}

function condition(field: Field, text: boolean, value: unknown, filter: Condition): boolean {
  const low = (input: unknown) => String(input).toLowerCase()
  const same = (input: unknown) => compare(field, text, value, input) === 0
  const list = filter.value as unknown[]
  switch (filter.op) {
    case 'empty': return value === null || value === '' || (Array.isArray(value) && value.length === 0)
    case 'notEmpty': return !condition(field, text, value, { ...filter, op: 'empty' })
    case 'eq': return value !== null && same(filter.value)
    case 'ne': return value === null || !same(filter.value)
    case 'in': return value !== null && (Array.isArray(value) ? list.some(item => (value as unknown[]).includes(item)) : list.some(same))
    case 'notIn': return value === null || !condition(field, text, value, { ...filter, op: 'in' })
    case 'contains': return value !== null && (Array.isArray(value) ? list.every(item => (value as unknown[]).includes(item)) : low(value).includes(low(filter.value)))
    case 'startsWith': return value !== null && low(value).startsWith(low(filter.value))
    case 'between': return value !== null && compare(field, text, value, list[0]) >= 0 && compare(field, text, value, list[1]) <= 0
    case 'gt': return value !== null && compare(field, text, value, filter.value) > 0
    case 'gte': return value !== null && compare(field, text, value, filter.value) >= 0
    case 'lt': return value !== null && compare(field, text, value, filter.value) < 0
    case 'lte': return value !== null && compare(field, text, value, filter.value) <= 0
    default: throw new Error(filter.op)
  }
}

/** By code points, as byte order of UTF-8 has it. */
export const byCodePoint = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b))

export function compare(field: Field, text: boolean, a: unknown, b: unknown): number {
  if (text) return byCodePoint(String(a), String(b))
  if (field.type === 'money' || field.type === 'number') return Number(a) - Number(b)
  if (field.type === 'choice') return place(field, a) - place(field, b)
  if (field.type === 'boolean') return Number(a) - Number(b)
  if (isReference(field)) return byCodePoint(idOf(a), idOf(b))
  if (Array.isArray(a)) return byCodePoint(JSON.stringify(a), JSON.stringify(b))
  return byCodePoint(String(a), String(b))
}
const place = (field: Field, label: unknown) => field.options?.findIndex(option => option.label === label) ?? -1
const idOf = (value: unknown) => (typeof value === 'string' ? value : (value as { id: string }).id)
