import { createHash, timingSafeEqual } from 'node:crypto'
import { uuidv7 } from 'uuidv7'
import { writeAudit } from '#server/audit/write.ts'
import { system } from '#server/access/viewer.ts'
import type { Db } from '#server/db/connect.ts'
import { sql } from '#server/db/sql.ts'
import { create } from '#server/records/create.ts'
import type { Lang } from '#shared/object.ts'
import { Problem } from '#shared/problem.ts'
import { hashPassword, passwordFindings } from './password.ts'
import { loginFindings } from './people.ts'
import { administrator, shippedRoles } from './shipped-roles.ts'

export interface FirstAdministrator { company: string; name: string; login: string; password: string; lang: Lang }

/** Until somebody can sign in, the first page asks for company and administrator. */
export async function isSetupNeeded(db: Db): Promise<boolean> {
  const [someone] = await db.query(sql`select from credentials limit 1`)
  return !someone
}

/** The console printed a token once: it proves that whoever fills in the first page also started the program. */
export async function checkSetupToken(db: Db, token: string) {
  if (!(await isSetupNeeded(db))) throw new Problem('setup.done')
  const [row] = await db.query<{ sha256: string }>(sql`select value ->> 'sha256' as sha256 from settings where name = 'setupToken'`)
  const given = createHash('sha256').update(token.trim()).digest()
  const expected = Buffer.from(row?.sha256 ?? '', 'hex')
  if (expected.length !== given.length || !timingSafeEqual(given, expected)) throw new Problem('setup.tokenWrong')
}

/** Company, root department, shipped roles and the first administrator, or nothing: only while nobody exists. Gives the user's id. */
export async function createFirstAdministrator(db: Db, first: FirstAdministrator): Promise<string> {
  const required = (['company', 'name'] as const).filter(field => first[field].trim() === '').map(field => ({ field, code: 'people.required' }))
  const findings = [...required, ...(await loginFindings(db, first.login)), ...passwordFindings(first.password, first.login)]
  if (findings.length > 0) throw new Problem('record.invalid', { count: findings.length }, { fields: findings })

  const hash = await hashPassword(first.password)
  return db.transaction(async tx => {
    await tx.query(sql`select pg_advisory_xact_lock(5142004)`)
    if (!(await isSetupNeeded(tx))) throw new Problem('setup.done')
    return found(tx, first, hash)
  })
}

async function found(tx: Db, { company, name, login, lang }: FirstAdministrator, hash: string): Promise<string> {
  const setup = system('setup')
  const [departmentId, userId] = [uuidv7(), uuidv7()]
  await tx.query(sql`insert into settings (name, value) values ('company', ${JSON.stringify(company.trim())}::jsonb) on conflict (name) do update set value = excluded.value`)
  await tx.query(sql`delete from settings where name = 'setupToken'`)
  await ensureShippedRoles(tx, lang)
  await create(tx, setup, 'departments', { id: departmentId, values: { name: company.trim() } })
  await create(tx, setup, 'users', { id: userId, values: { name: name.trim(), department: { id: departmentId } } })
  await tx.query(sql`update users set login = ${login.trim()}, status = 'active' where id = ${userId}`)
  await tx.query(sql`insert into credentials (user_id, login, password) values (${userId}, ${login.trim()}, ${hash})`)
  await tx.query(sql`insert into user_roles (user_id, role_id) select ${userId}::uuid, id from roles where name = ${administrator.name[lang]}`)
  await tx.query(sql`insert into preferences (user_id, name, value) values (${userId}, 'lang', ${JSON.stringify(lang)}::jsonb)`)
  await writeAudit(tx, setup, { action: 'setup', object: 'users', recordId: userId })
  return userId
}

/** The roles of a new company, named in its language. Roles that exist under these names stay as they are. */
export async function ensureShippedRoles(db: Db, lang: Lang) {
  for (const role of shippedRoles) {
    await db.query(sql`
      insert into roles (id, name, objects, fields, rights)
      values (${uuidv7()}, ${role.name[lang]}, ${JSON.stringify(role.objects)}, ${JSON.stringify(role.fields)}, ${role.rights}) on conflict (name) do nothing`)
  }
}
