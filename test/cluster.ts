import { chmodSync, mkdirSync, realpathSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { type Cluster, createCluster, startCluster } from '#server/db/cluster.ts'
import { databaseAccount } from '#server/db/embedded-account.ts'
import { binaries } from '#server/db/embedded-binaries.ts'

export const superuser = 'kebu_superuser'
// Only this machine's own user can reach the socket, and only made-up people live in it.
const password = 'kebu-test'

/** Durability off: a test cluster that dies is thrown away. */
const fast = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', autovacuum_naptime: '10s', max_connections: '200', shared_buffers: '128MB', jit: 'off', random_page_cost: '1.1' }

const flags18 = ['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--no-sync']
const flags15 = ['--locale=C', '--no-sync']
export const debian15 = '/usr/lib/postgresql/15/bin'

/** A server in `folder`, made and started when it is not there; answers with the address of a role that owns what it makes but is no superuser. */
export async function startTestCluster(folder: string, version: 15 | 18 = 18): Promise<string> {
  const cluster = testCluster(folder, version)
  createCluster(cluster, superuser, password, version === 15 ? flags15 : flags18)
  const { live } = await startCluster(cluster)
  await ensureRole({ host: live.host, port: live.port, user: superuser, password, database: 'postgres' })
  return `postgres://kebu_test:${password}@localhost:${live.port}/postgres?host=${encodeURIComponent(live.host)}`
}

export function testCluster(folder: string, version: 15 | 18 = 18): Cluster {
  mkdirSync(folder, { recursive: true })
  chmodSync(folder, 0o711)
  const real = realpathSync(folder)
  const cluster = path.join(real, `pg${version}`)
  const account = databaseAccount(cluster, () => {})
  const bin = version === 15 ? debian15 : binaries(account, real)
  return { bin, folder: cluster, sockets: path.join(real, `s${version}`), log: path.join(real, `pg${version}.log`), account, settings: fast }
}

async function ensureRole(connection: pg.ClientConfig) {
  const client = new pg.Client(connection)
  await client.connect()
  try {
    await client.query('select pg_advisory_lock(5142003)')
    const { rowCount } = await client.query("select from pg_roles where rolname = 'kebu_test'")
    if (!rowCount) await client.query(`create role kebu_test login createdb password '${password}'`)
  } finally {
    await client.end()
  }
}
