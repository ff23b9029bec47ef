import { Buffer } from 'node:buffer'
import type { ObjectType } from '#shared/object.ts'
import { allObjects, objectOf } from '../catalog/catalog.ts'
import { isDiskFull, type Db, type Pool } from '../db/connect.ts'
import { ident, join, raw, sql, type Sql } from '../db/sql.ts'
import { hints, type Hint } from './hints.ts'
import { tokensOf } from './search-tokens.ts'

/**
 * A save that notes its record here costs a third of one that makes the search document itself: some 150 entries of an index.
 * Whoever searches makes the few that wait first, so that what is saved is found at once.
 */
export const waitingSql = (object: ObjectType, id: Sql): Sql => sql`insert into search_waiting (object, id) values (${object.name}, ${id})`

/** More than these are left to background work. */
const few = 200
/** Documents made in one go: some 30 ms of this thread. */
const some = 200

/** Makes every document that waits. Returns how many. What is left when the program stops is made after its next start. */
export async function catchUpSearch(db: Db, signal?: AbortSignal): Promise<number> {
  let done = 0
  for (const object of allObjects()) {
    for (;;) {
      if (signal?.aborted) return done
      const made = await db.transaction(tx => makeDocuments(tx, object))
      done += made
      if (made === 0) break
    }
  }
  return done
}

/** Before a search: makes what waits, as long as it is little. On a full disk the search goes on with what it has. */
export async function freshenSearch(db: Db): Promise<void> {
  const waiting = await db.query<{ object: string; id: string }>(sql`select object, id from search_waiting limit ${raw(String(few + 1))}`, 'prepared')
  if (waiting.length === 0 || waiting.length > few) return
  for (const object of allObjects()) {
    const ids = waiting.filter(each => each.object === object.name).map(each => each.id)
    if (ids.length > 0) await makeThese(db, object, ids)
  }
}

/** After saves: makes their documents before anybody asks. Returns the function that stops it, once what is under way has ended. */
export function keepSearchFresh(db: Pool): () => Promise<void> {
  let making: Promise<void> = Promise.resolve()
  const stop = hints.listen(({ object, ids }: Hint, from) => {
    if (from !== 'here' || ids.length === 0 || !allObjects().some(each => each.name === object)) return
    making = making.then(() => makeThese(db, objectOf(object), ids)).catch((error: Error) => console.error(error))
  })
  return () => {
    stop()
    return making
  }
}

async function makeThese(db: Db, object: ObjectType, ids: readonly string[]): Promise<void> {
  try {
    for (let i = 0; i < ids.length; i += some) await db.transaction(tx => makeDocuments(tx, object, ids.slice(i, i + some)))
  } catch (error) {
    if (!isDiskFull(error)) throw error
  }
}

/** One after the other for each object, or an older state of a record could come last. */
async function makeDocuments(tx: Db, object: ObjectType, ids?: readonly string[]): Promise<number> {
  await tx.query(sql`select pg_advisory_xact_lock(hashtextextended(${`search ${object.name}`}, 0))`, 'prepared')
  const these = ids ? sql`and id = any(${ids}::uuid[])` : sql`limit ${raw(String(some))}`
  const names = object.search.flatMap(name => object.fields.filter(field => field.name === name))
  const [row] = await tx.query<{ taken: number; records: Record<string, string>[] | null }>(sql`
    with taken as (delete from search_waiting where ctid = any(array(select ctid from search_waiting where object = ${object.name} ${these})) returning id)
    select (select count(*)::int from taken) as taken, (select json_agg(record) from (
      select id, ${join(names.map(field => sql`${ident(field.column)} as ${raw(`"${field.name}"`)}`))} from ${ident(object.table)} where id in (select id from taken)) record) as records`)
  const records = row?.records ?? []
  if (records.length > 0) await store(tx, object, records)
  return row?.taken ?? 0
}

const store = (tx: Db, object: ObjectType, records: Record<string, string>[]) => tx.query(sql`
  insert into search_doc (object, id, tsv)
  select ${object.name}, made.id, made.document::tsvector from unnest(${records.map(record => record.id)}::uuid[], ${records.map(record => documentOf(tokensOf(object, record)))}::text[]) made(id, document)
  on conflict (object, id) do update set tsv = excluded.tsv where search_doc.tsv is distinct from excluded.tsv`)

/** Lexemes as the text of a tsvector. A lexeme may have 2,046 bytes, a document 1 MB of them: far above ours, but a pasted book must not get in the way. */
export const documentOf = (tokens: string[]): string =>
  tokens.filter(token => Buffer.byteLength(token) < 200).slice(0, 20_000).map(token => `'${token.replace(/[\\']/g, mark => mark + mark)}'`).join(' ')
