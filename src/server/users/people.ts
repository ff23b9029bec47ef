import { randomBytes } from 'node:crypto'
import { uuidv7 } from 'uuidv7'
import { writeAudit } from '#server/audit/write.ts'
import type { Viewer } from '#server/access/viewer.ts'
import type { Db } from '#server/db/connect.ts'
import { sql } from '#server/db/sql.ts'
import { change } from '#server/records/change.ts'
import { create } from '#server/records/create.ts'
import { get } from '#server/records/get.ts'
import { objectOf } from '#server/catalog/catalog.ts'
import { hints } from '#server/records/hints.ts'
import { keepComputed } from '#server/records/keep-computed.ts'
import type { Right } from '#shared/access.ts'
import type { ChangedUser, NewUser, UserAccess, UserOut } from '#shared/api/people.ts'
import { Problem, type Finding } from '#shared/problem.ts'
import { hashPassword, passwordFindings } from './password.ts'
import { checkRights, requireAdministrator } from './roles.ts'
import { endSessionsOf } from './session.ts'

/** A member with a login, roles and a password; without a given one, a first password that is shown once. */
export async function createUser(db: Db, viewer: Viewer, { id = uuidv7(), login, password, roles = [], reason, ...given }: NewUser): Promise<UserOut> {
  const initial = password ?? randomBytes(9).toString('base64url')
  await refuse([...(await loginFindings(db, login)), ...passwordFindings(initial, login)])
  await create(db, viewer, 'users', { id, values: given, ...(reason !== undefined && { reason }) })
  await db.query(sql`update users set login = ${login.trim()}, status = 'active' where id = ${id}`)
  await keepComputed(db, { object: objectOf('users'), ids: [id], fields: 'all' })
  await db.query(sql`insert into credentials (user_id, login, password, must_change) values (${id}, ${login.trim()}, ${await hashPassword(initial)}, ${password === undefined})`)
  await giveRoles(db, viewer, id, roles)
  const record = await get(db, viewer, 'users', id)
  return password === undefined ? { ...record, initialPassword: initial } : record
}

/** The record's own fields go through the door; login, password and roles are kept apart from it. */
export async function changeUser(db: Db, viewer: Viewer, id: string, { login, password, roles, reason, values, ...given }: ChangedUser, version?: number): Promise<UserOut> {
  await requireManageable(db, viewer, id)
  const fields = { ...values, ...given }
  const why = reason === undefined ? {} : { reason }
  if (Object.keys(fields).length > 0) await change(db, viewer, 'users', id, { values: fields, ...why, ...(version !== undefined && { version }) })
  if (login !== undefined) await changeLogin(db, viewer, id, login)
  if (password !== undefined) await resetPassword(db, viewer, id, password)
  if (roles) await giveRoles(db, viewer, id, roles)
  await requireAdministrator(db)
  return get(db, viewer, 'users', id)
}

/** 离职: locks a member out. Every session and key ends with this transaction, on every node. */
export async function disableUser(db: Db, viewer: Viewer, id: string): Promise<UserOut> {
  await requireManageable(db, viewer, id)
  await db.query(sql`update credentials set disabled_at = now() where user_id = ${id} and disabled_at is null`)
  await endSessionsOf(db, id)
  await requireAdministrator(db)
  return standing(db, viewer, id, 'disabled')
}

export async function enableUser(db: Db, viewer: Viewer, id: string): Promise<UserOut> {
  await requireManageable(db, viewer, id)
  await db.query(sql`update credentials set disabled_at = null where user_id = ${id}`)
  return standing(db, viewer, id, 'active')
}

export async function userAccess(db: Db, viewer: Viewer, id: string): Promise<UserAccess> {
  await get(db, viewer, 'users', id)
  const [access] = await db.query<UserAccess>(sql`
    select c.login, c.disabled_at as "disabledAt", c.must_change as "mustChangePassword",
      (select max(created_at) from sessions s where s.user_id = c.user_id) as "lastSignInAt",
      (select coalesce(json_agg(json_build_object('id', r.id, 'name', r.name) order by r.id), '[]') from user_roles ur join roles r on r.id = ur.role_id where ur.user_id = c.user_id) as roles
    from credentials c where c.user_id = ${id}`)
  return access ?? { login: '', roles: [], disabledAt: null, lastSignInAt: null, mustChangePassword: false }
}

