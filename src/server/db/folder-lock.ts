import { createHash } from 'node:crypto'
import { hostname } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { Problem } from '#shared/problem.ts'

export interface FolderLock {
  release(): Promise<void>
}

/** A killed predecessor's connection needs a moment to be noticed. */
const patience = 2_000

/**
 * One program per data folder: an advisory lock, held by a connection as long as we live, so that no crash leaves it behind.
 * `onLost` is called when the connection broke (the database was restarted): take it again.
 */
export async function lockFolder(data: string, connection: pg.PoolConfig, onLost: () => void): Promise<FolderLock> {
  const client = new pg.Client({ ...connection, keepAlive: true })
  let released = false
  client.on('error', () => {})
  client.on('end', () => { if (!released) onLost() })
  await client.connect()
  const key = lockKey(data)
  const deadline = Date.now() + patience
  while (!(await isTaken(client, key))) {
    if (Date.now() > deadline) {
      const pid = await holder(client, key)
      released = true
      await client.end()
      throw new Problem('start.folderBusy', { folder: data, pid })
    }
    await sleep(100)
  }
  return { release: async () => { released = true; await client.end() } }
}

/** Of this machine's folder: two machines may serve one database, each with its own. */
const lockKey = (data: string) => createHash('sha256').update(`${hostname()}:${data}`).digest().readInt32BE(0)

const isTaken = async (client: pg.Client, key: number) =>
  (await client.query<{ taken: boolean }>('select pg_try_advisory_lock(5142, $1) as taken', [key])).rows[0]?.taken === true

async function holder(client: pg.Client, key: number): Promise<string> {
  const { rows } = await client.query<{ name: string }>(
    `select a.application_name as name from pg_locks l join pg_stat_activity a using (pid)
     where l.locktype = 'advisory' and l.classid = 5142 and l.objid::bigint = ($1::bigint & 4294967295) and l.granted`, [key])
  return rows[0]?.name.replace('kebu ', '') ?? '?'
}
