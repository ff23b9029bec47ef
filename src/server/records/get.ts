import type { RecordOut } from '#shared/api/records.ts'
import { Problem } from '#shared/problem.ts'
import type { Viewer } from '../access/viewer.ts'
import { objectOf } from '../catalog/catalog.ts'
import { computedFields } from '../catalog/computed.ts'
import type { Db } from '../db/connect.ts'
import { raw, sql } from '../db/sql.ts'
import { outputList } from './json.ts'
import { relation, visibleColumns, type RelationOptions } from './relation.ts'

/** One record as this viewer sees it; the unseen is not found. */
export async function get(db: Db, viewer: Viewer, name: string, id: string, options: RelationOptions = {}): Promise<RecordOut> {
  const object = objectOf(name)
  const [row] = await db.query<{ json: RecordOut }>(sql`
    select (select row_to_json(output) from (select ${outputList(viewer, visibleColumns(viewer, object), raw('visible'))}) output) as json
    from ${relation(viewer, object, options)} visible where id = ${id}::uuid`, 'prepared')
  if (!row) throw new Problem('record.notFound')
  return row.json
}

/** What was saved as its viewer sees it, asked for in the same breath; where the save is followed by what is computed from it, behind that. */
export async function savedAs(name: string, saving: Promise<unknown>, look: () => Promise<RecordOut>): Promise<RecordOut> {
  if (computedFields().some(({ object }) => object.name === name)) {
    await saving
    return look()
  }
  const record = look()
  // A refused save lets the look fail, too; the save tells why.
  record.catch(() => {})
  await saving
  return record
}

/** Those of the ids that this viewer sees: for hints, which must not tell of anything else. */
export async function visibleIds(db: Db, viewer: Viewer, name: string, ids: string[]): Promise<string[]> {
  const object = objectOf(name)
  // A record that went into the recycle bin has changed, too, for whoever saw it.
  const rows = await db.query<{ id: string }>(sql`
    select id from ${relation(viewer, object)} visible where id = any(${ids}::uuid[])
    union all select id from ${relation(viewer, object, { deleted: true })} deleted where id = any(${ids}::uuid[])`)
  return rows.map(row => row.id)
}
