import type { RecordOut } from '#shared/api/records.ts'
import type { Field, ObjectType } from '#shared/object.ts'
import { en } from '#shared/i18n/en.ts'
import { zhCN } from '#shared/i18n/zh-CN.ts'
import { fieldOf } from '#shared/object.ts'
import { Problem } from '#shared/problem.ts'
import { isCovered, scopesOf } from '../access/scope.ts'
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
    const part = await db.transaction(tx => undoSome(tx, undoing(viewer), batchId, page))
    total.done += part.done
    total.kept += part.kept
    last = page.at(-1)
  }
  await db.query(sql`update batches set undone_at = now() where id = ${batchId}::uuid`)
  await enqueue(db, 'search.catchUp', {}, 'search.catchUp')
  return total
}

/**
 * Does an undone batch again, as it was done: a field that still holds what the undo left takes what the batch wrote, what was made comes back from the bin.
 * What others changed since then stays as they left it and is counted as kept.
 */
export async function redoBatch(db: Db, viewer: Viewer, batchId: string): Promise<{ done: number; kept: number }> {
  const [batch] = await db.query<{ viewer_id: string; kind: string; undone_at: string | null }>(sql`select viewer_id, kind, undone_at from batches where id = ${batchId}::uuid for update`)
  // What an import has done, the import itself keeps account of.
  if (!batch || batch.viewer_id !== viewer.id || batch.kind === 'import') throw new Problem('record.notFound')
  if (!batch.undone_at) throw new Problem('redo.already')

  const total = { done: 0, kept: 0 }
  let first: Undoable | undefined
  for (;;) {
    const page: Undoable[] = await entriesOf(db, batchId, first, 'forwards')
    if (page.length === 0) break
    for (const entry of page) total[await redoEntry(db, undoing(viewer), entry) ? 'done' : 'kept'] += 1
    first = page.at(-1)
  }
  await db.query(sql`update batches set undone_at = null where id = ${batchId}::uuid`)
  await enqueue(db, 'search.catchUp', {}, 'search.catchUp')
  return total
}

async function redoEntry(db: Db, viewer: Viewer, entry: Undoable): Promise<boolean> {
  const object = objectOf(entry.object)
  const [row] = await lockRows(db, viewer, object, [entry.record_id], { deleted: entry.action === 'create' })
  if (!row || !isCovered(viewer, scopesOf(viewer, object, entry.action === 'change' ? 'edit' : 'delete'), row) && entry.action !== 'create') return false
  if (entry.action !== 'change') {
    await move(db, viewer, object, row.id, entry.action === 'create' ? 'restore' : 'remove', {})
    return true
  }
  const again = fieldsOf(object, entry).filter(({ field, change }) => isSame(field, toStored(field, change.before), row[field.column]))
  if (again.length === 0) return false
  return (await changeRow(db, viewer, object, row, { values: Object.fromEntries(again.map(({ field, change }) => [field.name, change.after])), reason: reasonOf(viewer, 'redo.reason') })).changed
}

const entriesOf = (db: Db, batchId: string, after: Undoable | undefined, way: 'backwards' | 'forwards' = 'backwards') => {
  const [beyond, order] = way === 'backwards' ? [raw('<'), raw('desc')] : [raw('>'), raw('asc')]
  // As text: the microseconds count, a batch of one transaction has one time.
  return db.query<Undoable>(sql`select id, at::text as at, action, object, record_id, changes from audit where batch_id = ${batchId}::uuid and source <> 'undo'
    ${after ? sql`and (at, id) ${beyond} (${after.at}::timestamptz, ${after.id}::uuid)` : raw('')} order by at ${order}, id ${order} limit 1000`)
}

/** What was made goes into the bin together; changes are taken back one by one. Later acts first, as the entries come. */
async function undoSome(db: Db, viewer: Viewer, batchId: string, entries: Undoable[]): Promise<{ done: number; kept: number }> {
  let done = 0
  for (const entry of entries) if (entry.action !== 'create' && await undoEntry(db, viewer, entry)) done += 1
  for (const [name, made] of Map.groupBy(entries.filter(entry => entry.action === 'create'), entry => entry.object)) done += await removeUntouched(db, viewer, objectOf(name), batchId, made.map(entry => entry.record_id))
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

/** A record that somebody worked on since it was made is theirs to keep; that it was taken back and done again is no work. */
async function removeUntouched(db: Db, viewer: Viewer, object: ObjectType, batchId: string, ids: string[]): Promise<number> {
  const rows = await lockRows(db, viewer, object, ids)
  const later = rows.filter(row => row.version > 1).map(row => row.id)
  const touched = later.length === 0 ? [] : await db.query<{ id: string }>(sql`select distinct record_id as id from audit where record_id = any(${later}::uuid[]) and source <> 'undo' and batch_id is distinct from ${batchId}::uuid`)
  const theirs = new Set(touched.map(({ id }) => id))
  const mine = rows.filter(row => !theirs.has(row.id)).map(row => row.id)
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
const reasonOf = (viewer: Viewer, what: 'undo.reason' | 'redo.reason' = 'undo.reason') => (viewer.lang === 'en' ? en : zhCN)[what]
