import { Buffer } from 'node:buffer'
import type { ObjectType } from '#shared/object.ts'
import { allObjects } from '../catalog/catalog.ts'
import type { Db } from '../db/connect.ts'
import { ident, join, raw, sql, type Sql } from '../db/sql.ts'
import { tokensOf } from './search-tokens.ts'

/** The search document of one record, as a statement to weave into the save: `values` are API values of the search fields. A number given by the statement itself adds its grams there. */
export const searchDocSql = (object: ObjectType, id: Sql, values: Record<string, unknown>, number?: Sql): Sql => sql`
  insert into search_doc (object, id, tsv) select ${object.name}, ${id}, array_to_tsvector(${fitting(tokensOf(object, values))}::text[]${number ? sql` || ${gramsSql(number)}` : raw('')})
  on conflict (object, id) do update set tsv = excluded.tsv where search_doc.tsv is distinct from excluded.tsv`

/** The 3-grams of a record number, as `tokensOf` makes them. */
const gramsSql = (number: Sql) => sql`(select array_agg(distinct substr(run, place, 3)) from regexp_split_to_table(lower(${number}), '[^a-z0-9]+') run, generate_series(1, length(run)) place)`

/** A lexeme may have 2,046 bytes, a document 1 MB of them: far above ours, but a pasted book must not refuse a save. */
export const fitting = (tokens: string[]) => tokens.filter(token => Buffer.byteLength(token) < 200).slice(0, 20_000)

/** Makes the documents that imports and bulk edits left behind, 2,000 at a time. Returns how many. */
export async function catchUpSearch(db: Db): Promise<number> {
  let done = 0
  for (const object of allObjects()) {
    for (;;) {
      const some = await db.transaction(tx => catchUpSome(tx, object))
      done += some
      if (some === 0) break
    }
  }
  return done
}

async function catchUpSome(tx: Db, object: ObjectType): Promise<number> {
  const names = object.search.flatMap(name => object.fields.filter(field => field.name === name))
  const rows = await tx.query<Record<string, string>>(sql`
    with taken as (delete from search_dirty where id in (select id from search_dirty where object = ${object.name} limit 2000 for update skip locked) returning id)
    select record.id as "id", ${join(names.map(field => sql`record.${ident(field.column)} as ${raw(`"${field.name}"`)}`))}
    from taken join ${ident(object.table)} record on record.id = taken.id`)
  if (rows.length === 0) return 0
  const documents = rows.map(row => ({ id: row.id ?? '', tokens: fitting(tokensOf(object, row)) }))
  await tx.query(sql`
    insert into search_doc (object, id, tsv)
    select ${object.name}, (item->>'id')::uuid, array_to_tsvector(array(select jsonb_array_elements_text(item->'tokens')))
    from jsonb_array_elements(${JSON.stringify(documents)}::jsonb) item
    on conflict (object, id) do update set tsv = excluded.tsv`)
  return rows.length
}
