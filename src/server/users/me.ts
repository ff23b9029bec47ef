import { writeAudit } from '#server/audit/write.ts'
import type { Viewer } from '#server/access/viewer.ts'
import type { Db } from '#server/db/connect.ts'
import { sql } from '#server/db/sql.ts'
import type { Me } from '#shared/api/session.ts'
import { Problem } from '#shared/problem.ts'
import { hashPassword, passwordFindings, verifyPassword } from './password.ts'
import { endSessionsOf } from './session.ts'
import { countAttempt, forgive } from './throttle.ts'

interface Wishes { lang?: Me['lang'] | undefined; theme?: Me['theme'] | undefined; preferences?: Record<string, unknown> | undefined }

/** What a screen may remember: names up to 100 characters, 20 kB each. */
const room = { name: 100, bytes: 20_000 }
const own = ['lang', 'theme']

export async function describeMe(db: Db, viewer: Viewer): Promise<Me> {
  const [row] = await db.query<{ login: string; company: string | null; mustChange: boolean; preferences: Record<string, unknown> }>(sql`
    select c.login, c.must_change as "mustChange", (select value #>> '{}' from settings where name = 'company') as company,
      (select coalesce(json_object_agg(name, value), '{}') from preferences where user_id = c.user_id) as preferences
    from credentials c where c.user_id = ${viewer.id}`)
  if (!row) throw new Problem('session.required')

  const { lang: _, theme, ...preferences } = row.preferences
  return {
    id: viewer.id, login: row.login, name: viewer.name, lang: viewer.lang, theme: theme === 'light' || theme === 'dark' ? theme : 'auto',
    rights: viewer.rights, company: row.company ?? '', timeZone: viewer.timeZone, mustChangePassword: row.mustChange, preferences,
  }
}

/** Language, theme and what screens remember; null forgets. */
export async function changeMe(db: Db, viewer: Viewer, { lang, theme, preferences = {} }: Wishes): Promise<Me> {
  const reserved = Object.keys(preferences).find(name => own.includes(name) || name.length > room.name)
  if (reserved) throw new Problem('name.unknown', { name: reserved })

  for (const [name, value] of Object.entries({ ...preferences, ...(lang && { lang }), ...(theme && { theme }) })) await remember(db, viewer, name, value)
  return describeMe(db, lang ? { ...viewer, lang } : viewer)
}

async function remember(db: Db, viewer: Viewer, name: string, value: unknown) {
  if (value === null || value === undefined) {
    await db.query(sql`delete from preferences where user_id = ${viewer.id} and name = ${name}`)
    return
  }
  const text = JSON.stringify(value)
  if (Buffer.byteLength(text) > room.bytes) throw new Problem('request.tooLarge', { limit: `${room.bytes / 1000} kB` })
  await db.query(sql`
    insert into preferences (user_id, name, value) values (${viewer.id}, ${name}, ${text}::jsonb)
    on conflict (user_id, name) do update set value = excluded.value`)
}

/** Asks for the current password, so that a forgotten open screen is not enough; every other session of this person ends. */
export async function changePassword(db: Db, viewer: Viewer, typed: { current: string; next: string }, address: string, keep?: Buffer) {
  const [known] = await db.query<{ login: string; password: string }>(sql`select login, password from credentials where user_id = ${viewer.id}`)
  if (!known) throw new Problem('session.required')

  await countAttempt(db, known.login, address)
  if (!(await verifyPassword(typed.current, known.password))) throw new Problem('record.invalid', { count: 1 }, { fields: [{ field: 'current', code: 'password.wrong' }] })
  await forgive(db, known.login, address)
  const findings = passwordFindings(typed.next, known.login, 'next')
  if (findings.length > 0) throw new Problem('record.invalid', { count: findings.length }, { fields: findings })

  const hash = await hashPassword(typed.next)
  await db.transaction(async tx => {
    await tx.query(sql`update credentials set password = ${hash}, must_change = false where user_id = ${viewer.id}`)
    await endSessionsOf(tx, viewer.id, keep)
    await writeAudit(tx, viewer, { action: 'password.change', object: 'users', recordId: viewer.id })
  })
}
