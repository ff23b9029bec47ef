import { writeAudit } from '#server/audit/write.ts'
import { system, type Viewer } from '#server/access/viewer.ts'
import type { Db } from '#server/db/connect.ts'
import { sql } from '#server/db/sql.ts'
import { isRefused } from '#shared/fields/field.ts'
import { phone } from '#shared/fields/phone.ts'
import { fieldOf } from '#shared/object.ts'
import { user } from '#shared/objects/user.ts'
import { Problem } from '#shared/problem.ts'
import { verifyPassword } from './password.ts'
import { openSession } from './session.ts'
import { countAttempt, forgive } from './throttle.ts'

/** Where a request comes from. */
export interface Origin { address: string; agent: string }

interface Known { id: string; name: string; password: string }

/** 登录 by login, phone or e-mail. Whoever fails learns nothing about which part was wrong. Gives the token of the new session. */
export async function signIn(db: Db, typed: { login: string; password: string }, origin: Origin): Promise<string> {
  const login = typed.login.trim()
  await countAttempt(db, login, origin.address)
  const known = await findPerson(db, login)
  if (!(await verifyPassword(typed.password, known?.password ?? null)) || !known) {
    await writeAudit(db, system('sign-in'), { action: 'session.refused', object: 'users', ...(known && { recordId: known.id }), reason: origin.address })
    throw new Problem('session.wrong')
  }
  await forgive(db, login, origin.address)
  return db.transaction(async tx => {
    const token = await openSession(tx, known.id, origin)
    await writeAudit(tx, asViewer(known), { action: 'session.open', object: 'users', recordId: known.id, reason: origin.address })
    return token
  })
}

/** The login comes first; a phone or an address counts only if it names exactly one person. */
async function findPerson(db: Db, login: string): Promise<Known | null> {
  const found = await db.query<Known & { byLogin: boolean }>(sql`
    select u.id, u.name, c.password, lower(c.login) = lower(${login}) as "byLogin"
    from credentials c join users u on u.id = c.user_id
    where (lower(c.login) = lower(${login}) or u.phone = ${canonicalPhone(login)} or lower(u.email) = lower(${login}))
      and c.disabled_at is null and u.deleted_at is null limit 3`)
  return found.find(each => each.byLogin) ?? (found.length === 1 ? found[0] ?? null : null)
}

function canonicalPhone(text: string): string | null {
  const declared = fieldOf(user, 'phone')
  if (!declared) return null
  const parsed = phone.parse(text, declared, { today: '', timeZone: 'UTC' })
  return isRefused(parsed) ? null : parsed.value
}

const asViewer = (known: Known): Viewer => ({ ...system(known.name), id: known.id, kind: 'person', rights: [], source: 'manual' })
