import { createHash, randomBytes } from 'node:crypto'
import { createFirstAdministrator, isSetupNeeded } from '#server/users/first-admin.ts'
import type { Config } from './config.ts'
import type { Pool } from './db/connect.ts'
import { sql } from './db/sql.ts'

type Print = (code: string, values?: Record<string, string>) => void

/** Says where the product is and, while nobody can sign in yet, how to become the first administrator. */
export async function welcome(db: Pool, config: Config, address: string, print: Print): Promise<void> {
  const reachable = config.publicUrl ?? address
  const isNew = await isSetupNeeded(db)
  if (isNew && config.admin) {
    await createFirstAdministrator(db, { ...config.admin, company: 'Kebu', name: config.admin.login, lang: config.lang })
    print('start.adminMade', { login: config.admin.login })
  }
  print('start.ready', { address: reachable })
  if (isNew && !config.admin) print('start.setup', { address: reachable, token: await newSetupToken(db) })
  print('start.stopHint')
}

/** Only the hash is kept. Each start gives a new one, so that an old terminal's line is worth nothing. */
async function newSetupToken(db: Pool): Promise<string> {
  const token = randomBytes(18).toString('base64url')
  const value = JSON.stringify({ sha256: createHash('sha256').update(token).digest('hex') })
  await db.query(sql`insert into settings (name, value) values ('setupToken', ${value}::jsonb) on conflict (name) do update set value = excluded.value`)
  return token
}
