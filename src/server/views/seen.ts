import type { ViewOut, ViewRights } from '#shared/api/views.ts'
import type { ObjectType } from '#shared/object.ts'
import { Problem } from '#shared/problem.ts'
import type { ViewSettings } from '#shared/view.ts'
import { departmentsFrom, type Department } from '#server/access/departments.ts'
import { scopesOf } from '#server/access/scope.ts'
import type { Viewer } from '#server/access/viewer.ts'
import { objectOf, requireField } from '#server/catalog/catalog.ts'
import type { Db } from '#server/db/connect.ts'
import { raw, sql, type Sql } from '#server/db/sql.ts'
import { labelsOf, referenceOf } from '#server/records/references.ts'
import { settingsFor } from './settings.ts'

/** A view as it is stored. */
export interface ViewRow extends Pick<ViewOut, 'id' | 'object' | 'name' | 'kind' | 'audience' | 'pinned' | 'roles' | 'version' | 'updatedAt'> {
  settings: ViewSettings
  ownerId: string
  departmentId: string | null
}

/** Whose views they are asked for, and where this viewer stands. */
export interface Asking { object: ObjectType; departments: Department[] }

export const mayShape = (viewer: Viewer) => viewer.rights.includes('shape')
export const seesObject = (viewer: Viewer, object: ObjectType) => scopesOf(viewer, object, 'view').length > 0

export async function asking(db: Db, viewer: Viewer, name: string): Promise<Asking> {
  return { object: objectOf(name), departments: await departmentsFrom(db, viewer) }
}

/** The views that this viewer may open, in the order of their names. */
export async function listViews(db: Db, viewer: Viewer, name: string): Promise<{ views: ViewOut[]; rights: ViewRights }> {
  const asked = await asking(db, viewer, name)
  if (!seesObject(viewer, asked.object)) return { views: [], rights: { departments: [], everyone: false, roles: [] } }
  const views = await shown(db, viewer, asked, await rowsOf(db, viewer, asked, sql`retired_at is null`))
  const isShaping = mayShape(viewer)
  const roles = isShaping ? await db.query<{ id: string; label: string }>(sql`select id, name as label from roles order by id`) : []
  const departments = asked.departments.filter(each => isShaping || each.isHeaded).map(({ id, label }) => ({ id, label }))
  return { views, rights: { departments, everyone: isShaping, roles } }
}

/** One's own, those of one's department and the ones above it or that one heads, everyone's, and what one gave to others. */
export const rowsOf = (db: Db, viewer: Viewer, { object, departments }: Asking, condition: Sql, how = raw('')): Promise<ViewRow[]> => db.query<ViewRow>(sql`
  select id, object, name, kind, settings, audience, owner_id as "ownerId", department_id as "departmentId", pinned, version, updated_at as "updatedAt",
    array(select role_id::text from view_roles where view_id = views.id order by role_id) as roles
  from views where object = ${object.name} and ${condition}
    and (owner_id = ${viewer.id}::uuid or audience = 'everyone' or (audience = 'department' and department_id = any(${departments.filter(each => each.isAbove || each.isHeaded).map(each => each.id)}::uuid[])))
  order by name, id ${how}`)

/** A view that this viewer may open, or the refusal that one gets that does not exist. */
export async function requireRow(db: Db, viewer: Viewer, asked: Asking, id: string, condition: Sql = sql`retired_at is null`): Promise<ViewRow> {
  const [row] = seesObject(viewer, asked.object) ? await rowsOf(db, viewer, asked, sql`id = ${id}::uuid and ${condition}`, raw('for update')) : []
  if (!row) throw new Problem('record.notFound')
  return row
}

export const mayChange = (viewer: Viewer, { departments }: Asking, { audience, ownerId, departmentId }: Pick<ViewRow, 'audience' | 'ownerId' | 'departmentId'>): boolean =>
  audience === 'mine' ? ownerId === viewer.id : mayShape(viewer) || (audience === 'department' && departments.some(each => each.id === departmentId && each.isHeaded))

export async function shown(db: Db, viewer: Viewer, asked: Asking, rows: ViewRow[]): Promise<ViewOut[]> {
  const person = requireField(objectOf('departments'), 'head')
  const department = requireField(objectOf('departments'), 'parent')
  const labels = await labelsOf(db, viewer, rows.flatMap(row => [{ field: person, id: row.ownerId }, { field: department, id: row.departmentId }]))
  const firstRole = viewer.roles.find(role => rows.some(row => row.roles.includes(role.id)))
  return rows.map(({ ownerId, departmentId, settings, ...row }) => ({
    ...row, ...settingsFor(viewer, asked.object, settings, ownerId === viewer.id),
    owner: referenceOf(labels, person, ownerId) ?? { id: ownerId, label: null }, department: referenceOf(labels, department, departmentId),
    isDefault: firstRole !== undefined && row.roles.includes(firstRole.id), mayChange: mayChange(viewer, asked, { ...row, ownerId, departmentId }),
  }))
}
