import { isEmpty } from '#shared/fields/field.ts'
import type { RecordOut } from '#shared/api/records.ts'
import type { Filter } from '#shared/filter.ts'
import { t } from '#web/i18n.ts'
import type { FieldOut } from '#web/objects.ts'
import { write } from '#web/records/values.ts'
import { Tag } from '#web/ui/tag.tsx'
import type { RowHead } from '#web/ui/grid/types.ts'
import type { Group } from './groups.ts'

type Line = Record<string, unknown>
export type Names = ReadonlyMap<string, string>

/** The value of a group as the server names it; nothing is the empty text. */
const keyOf = (value: unknown) => (isEmpty(value) ? '' : String(value))

/** What is asked of the server: how many records each value has, and the sums of the amounts that are shown. */
export const measuresOf = (fields: readonly FieldOut[]) =>
  [{ op: 'count' as const, as: 'records' }, ...fields.filter(isSummed).slice(0, 19).map(field => ({ op: 'sum' as const, field: field.name, as: `sum_${field.name}` }))]
const isSummed = (field: FieldOut) => (field.type === 'number' || field.type === 'money') && field.access !== 'masked'

/** The groups in the order of the options, else of their names; those without a value come last. */
export function groupsOf(field: FieldOut, lines: readonly Line[], names: Names): Group[] {
  const place = (key: string) => field.options?.findIndex(option => option.label === key) ?? -1
  const known = lines.map(line => {
    const key = keyOf(line[field.name])
    return { key, filter: filterOf(field, key), count: Number(line.records), head: { id: `group ${field.name} ${key}`, version: 0 } satisfies RecordOut }
  })
  const order = (key: string) => (key === '' ? Infinity : place(key) < 0 ? 10_000 : place(key))
  return known.toSorted((a, b) => order(a.key) - order(b.key) || (names.get(a.key) ?? a.key).localeCompare(names.get(b.key) ?? b.key, 'zh-CN'))
}

function filterOf(field: FieldOut, key: string): Filter {
  if (key === '') return { field: field.name, op: 'empty' }
  return { field: field.name, op: 'eq', value: field.type === 'boolean' ? key === 'true' : key }
}

/** The head of a group: its name in its colour, how many, and the sums under their columns. */
export function headOf(field: FieldOut, group: Group, lines: readonly Line[], around: { names: Names; fields: readonly FieldOut[]; isOpen: boolean }): RowHead {
  const line = lines.find(each => keyOf(each[field.name]) === group.key)
  const sums = around.fields.filter(isSummed).flatMap(each => {
    const value = line?.[`sum_${each.name}`]
    return isEmpty(value) ? [] : [[each.name, write(String(value), { ...each, access: 'read' })]]
  })
  const text = textOf(field, group.key, around.names)
  return { isOpen: around.isOpen, text: t('groups.head', { name: text, count: group.count.toLocaleString() }), sums: Object.fromEntries(sums), label: field.options ? tagOf(field, group.key, text) : text, count: group.count.toLocaleString() }
}

function textOf(field: FieldOut, key: string, names: Names): string {
  if (key === '') return t('groups.none')
  if (field.type === 'boolean') return write(key === 'true', field)
  return names.get(key) ?? (field.options ? key : t('groups.unnamed'))
}

function tagOf(field: FieldOut, key: string, text: string) {
  const option = field.options?.find(each => each.label === key)
  return key === '' ? text : <Tag hue={option?.color ?? 'grey'} outlined={option?.id === 'dormant'}>{text}</Tag>
}
