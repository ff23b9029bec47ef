import { userInfo } from 'node:os'
import pg from 'pg'
import { Problem } from '#shared/problem.ts'
import type { Database, Options } from './embedded.ts'
import { lockFolder } from './folder-lock.ts'

const oldest = 150_000

/** A PostgreSQL of one's own. Without an owner's address one role does both. */
export async function openExternal(data: string, url: string, ownerUrl: string | null, options: Options): Promise<Database> {
  const app = connection(url)
  const owner = { ...connection(ownerUrl ?? url), max: 3 }
  await checkVersion(owner)
  if (ownerUrl) await checkVersion(app)
  const stop = await hold(data, owner, options)
  return { owner, app, stop }
}

/** Whatever the address says wins; without a user in it, the system user counts, as for psql. */
function connection(url: string): pg.PoolConfig {
  return { connectionString: url, application_name: `kebu ${process.pid}`, ...(URL.parse(url)?.username ? {} : { user: process.env.PGUSER ?? userInfo().username }) }
}

async function checkVersion(connection: pg.PoolConfig) {
  const client = new pg.Client({ ...connection, connectionTimeoutMillis: 10_000 })
  client.on('error', () => {})
  try {
    await client.connect()
  } catch (error) {
    throw new Problem('start.databaseUnreachable', { detail: (error as Error).message })
  }
  try {
    const { rows } = await client.query<{ number: number; name: string }>("select current_setting('server_version_num')::int as number, current_setting('server_version') as name")
    const found = rows[0]
    if (!found || found.number < oldest) throw new Problem('start.databaseTooOld', { version: found?.name ?? '?' })
  } finally {
    await client.end()
  }
}

/** The folder's lock, taken again whenever that database was restarted. */
async function hold(data: string, owner: pg.PoolConfig, options: Options): Promise<() => Promise<void>> {
  let isOver = false
  let retry: NodeJS.Timeout | undefined
  const again = () => {
    retry = setTimeout(() => {
      take().catch(error => {
        if (isOver) return
        if (error instanceof Problem) options.onDead(error)
        else again()
      })
    }, 1000)
  }
  const take = async () => { lock = await lockFolder(data, owner, again) }
  let lock: Awaited<ReturnType<typeof lockFolder>> | undefined
  try {
    await take()
  } catch (error) {
    if (!(options.isGuest && error instanceof Problem)) throw error
  }
  return async () => {
    isOver = true
    clearTimeout(retry)
    await lock?.release().catch(() => {})
  }
}
