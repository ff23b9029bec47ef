import type { ViewOut } from '#shared/api/views.ts'
import { Problem } from '#shared/problem.ts'
import type { Viewer } from '#server/access/viewer.ts'
import { writeAudit } from '#server/audit/write.ts'
import type { Db } from '#server/db/connect.ts'
import { sql } from '#server/db/sql.ts'
import { hints } from '#server/records/hints.ts'
import { beginViews, checkWanted, endViews, viewsHint } from './save.ts'
import { mayChange, requireRow } from './seen.ts'

/** So long a removed view can be brought back. */
const daysRetired = 30

/** Gone for everybody who saw it; the records are not touched. */
export async function retireView(tx: Db, viewer: Viewer, objectName: string, id: string, version?: number): Promise<{ id: string }> {
  const asked = await beginViews(tx, viewer, objectName)
  const row = await requireRow(tx, viewer, asked, id)
  if (!mayChange(viewer, asked, row)) throw new Problem('right.missing')
  if (version !== undefined && version !== row.version) throw new Problem('view.conflict')
  await tx.query(sql`update views set retired_at = now(), version = version + 1 where id = ${id}`)
  await writeAudit(tx, viewer, { action: 'view.retire', object: objectName, recordId: id, changes: [{ field: 'name', before: row.name, after: null }] })
  tx.afterCommit(() => hints.emit(viewsHint, []))
  return { id }
}

/** Back as it was, also for the roles that began with it; under its own name, unless another view has taken it meanwhile. */
export async function restoreView(tx: Db, viewer: Viewer, objectName: string, id: string): Promise<ViewOut> {
  const asked = await beginViews(tx, viewer, objectName)
  const row = await requireRow(tx, viewer, asked, id, sql`retired_at > now() - make_interval(days => ${daysRetired})`)
  await checkWanted(tx, viewer, asked, row, id)
  await tx.query(sql`update views set retired_at = null, version = version + 1 where id = ${id}`)
  return endViews(tx, viewer, asked, id, 'view.restore', [{ field: 'name', before: null, after: row.name }])
}

/** With which view the members of these roles begin; other roles that began with it begin with all records again. */
export async function setDefaultView(tx: Db, viewer: Viewer, objectName: string, id: string, roles: string[]): Promise<ViewOut> {
  const asked = await beginViews(tx, viewer, objectName)
  const row = await requireRow(tx, viewer, asked, id)
  if (row.audience === 'mine') throw new Problem('view.defaultOwn')
  const known = await tx.query<{ id: string }>(sql`select id from roles where id = any(${roles}::uuid[])`)
  if (known.length < new Set(roles).size) throw new Problem('record.notFound')
  await tx.query(sql`delete from view_roles where view_id = ${id} or (object = ${objectName} and role_id = any(${roles}::uuid[]))`)
  await tx.query(sql`insert into view_roles (object, role_id, view_id) select ${objectName}, role_id, ${id}::uuid from unnest(${[...new Set(roles)]}::uuid[]) role_id`)
  await tx.query(sql`update views set version = version + 1 where id = ${id}`)
  return endViews(tx, viewer, asked, id, 'view.default', [{ field: 'roles', before: row.roles, after: roles }])
}

/** The end of views that nobody brought back in time. */
export const dropRetiredViews = (db: Db) => db.query(sql`delete from views where retired_at < now() - make_interval(days => ${daysRetired})`)
