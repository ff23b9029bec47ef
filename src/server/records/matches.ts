import { fieldTypes } from '#shared/fields/all.ts'
import type { Field } from '#shared/object.ts'
import type { Viewer } from '../access/viewer.ts'
import { objectOf } from '../catalog/catalog.ts'
import type { Db } from '../db/connect.ts'
import { ident, raw, sql, type Sql } from '../db/sql.ts'
import { columnFor } from './filter.ts'
import { relation } from './relation.ts'

/** A row of a list and the record that already holds its key; `label` names the record as this viewer sees it. */
export interface Match { row: number; id: string; label: string | null; count: number }

/**
 * Which records, among those that this viewer sees, hold the keys of a list: one pass over the relation, whatever the length of the list.
 * Each side's keys are made once; the caller's transaction must let them meet by hashing (`enable_nestloop = off`), or a planner that
 * expects few would make them anew for every pair. `keys` is a relation of `(row int, key text)`, normalised as `keySql` does it.
 */
export async function matchRecords(db: Db, viewer: Viewer, name: string, field: Field, keys: Sql): Promise<Match[]> {
  const object = objectOf(name)
  const { shown } = columnFor(viewer, object, field.name)
  const title = columnFor(viewer, object, object.title).field
  if (shown === 'text') return []

  return db.query<Match>(sql`
    with keys as materialized (${keys}),
    found as materialized (select id, ${ident(title.column)}::text as label, ${keySql(field, ident(field.column))} as key from ${relation(viewer, object)} seen where ${ident(field.column)} is not null)
    select keys.row, min(found.id::text) as id, min(found.label) as label, count(*)::int as count from keys join found on found.key = keys.key group by keys.row`)
}

/** The form in which two values of a field are one: numbers without case, names without widths, blanks and legal forms, the rest as it is stored. */
export function keySql(field: Field, column: Sql): Sql {
  if (field.type === 'numberRule') return sql`upper(${column})`
  if (field.type === 'text' && field.unique !== true) return nameSql(column)
  return fieldTypes[field.type].sql === 'text' ? column : sql`${column}::text`
}

const blanks = `[\\s\\u200b-\\u200f\\ufeff''"“”‘’·•・,.\\-_]`
const forms = '(股份有限公司|有限责任公司|有限公司|责任公司|集团公司|公司|集团|co,?ltd|ltd|inc|llc|gmbh)$'

/** The same as `nameKey`, compared with it by a test. */
function nameSql(column: Sql): Sql {
  const plain = sql`translate(regexp_replace(lower(normalize(${column}, nfkc)), ${raw(`'${blanks}'`)}, '', 'g'), '[【〔]】〕', '((()))')`
  const bare = sql`regexp_replace(regexp_replace(regexp_replace(${plain}, '\\(个体工商户\\)$', ''), ${raw(`'${forms}'`)}, ''), ${raw(`'${forms}'`)}, '')`

  return sql`coalesce(nullif(${bare}, ''), ${plain})`
}
