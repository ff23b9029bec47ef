import { Problem } from '#shared/problem.ts'
import type { ObjectType } from '#shared/object.ts'
import type { Viewer } from '../access/viewer.ts'
import { auditManySql } from '../audit/write.ts'
import { objectOf } from '../catalog/catalog.ts'
import type { Db } from '../db/connect.ts'
import { ident, raw, sql } from '../db/sql.ts'
import { get } from './get.ts'
import { hints } from './hints.ts'
import { keepComputed } from './keep-computed.ts'
import { lockRow } from './row.ts'
import type { Act } from './save.ts'
import type { RecordOut } from '#shared/api/records.ts'

/** Into the recycle bin, for 30 days. */
export async function remove(db: Db, viewer: Viewer, name: string, id: string, version?: number, act: Act = {}): Promise<{ id: string }> {
  const object = objectOf(name)
  const row = await lockRow(db, viewer, object, id, 'delete')
  if (version !== undefined && version !== row.version) {
    const current = await get(db, viewer, name, id)
    throw new Problem('record.conflict', {}, { details: { version: current.version, updatedAt: current.updatedAt, updatedBy: current.updatedBy, fields: [] } })
  }
  await move(db, viewer, object, id, 'remove', act)
  return { id }
}

/** Back from the recycle bin; whoever may delete a record may also take it back. */
export async function restore(db: Db, viewer: Viewer, name: string, id: string, act: Act = {}): Promise<RecordOut> {
  const object = objectOf(name)
  await lockRow(db, viewer, object, id, 'delete', { deleted: true })
  await move(db, viewer, object, id, 'restore', act)
  return get(db, viewer, name, id)
}

/** One record into or out of the bin, with its audit entry and its place in the change feed. The lock is held by the caller. */
export const move = (db: Db, viewer: Viewer, object: ObjectType, id: string, action: Movement, act: Act): Promise<void> => moveMany(db, viewer, object, [id], action, act)

type Movement = 'remove' | 'restore'

/** Many at once: one statement. */
export async function moveMany(db: Db, viewer: Viewer, object: ObjectType, ids: readonly string[], action: Movement, act: Act): Promise<void> {
  if (ids.length === 0) return
  const gone = action === 'remove' ? sql`deleted_at = now(), deleted_by = ${viewer.id}::uuid` : sql`deleted_at = null, deleted_by = null`
  await db.query(sql`
    with made as (update ${ident(object.table)} set ${gone}, version = version + 1, updated_at = now(), updated_by = ${viewer.id}::uuid where id = any(${ids}::uuid[])),
    logged as (${auditManySql(viewer, { action, object: object.name, ...act }, ids)})
    insert into changes (object, record_id, kind) select ${object.name}, id, ${raw(`'${action}'`)} from unnest(${ids}::uuid[]) moved(id)`).catch(clash(object))
  await keepComputed(db, { object, ids, fields: 'all' })
  db.afterCommit(() => hints.emit(object.name, ids))
}

/** A value that must be unique may have been taken by another record while this one lay in the bin. */
const clash = (object: ObjectType) => (error: { code?: string; constraint?: string }) => {
  const field = object.fields.find(each => error.code === '23505' && error.constraint === `${object.table}_${each.column}_unique`)
  if (!field) throw error
  throw new Problem('record.invalid', { count: 1 }, { fields: [{ field: field.name, code: 'field.notUnique' }] })
}
