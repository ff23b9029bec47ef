import type { Reference } from '#shared/fields/field.ts'
import { fieldTypes } from '#shared/fields/all.ts'
import type { Field } from '#shared/object.ts'
import { targetOf } from '../catalog/catalog.ts'
import { join, raw, sql, type Sql } from '../db/sql.ts'

/** A value of the API as it is stored: option ids for labels, ids for references. */
export function toStored(field: Field, value: unknown): unknown {
  if (value === null || value === undefined) return null
  if (field.type === 'choice') return optionId(field, String(value))
  if (field.type === 'choices') return (value as string[]).map(label => optionId(field, label))
  return targetOf(field) ? (value as Reference).id : value
}

/** A stored value as the API shows it; references need their labels from elsewhere. */
export function fromStored(field: Field, value: unknown): unknown {
  if (value === null || value === undefined) return null
  if (field.type === 'choice') return optionLabel(field, String(value))
  if (field.type === 'choices') return (value as string[]).map(id => optionLabel(field, id))
  return value
}

export const optionId = (field: Field, label: string) => (field.options?.find(option => option.label === label) ?? field.options?.find(option => option.formerly?.includes(label)))?.id ?? label
const optionLabel = (field: Field, id: string) => field.options?.find(option => option.id === id)?.label ?? id

/** A stored value as the API shows it, in SQL. */
export function apiSql(field: Field, value: Sql): Sql {
  if (field.type === 'choice') return labelSql(field, value)
  if (field.type === 'choices') return sql`(select array_agg(${labelSql({ ...field, type: 'choice' }, raw('item'))} order by place) from unnest(${value}) with ordinality items(item, place))`
  return isDecimal(field) ? decimalSql(field, value) : value
}

/** A stored value as one text: what a mask is laid over, and what a masked column shows where it may be read. */
export function labelSql(field: Field, value: Sql): Sql {
  if (field.type === 'choice') {
    const cases = (field.options ?? []).map(option => sql`when ${literal(option.id)} then ${literal(option.label)}`)
    return cases.length === 0 ? value : sql`case ${value} ${join(cases, ' ')} else ${value} end`
  }
  if (field.type === 'choices') return sql`array_to_string(${apiSql(field, value)}, '、')`
  if (field.type === 'tags') return sql`array_to_string(${value}, '、')`
  if (isDecimal(field)) return decimalSql(field, value)
  return fieldTypes[field.type].sql === 'text' ? value : sql`(${value})::text`
}

export const isDecimal = (field: Field) => fieldTypes[field.type].sql === 'numeric'

const decimalSql = (field: Field, value: Sql): Sql =>
  field.decimals === undefined ? sql`trim_scale(${value})::text` : sql`round(${value}, ${raw(String(field.decimals))})::text`

/** A quoted text of the catalog. */
const literal = (text: string) => raw(`'${text.replaceAll("'", "''")}'`)
