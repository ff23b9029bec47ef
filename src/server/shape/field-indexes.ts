import type { Field, ObjectType } from '#shared/object.ts'
import { fieldTypes } from '#shared/fields/all.ts'
import { allObjects } from '#server/catalog/catalog.ts'
import type { Pool } from '#server/db/connect.ts'
import { ident, raw, sql } from '#server/db/sql.ts'
import { hints } from '#server/records/hints.ts'
import { fieldsHint } from './shaping.ts'

/** So many of an object's own fields are sorted by an index: each costs an import some 12 µs a row. */
const mostSorted = 12

/** ms without a change of the catalog before indexes are made: whoever makes one field makes another, and would have to wait for the index. */
const quiet = 3_000

/** Gives own fields their indexes, beside everybody's work, with every start and whenever the catalog changes. Returns the function that stops it. */
export function keepFieldsIndexed(owner: Pool): () => Promise<void> {
  let work = Promise.resolve()
  let isStopped = false
  let timer: NodeJS.Timeout | undefined
  const again = () => { work = work.then(() => (isStopped ? undefined : ensureFieldIndexes(owner, () => isStopped))).catch((error: Error) => console.error(error)) }
  const stopListening = hints.listen(hint => {
    if (hint.object !== fieldsHint) return
    clearTimeout(timer)
    timer = setTimeout(again, quiet).unref()
  })
  again()
  return () => {
    isStopped = true
    clearTimeout(timer)
    stopListening()
    return work
  }
}

/** What should have an index and has none gets one; one that was interrupted is made anew. */
export async function ensureFieldIndexes(owner: Pool, isStopped = () => false): Promise<void> {
  for (const object of allObjects()) {
    for (const wanted of indexesOf(object)) {
      if (isStopped()) return
      const [present] = await owner.query<{ valid: boolean }>(sql`select indisvalid as valid from pg_index where indexrelid = to_regclass(${wanted.name})`)
      if (present?.valid) continue
      if (present) await owner.query(sql`drop index concurrently ${ident(wanted.name)}`)
      await owner.query(sql`create ${raw(wanted.unique ? 'unique ' : '')}index concurrently if not exists ${ident(wanted.name)} on ${ident(object.table)} ${raw(wanted.on)}`)
    }
  }
}

function indexesOf(object: ObjectType): { name: string; on: string; unique: boolean }[] {
  const own = object.fields.filter(field => field.column.startsWith('f_'))
  return [
    ...own.filter(field => field.unique).map(({ column }) => ({ name: `${object.table}_${column}_unique`, on: `(${column}) where deleted_at is null and ${column} is not null`, unique: true })),
    ...own.filter(field => field.type === 'reference').map(({ column }) => ({ name: `${object.table}_${column}`, on: `(${column}) where deleted_at is null and ${column} is not null`, unique: false })),
    ...own.filter(isSorted).slice(0, mostSorted).map(({ column }) => ({ name: `${object.table}_${column}_sorted`, on: `(${column}, id) where deleted_at is null and ${column} is not null`, unique: false })),
  ]
}

/** Numbers and dates: what long lists are sorted by. */
const isSorted = (field: Field) => ['numeric', 'date', 'timestamptz'].includes(fieldTypes[field.type].sql)