/** Exactly these roles, given by id or by name. */
export async function giveRoles(db: Db, viewer: Viewer, userId: string, wanted: string[]) {
  const roles = await db.query<{ id: string; name: string; rights: Right[] }>(sql`select id, name, rights from roles where id::text = any(${wanted}) or name = any(${wanted})`)
  const unknown = wanted.find(each => !roles.some(role => role.id === each || role.name === each))
  if (unknown !== undefined) await refuse([{ field: 'roles', code: 'people.noRole', values: { name: unknown }, value: unknown }])

  checkRights(viewer, roles.flatMap(role => role.rights))
  const before = await rolesOf(db, userId)
  await db.query(sql`delete from user_roles where user_id = ${userId}`)
  await db.query(sql`insert into user_roles (user_id, role_id) select ${userId}::uuid, unnest(${roles.map(role => role.id)}::uuid[])`)
  await writeAudit(db, viewer, { action: 'user.roles', object: 'users', recordId: userId, changes: [{ field: 'roles', before: before.map(role => role.name), after: roles.map(role => role.name) }] })
}

export async function loginFindings(db: Db, login: string, except: string | null = null): Promise<Finding[]> {
  if (!/^\S{2,60}$/.test(login.trim())) return [{ field: 'login', code: 'people.login', value: login }]
  const [taken] = await db.query(sql`select from credentials where lower(login) = lower(${login.trim()}) and user_id is distinct from ${except}`)
  return taken ? [{ field: 'login', code: 'people.taken', value: login }] : []
}

async function refuse(findings: Finding[]) {
  if (findings.length > 0) throw new Problem('record.invalid', { count: findings.length }, { fields: findings })
}

/** The member is there, and holds no right that this viewer lacks: their password would be a way to it. */
async function requireManageable(db: Db, viewer: Viewer, id: string) {
  await get(db, viewer, 'users', id)
  checkRights(viewer, (await rolesOf(db, id)).flatMap(role => role.rights))
}

const rolesOf = (db: Db, userId: string) =>
  db.query<{ name: string; rights: Right[] }>(sql`select r.name, r.rights from user_roles ur join roles r on r.id = ur.role_id where ur.user_id = ${userId} order by r.id`)

async function changeLogin(db: Db, viewer: Viewer, id: string, login: string) {
  await refuse(await loginFindings(db, login, id))
  const [before] = await db.query<{ login: string }>(sql`select login from credentials where user_id = ${id}`)
  await db.query(sql`update credentials set login = ${login.trim()} where user_id = ${id}`)
  await keepOnRecord(db, viewer, id, 'login', before?.login ?? null, login.trim())
}

async function resetPassword(db: Db, viewer: Viewer, id: string, password: string) {
  const [known] = await db.query<{ login: string }>(sql`select login from credentials where user_id = ${id}`)
  if (!known) throw new Problem('people.noLogin')
  await refuse(passwordFindings(password, known.login))
  await db.query(sql`update credentials set password = ${await hashPassword(password)}, must_change = true where user_id = ${id}`)
  await endSessionsOf(db, id)
  await writeAudit(db, viewer, { action: 'password.reset', object: 'users', recordId: id })
}

async function standing(db: Db, viewer: Viewer, id: string, status: 'active' | 'disabled'): Promise<UserOut> {
  const [before] = await db.query<{ status: string | null }>(sql`select status from users where id = ${id}`)
  await keepOnRecord(db, viewer, id, 'status', before?.status ?? null, status)
  return get(db, viewer, 'users', id)
}

/** Login and status are shown on the record, but only these acts write them. */
async function keepOnRecord(db: Db, viewer: Viewer, id: string, field: 'login' | 'status', before: string | null, after: string) {
  if (before === after) return
  const set = field === 'login' ? sql`login = ${after}` : sql`status = ${after}`
  await db.query(sql`update users set ${set}, version = version + 1, updated_at = now(), updated_by = ${viewer.id} where id = ${id}`)
  await db.query(sql`insert into changes (object, record_id, kind) values ('users', ${id}, 'change')`)
  await keepComputed(db, { object: objectOf('users'), ids: [id], fields: 'all' })
  await writeAudit(db, viewer, { action: 'change', object: 'users', recordId: id, changes: [{ field, before, after }] })
  db.afterCommit(() => hints.emit('users', [id]))
}
