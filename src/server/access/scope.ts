import type { Grants, Scope } from '#shared/access.ts'
import type { ObjectType } from '#shared/object.ts'
import { or, raw, sql, type Sql } from '../db/sql.ts'
import type { Viewer } from './viewer.ts'

/** What one may do with the rows that a scope covers. */
export type RowAction = 'view' | 'edit' | 'delete' | 'export' | 'transfer'

/** Who a record belongs to: what scopes look at. */
export interface Belonging { owner_id: string | null; owner_department_id: string | null }

/** WHICH rows, as SQL over the columns `owner_id` and `owner_department_id`. */
const conditions: Record<Scope, (viewer: Viewer) => Sql> = {
  none: () => raw('false'),
  own: viewer => sql`owner_id = ${viewer.id}::uuid`,
  reports: viewer => sql`owner_id = any(${viewer.reports}::uuid[])`,
  department: viewer => sql`owner_department_id = ${viewer.departmentId}::uuid`,
  departmentTree: viewer => sql`owner_department_id = any(${viewer.departmentTree}::uuid[])`,
  all: () => raw('true'),
}

/** The same, asked of one record at hand. */
const covers: Record<Scope, (viewer: Viewer, row: Belonging) => boolean> = {
  none: () => false,
  own: (viewer, row) => row.owner_id === viewer.id,
  reports: (viewer, row) => row.owner_id !== null && viewer.reports.includes(row.owner_id),
  department: (viewer, row) => viewer.departmentId !== null && row.owner_department_id === viewer.departmentId,
  departmentTree: (viewer, row) => row.owner_department_id !== null && viewer.departmentTree.includes(row.owner_department_id),
  all: () => true,
}

/** The scope that a role gives for an action; records that belong to nobody know only all or nothing. */
export function scopeOf(grants: Grants | undefined, action: RowAction, object: ObjectType): Scope {
  const scope = grants?.[action] ?? 'none'
  return object.owned || scope === 'none' ? scope : 'all'
}

/** The scopes of all roles together: they add up. */
export function scopesOf(viewer: Viewer, object: ObjectType, action: RowAction): Scope[] {
  if (viewer.kind === 'system') return ['all']
  const held = new Set(viewer.roles.map(role => scopeOf(role.objects[object.name], action, object)))
  held.delete('none')
  return held.has('all') ? ['all'] : [...held]
}

export const conditionOf = (viewer: Viewer, scopes: Scope[]): Sql => or(scopes.map(scope => conditions[scope](viewer)))

export const isCovered = (viewer: Viewer, scopes: Scope[], row: Belonging) => scopes.some(scope => covers[scope](viewer, row))

/** Creating and importing know no rows yet: any role that says so is enough. */
export const mayCreate = (viewer: Viewer, object: ObjectType, how: 'create' | 'import' = 'create') =>
  viewer.kind === 'system' || viewer.roles.some(role => role.objects[object.name]?.[how] === true)
