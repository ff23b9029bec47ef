import type { Field, ObjectType } from '#shared/object.ts'
import type { Viewer } from '../access/viewer.ts'
import { isPeople, targetOf } from '../catalog/catalog.ts'
import { ident, join, raw, sql, type Sql } from '../db/sql.ts'
import { relation, visibleColumns, type Column } from './relation.ts'
import { apiSql } from './storage.ts'

const quoted = (name: string) => raw(`"${name.replaceAll('"', '')}"`)

/** The columns of a page as the API's JSON: labels for options, decimal texts for numbers, `{id, label}` for references. */
export const outputList = (viewer: Viewer, columns: Column[], alias: Sql): Sql =>
  join([
    sql`${alias}.id`, sql`${alias}.version`,
    ...columns.map(column => sql`${output(viewer, column, sql`${alias}.${ident(column.field.column)}`)} as ${quoted(column.field.name)}`),
  ])

function output(viewer: Viewer, column: Column, value: Sql): Sql {
  const target = targetOf(column.field)
  if (target) return referenceSql(viewer, column.field, value)
  if (column.shown === 'text') return value
  return apiSql(column.field, value)
}

/** The record that a reference points to, as far as this viewer sees it. */
function referenceSql(viewer: Viewer, field: Field, value: Sql): Sql {
  const target = targetOf(field)
  if (!target) return value
  const { from, label } = labelled(viewer, target)
  return sql`(select json_build_object('id', target.id, 'label', ${label}) from ${from} target where target.id = ${value})`
}

/** Where the records lie that references point to, as far as this viewer sees them, and what names each `target` among them. */
export function labelled(viewer: Viewer, target: ObjectType): { from: Sql; label: Sql } {
  const title = sql`target.${ident(target.fields.find(each => each.name === target.title)?.column ?? 'id')}`
  if (isPeople(target)) return { from: ident(target.table), label: title }
  const isNamed = visibleColumns(viewer, target).some(column => column.field.name === target.title)
  return { from: relation(viewer, target), label: isNamed ? title : raw('null::text') }
}
