import { uuidv7 } from 'uuidv7'
import type { Viewer } from '../access/viewer.ts'
import type { Db } from '../db/connect.ts'
import { sql, type Sql } from '../db/sql.ts'

/** One field's change, in values of the API as they were that day. */
export interface Change { field: string; before: unknown; after: unknown }

export interface Entry {
  action: string
  object?: string
  recordId?: string
  changes?: Change[] | Record<string, unknown>
  reason?: string | null
  batchId?: string | null
}

/** An entry of the operation log, in the caller's transaction: no audit, no action. */
export async function writeAudit(db: Db, viewer: Viewer, entry: Entry): Promise<void> {
  await db.query(auditSql(viewer, entry))
}

/** The same as a statement to weave into the change that it tells of. */
export const auditSql = (viewer: Viewer, entry: Entry, id = uuidv7()): Sql => sql`
  insert into audit (id, viewer_id, viewer_name, action, object, record_id, changes, reason, source, batch_id)
  values (${id}, ${viewer.id}, ${viewer.name}, ${entry.action}, ${entry.object ?? null}, ${entry.recordId ?? null},
    ${entry.changes === undefined ? null : JSON.stringify(entry.changes)}::jsonb, ${entry.reason ?? null}, ${viewer.source}, ${entry.batchId ?? null})`

/** One entry for each of many records that the same was done to. */
export const auditManySql = (viewer: Viewer, entry: Omit<Entry, 'recordId' | 'changes'>, recordIds: readonly string[]): Sql => sql`
  insert into audit (id, viewer_id, viewer_name, action, object, record_id, reason, source, batch_id)
  select entry.id, ${viewer.id}, ${viewer.name}, ${entry.action}, ${entry.object ?? null}, entry.record_id, ${entry.reason ?? null}, ${viewer.source}, ${entry.batchId ?? null}::uuid
  from unnest(${recordIds.map(() => uuidv7())}::uuid[], ${recordIds}::uuid[]) entry(id, record_id)`
