import type { ObjectType } from '#shared/object.ts'
import { Problem } from '#shared/problem.ts'
import { conditionOf, isCovered, scopesOf, type Belonging, type RowAction } from '../access/scope.ts'
import type { Viewer } from '../access/viewer.ts'
import { columnsOf } from '../catalog/storage.ts'
import type { Db } from '../db/connect.ts'
import { ident, join, raw, sql } from '../db/sql.ts'

/** A record as it is stored, by column. Never leaves the door. */
export type StoredRow = Belonging & { id: string; version: number } & Record<string, unknown>

const systemColumns = ['id', 'version', 'owner_id', 'owner_department_id', 'created_at', 'updated_at']

/**
 * Locks a record for a write. One that this viewer may not see is not found, exactly like one that does not exist;
 * one that they see but may not touch is forbidden.
 */
export async function lockRow(db: Db, viewer: Viewer, object: ObjectType, id: string, action: RowAction, where: { deleted: boolean } = { deleted: false }): Promise<StoredRow> {
  const [row] = await lockRows(db, viewer, object, [id], where)
  if (!row) throw new Problem('record.notFound')
  if (!isCovered(viewer, scopesOf(viewer, object, action), row)) throw new Problem('record.forbidden')
  return row
}

/** Locks those of the records that this viewer sees, in the order of their ids so that two batches cannot block each other. */
export function lockRows(db: Db, viewer: Viewer, object: ObjectType, ids: string[], where: { deleted: boolean } = { deleted: false }): Promise<StoredRow[]> {
  const columns = [...new Set([...systemColumns, ...columnsOf(object).map(column => column.name)])]
  return db.query<StoredRow>(sql`select ${join(columns.map(ident))} from ${ident(object.table)}
    where id = any(${ids}::uuid[]) and deleted_at is ${raw(where.deleted ? 'not null' : 'null')} and ${conditionOf(viewer, scopesOf(viewer, object, 'view'))}
    order by id for update`, 'prepared')
}
