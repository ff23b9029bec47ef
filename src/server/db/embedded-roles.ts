import pg from 'pg'
import type { Live } from './cluster.ts'
import type { Place } from './embedded-place.ts'

export const superuser = 'kebu_superuser'
const names = { owner: 'kebu_owner', app: 'kebu_app' } as const
const database = 'kebu'

/** Is it really our server? It must know our password (scram proves it to both sides) and work in our folder. */
export async function isOurs(place: Place, live: Live): Promise<boolean> {
  const client = await asSuperuser(place, live)
  try {
    const { rows } = await client.query<{ data_directory: string }>('show data_directory')
    return rows[0]?.data_directory === place.folder
  } finally {
    await client.end()
  }
}

/** The only thing done as superuser: the two roles, the database and its statistics. Safe to repeat. */
export async function prepareRoles(place: Place, live: Live): Promise<void> {
  const client = await asSuperuser(place, live)
  try {
    // Two first starts at once prepare one after the other.
    await client.query('select pg_advisory_lock(5142004)')
    for (const role of ['owner', 'app'] as const) await ensureRole(client, names[role], place.passwords[role])
    const { rowCount } = await client.query('select from pg_database where datname = $1', [database])
    if (!rowCount) await client.query(`create database ${database} owner ${names.owner}`)
    await client.query(`revoke all on database ${database} from public`)
    // The app may make schemas of its own (the job queue does), never touch the owner's tables' shape.
    await client.query(`grant connect, temporary, create on database ${database} to ${names.app}`)
  } finally {
    await client.end()
  }
  await withStatistics(place, live)
}

/** How the program connects: the owner makes and changes tables, the app does everything else. */
export const connections = (place: Place, live: Live): Record<'owner' | 'app', pg.PoolConfig> => ({
  owner: { host: live.host, port: live.port, database, user: names.owner, password: place.passwords.owner, max: 3, application_name: `kebu ${process.pid}` },
  app: { host: live.host, port: live.port, database, user: names.app, password: place.passwords.app, application_name: `kebu ${process.pid}` },
})

async function withStatistics(place: Place, live: Live) {
  const client = await asSuperuser(place, live, database)
  try {
    await client.query('create schema if not exists statistics')
    await client.query('create extension if not exists pg_stat_statements schema statistics')
  } finally {
    await client.end()
  }
}

async function ensureRole(client: pg.Client, name: string, password: string) {
  const { rowCount } = await client.query('select from pg_roles where rolname = $1', [name])
  if (!rowCount) await client.query(`create role ${name} login nosuperuser nocreatedb nocreaterole password ${client.escapeLiteral(password)}`)
}

async function asSuperuser(place: Place, live: Live, name = 'postgres'): Promise<pg.Client> {
  const client = new pg.Client({ host: live.host, port: live.port, database: name, user: superuser, password: place.passwords.superuser, connectionTimeoutMillis: 10_000 })
  client.on('error', () => {})
  await client.connect()
  return client
}
