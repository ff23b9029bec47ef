import { fieldTypes } from '#shared/fields/all.ts'
import type { Field, ObjectType } from '#shared/object.ts'
import type { Viewer } from '../access/viewer.ts'
import { objectOf } from '../catalog/catalog.ts'
import { keyColumn } from '../catalog/storage.ts'
import type { Db } from '../db/connect.ts'
import { ident, sql, type Sql } from '../db/sql.ts'
import { columnFor } from './filter.ts'
import { relation } from './relation.ts'

/** A row of a list and the record that already holds its key; `label` names the record as this viewer sees it. */
export interface Match { row: number; id: string; label: string | null; count: number }

/**
 * Which records, among those that this viewer sees, hold the keys of a list. `keys` is a relation of `(row int, key text)`, made once. For a long list the
 * caller's transaction must let both sides meet by hashing (`enable_nestloop = off`): a planner that expects few keys would look them up one by one.
 */
export async function matchRecords(db: Db, viewer: Viewer, name: string, field: Field, keys: Sql): Promise<Match[]> {
  const object = objectOf(name)
  const { shown } = columnFor(viewer, object, field.name)
  const title = columnFor(viewer, object, object.title).field
  if (shown === 'text') return []

  return db.query<Match>(sql`
    with keys as materialized (${keys})
    select keys.row, min(found.id::text) as id, min(found.label) as label, count(*)::int as count
    from keys join (select id, ${ident(title.column)}::text as label, ${keySql(object, field)} as key from ${relation(viewer, object)} seen) found on found.key = keys.key group by keys.row`)
}

/** The form in which two values of a field are one: numbers without case, names without widths, blanks and legal forms, the rest as it is stored. */
export function keySql(object: ObjectType, field: Field): Sql {
  const column = ident(field.column)
  if (field.type === 'numberRule') return sql`upper(${column})`
  if (field.name === object.title && object.owned) return ident(keyColumn(object))
  return fieldTypes[field.type].sql === 'text' ? column : sql`${column}::text`
}
