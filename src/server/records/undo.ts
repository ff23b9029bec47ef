import type { RecordOut } from '#shared/api/records.ts'
import type { Field, ObjectType } from '#shared/object.ts'
import { en } from '#shared/i18n/en.ts'
import { zhCN } from '#shared/i18n/zh-CN.ts'
import { fieldOf } from '#shared/object.ts'
import { Problem } from '#shared/problem.ts'
import type { Viewer } from '../access/viewer.ts'
import type { Change } from '../audit/write.ts'
import { objectOf } from '../catalog/catalog.ts'
import type { Db } from '../db/connect.ts'
import { enqueue } from '../db/queue.ts'
import { raw, sql } from '../db/sql.ts'
import { changeRow } from './change.ts'
import { get } from './get.ts'
import { move, moveMany, restore } from './remove.ts'
import { lockRow, lockRows, type StoredRow } from './row.ts'
import { isSame } from './values.ts'
import { toStored } from './storage.ts'

interface Undoable { id: string; at: string; action: string; object: string; record_id: string; changes: Change[] | null }

/** Takes back one change of one record: each field that still holds what the change wrote. A field changed since then refuses the undo, both values shown. */
export async function undoChange(db: Db, viewer: Viewer, name: string, id: string, entryId: string): Promise<RecordOut> {
  const object = objectOf(name)
  const [entry] = await db.query<Undoable>(sql`select id, at, action, object, record_id, changes from audit where id = ${entryId}::uuid and record_id = ${id}::uuid and object = ${name}`)
  if (entry?.action === 'remove') return restore(db, undoing(viewer), name, id)
  const row = await lockRow(db, viewer, object, id, entry?.action === 'create' ? 'delete' : 'edit')
  if (!entry || !['create', 'change'].includes(entry.action)) throw new Problem('undo.impossible')
  if (entry.action === 'create') {
    await move(db, undoing(viewer), object, id, 'remove', {})
    return { id, version: row.version + 1 }
  }
  const later = fieldsOf(object, entry).filter(({ field, change }) => !isSame(field, toStored(field, change.after), row[field.column]))
  if (later.length > 0) throw new Problem('undo.changedSince', {}, { details: { fields: later.map(({ field, change }) => ({ field: field.name, mine: change.before, theirs: change.after })) } })
  await changeRow(db, undoing(viewer), object, row, { values: before(object, entry), reason: reasonOf(viewer) })
  return get(db, viewer, name, id)
}

/** Takes back a batch, record by record: what others changed since then stays as they left it and is counted as kept. */
export async function undoBatch(db: Db, viewer: Viewer, batchId: string): Promise<{ done: number; kept: number }> {
  const [batch] = await db.query<{ viewer_id: string; undone_at: string | null }>(sql`select viewer_id, undone_at from batches where id = ${batchId}::uuid for update`)
  if (!batch || (batch.viewer_id !== viewer.id && !viewer.rights.includes('settings'))) throw new Problem('record.notFound')
  if (batch.undone_at) throw new Problem('undo.already')

  const total = { done: 0, kept: 0 }
  let last: Undoable | undefined
  for (;;) {
    const page: Undoable[] = await entriesOf(db, batchId, last)
    if (page.length === 0) break
    const part = await db.transaction(tx => undoSome(tx, undoing(viewer), page))
    total.done += part.done
    total.kept += part.kept
    last = page.at(-1)
  }
  await db.query(sql`update batches set undone_at = now() where id = ${batchId}::uuid`)
  await enqueue(db, 'search.catchUp', {}, 'search.catchUp')
  return total
}

const entriesOf = (db: Db, batchId: string, after: Undoable | undefined) =>
  // As text: the microseconds count, a batch of one transaction has one time.
  db.query<Undoable>(sql`select id, at::text as at, action, object, record_id, changes from audit where batch_id = ${batchId}::uuid and source <> 'undo'
    ${after ? sql`and (at, id) < (${after.at}::timestamptz, ${after.id}::uuid)` : raw('')} order by at desc, id desc limit 1000`)

/** What was made goes into the bin together; changes are taken back one by one. Later acts first, as the entries come. */
async function undoSome(db: Db, viewer: Viewer, entries: Undoable[]): Promise<{ done: number; kept: number }> {
  let done = 0
  for (const entry of entries) if (entry.action !== 'create' && await undoEntry(db, viewer, entry)) done += 1
  for (const [name, made] of Map.groupBy(entries.filter(entry => entry.action === 'create'), entry => entry.object)) done += await removeUntouched(db, viewer, objectOf(name), made.map(entry => entry.record_id))
  return { done, kept: entries.length - done }
}

async function undoEntry(db: Db, viewer: Viewer, entry: Undoable): Promise<boolean> {
  const object = objectOf(entry.object)
  const [row] = await lockRows(db, viewer, object, [entry.record_id], { deleted: entry.action === 'remove' })
  if (!row) return false
  if (entry.action !== 'remove') return (await changeRow(db, viewer, object, row, { values: untouched(object, entry, row), reason: reasonOf(viewer) })).changed
  await move(db, viewer, object, row.id, 'restore', {})
  return true
}

/** A record that somebody worked on since it was made is theirs to keep. */
async function removeUntouched(db: Db, viewer: Viewer, object: ObjectType, ids: string[]): Promise<number> {
  const rows = await lockRows(db, viewer, object, ids)
  const mine = rows.filter(row => row.version === 1).map(row => row.id)
  await moveMany(db, viewer, object, mine, 'remove', {})
  return mine.length
}

const untouched = (object: ObjectType, entry: Undoable, row: StoredRow) =>
  Object.fromEntries(fieldsOf(object, entry).filter(({ field, change }) => isSame(field, toStored(field, change.after), row[field.column])).map(({ field, change }) => [field.name, change.before]))

const before = (object: ObjectType, entry: Undoable) => Object.fromEntries(fieldsOf(object, entry).map(({ field, change }) => [field.name, change.before]))

const fieldsOf = (object: ObjectType, entry: Undoable): { field: Field; change: Change }[] =>
  (entry.changes ?? []).flatMap(change => {
    const field = fieldOf(object, change.field)
    return field && !field.computed ? [{ field, change }] : []
  })

const undoing = (viewer: Viewer): Viewer => ({ ...viewer, source: 'undo' })

/** An undo is its own reason. */
const reasonOf = (viewer: Viewer) => (viewer.lang === 'en' ? en : zhCN)['undo.reason']
