import { uuidv7 } from 'uuidv7'
import { writeAudit } from '#server/audit/write.ts'
import type { Viewer } from '#server/access/viewer.ts'
import { objectOf, requireField } from '#server/catalog/catalog.ts'
import type { Db } from '#server/db/connect.ts'
import { sql } from '#server/db/sql.ts'
import type { Right } from '#shared/access.ts'
import type { RoleIn, RoleOut } from '#shared/api/people.ts'
import { Problem } from '#shared/problem.ts'

export async function listRoles(db: Db): Promise<{ roles: RoleOut[] }> {
  return { roles: await db.query<RoleOut>(sql`${selectRoles} order by r.id`) }
}

/** A new role begins empty: what it does not name, it does not allow. */
export async function createRole(db: Db, viewer: Viewer, role: RoleIn & { name: string }): Promise<RoleOut> {
  checkRole(viewer, role)
  await refuseTakenName(db, role.name)
  const id = uuidv7()
  await db.query(sql`
    insert into roles (id, name, objects, fields, rights)
    values (${id}, ${role.name.trim()}, ${JSON.stringify(role.objects ?? {})}, ${JSON.stringify(role.fields ?? {})}, ${role.rights ?? []})`)
  await writeAudit(db, viewer, { action: 'role.create', object: 'roles', recordId: id, changes: [{ field: 'role', before: null, after: role }] })
  return getRole(db, id)
}

/** Objects and fields that are named are replaced as a whole; it counts from everybody's next request on. */
export async function changeRole(db: Db, viewer: Viewer, id: string, role: RoleIn, version?: number): Promise<RoleOut> {
  const before = await getRole(db, id)
  if (version !== undefined && version !== before.version) throw new Problem('record.conflict', {}, { details: { current: before } })
  checkRole(viewer, role, before)
  checkRights(viewer, before.rights)
  if (role.name !== undefined) await refuseTakenName(db, role.name, id)
  const after = { ...before, ...role, name: role.name ?? before.name }
  await db.query(sql`
    update roles set name = ${after.name.trim()}, objects = ${JSON.stringify(after.objects)}, fields = ${JSON.stringify(after.fields)}, rights = ${after.rights}, version = version + 1
    where id = ${id}`)
  await requireAdministrator(db)
  await writeAudit(db, viewer, { action: 'role.change', object: 'roles', recordId: id, changes: [{ field: 'role', before, after: role }] })
  return getRole(db, id)
}

/** Nobody gives, takes or touches rights that they do not hold themselves: looking after people is not a way to become administrator. */
export function checkRights(viewer: Viewer, rights: readonly Right[]) {
  if (rights.some(right => !viewer.rights.includes(right))) throw new Problem('people.moreRights')
}

/** There is always somebody who can still let others in. */
export async function requireAdministrator(db: Db) {
  const [left] = await db.query(sql`
    select from user_roles ur join roles r on r.id = ur.role_id join credentials c on c.user_id = ur.user_id join users u on u.id = ur.user_id
    where 'people' = any(r.rights) and c.disabled_at is null and u.deleted_at is null limit 1`)
  if (!left) throw new Problem('people.lastAdministrator')
}

async function getRole(db: Db, id: string): Promise<RoleOut> {
  const [role] = await db.query<RoleOut>(sql`${selectRoles} where r.id = ${id}`)
  if (!role) throw new Problem('record.notFound')
  return role
}

/** What a role had may be sent back, even where the object is retired just now: it may return. */
function checkRole(viewer: Viewer, role: RoleIn, before?: RoleOut) {
  checkRights(viewer, role.rights ?? [])
  for (const name of Object.keys(role.objects ?? {})) if (!before?.objects[name]) objectOf(name)
  for (const [name, fields] of Object.entries(role.fields ?? {})) if (JSON.stringify(before?.fields[name]) !== JSON.stringify(fields)) Object.keys(fields).forEach(field => requireField(objectOf(name), field))
}

async function refuseTakenName(db: Db, name: string, except: string | null = null) {
  if (name.trim() === '') throw new Problem('record.invalid', { count: 1 }, { fields: [{ field: 'name', code: 'people.required' }] })
  const [taken] = await db.query(sql`select from roles where lower(name) = lower(${name.trim()}) and id is distinct from ${except}`)
  if (taken) throw new Problem('record.invalid', { count: 1 }, { fields: [{ field: 'name', code: 'people.taken', value: name }] })
}

const selectRoles = sql`
  select r.id, r.name, r.objects, r.fields, r.rights, r.version, (select count(*)::int from user_roles ur where ur.role_id = r.id) as members from roles r`
