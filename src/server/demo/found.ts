import { randomBytes } from 'node:crypto'
import { system } from '#server/access/viewer.ts'
import type { Db, Pool } from '#server/db/connect.ts'
import { sql } from '#server/db/sql.ts'
import { fill, fillingOf, type Filling } from '#server/records/fill.ts'
import { find, parsePage } from '#server/records/find.ts'
import { createFirstAdministrator, ensureShippedRoles, isSetupNeeded } from '#server/users/first-admin.ts'
import { hashPassword } from '#server/users/password.ts'
import { shippedRoles } from '#server/users/shipped-roles.ts'
import type { Lang } from '#shared/object.ts'
import { Problem } from '#shared/problem.ts'
import { companyOf, companyRows, type Person, type Plan } from './company.ts'
import { makeAll } from './make.ts'

export interface Login { role: string; login: string; password: string }

/** A company with its people, customers and contacts, in a database that has no customers yet. */
export async function foundCompany({ db, owner, lang }: { db: Pool; owner: Pool; lang: Lang }, { customers, seed, day }: { customers: number; seed: number; day: string }, onProgress: (done: number) => void) {
  const viewer = system('demo')
  if (parsePage(await find(db, viewer, 'customers', { limit: 1 })).total > 0) throw new Problem('demo.notEmpty')
  const administrator = await administratorOf(db, lang)
  const plan: Plan = { seed, customers, today: Date.parse(`${day}T00:00:00+08:00`), rootId: await rootOf(db) }
  const company = companyOf(plan)
  const rows = companyRows(company, seed)
  const staff = [fillingOf(viewer, 'departments', rows.departments), fillingOf(viewer, 'users', rows.users)]

  const done: Record<string, number> = { customers: 0 }
  await fill(owner, ['departments', 'users', 'customers', 'contacts'], first(staff, makeAll(plan)), some => {
    for (const { object, count } of some) done[object] = (done[object] ?? 0) + count
    if ((done.customers ?? 0) % 50_000 === 0 && some[0]?.object === 'customers') onProgress(done.customers ?? 0)
  })
  const logins = await db.transaction(tx => letIn(tx, company.people, lang))
  return { contacts: done.contacts ?? 0, people: company.people.length, logins: [...administrator, ...logins] }
}

async function* first(some: Filling[], rest: AsyncIterable<Filling[]>): AsyncGenerator<Filling[]> {
  yield some
  yield* rest
}

/** A database that nobody set up yet gets the company and its administrator. */
async function administratorOf(db: Pool, lang: Lang): Promise<Login[]> {
  if (!(await isSetupNeeded(db))) return []
  const password = newPassword()
  await createFirstAdministrator(db, { company: '星河数字科技有限公司', name: '系统管理员', login: 'admin', password, lang })
  return [{ role: roleName('系统管理员', lang), login: 'admin', password }]
}

async function rootOf(db: Db): Promise<string> {
  const top = parsePage(await find(db, system('demo'), 'departments', { filter: { field: 'parent', op: 'empty' }, sort: 'createdAt', limit: 1, fields: ['name'] }))
  const root = top.records[0]
  if (!root) throw new Problem('demo.noCompany')
  return root.id
}

const newPassword = () => randomBytes(9).toString('base64url')
const roleName = (chinese: string, lang: Lang) => shippedRoles.find(role => role.name['zh-CN'] === chinese)?.name[lang] ?? chinese

/** Everybody has a login and a role. One of each role can sign in at once; for the others the administrator sets a password. */
async function letIn(tx: Db, people: Person[], lang: Lang): Promise<Login[]> {
  await ensureShippedRoles(tx, lang)
  // No password gives this text: it is no hash.
  await tx.query(sql`insert into credentials (user_id, login, password) select * from unnest(${people.map(person => person.id)}::uuid[], ${people.map(person => person.login)}::text[], ${people.map(() => '*')}::text[])`)
  await tx.query(sql`
    insert into user_roles (user_id, role_id)
    select given.id, roles.id from unnest(${people.map(person => person.id)}::uuid[], ${people.map(person => roleName(person.role, lang))}::text[]) given(id, name) join roles on roles.name = given.name`)
  const logins: Login[] = []
  for (const role of new Set(people.map(person => person.role))) {
    const person = people.findLast(each => each.role === role)
    if (!person) continue
    const password = newPassword()
    await tx.query(sql`update credentials set password = ${await hashPassword(password)} where user_id = ${person.id}`)
    logins.push({ role: roleName(role, lang), login: person.login, password })
  }
  return logins
}
