import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { userInfo } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { loadCatalog } from '#server/catalog/shaped.ts'
import { connect, type Pool } from '#server/db/connect.ts'
import { migrate } from '#server/db/migrate.ts'
import { installQueue } from '#server/db/queue.ts'
import { equipFields } from '#shared/fields/equip.ts'
import { startTestCluster } from './cluster.ts'

const source = path.join(import.meta.dirname, '..', 'src')
let made = 0

// As every start of the product does.
equipFields()

/** An empty database of its own with today's schema, on a real PostgreSQL. Dropped by a later run, when this process is gone. */
export async function freshDatabase(name = 'db'): Promise<Pool> {
  const server = await testServer()
  const database = `kebu_test_${process.pid}_${++made}_${name.toLowerCase().replace(/[^a-z0-9]/g, '').slice(0, 20)}`
  for (let attempt = 1; !(await copyTemplate(server, database)); attempt++) if (attempt === 5) throw new Error('the template keeps disappearing')
  const db = open(server, database)
  await loadCatalog(db)
  return db
}

/** False when somebody with other sources dropped the template just now. */
async function copyTemplate(server: string, database: string): Promise<boolean> {
  try {
    await one(server, 'postgres', `create database ${database} template ${await ensureTemplate(server)}`)
    return true
  } catch (error) {
    if ((error as pg.DatabaseError).code === '3D000') return false
    throw error
  }
}

/** `postgres://…` of a server where we may make databases: given by the run of all tests, else one of our own that stays for the next time. */
export const testServer = async () => process.env.KEBU_TEST_DATABASE ?? (await startTestCluster(path.join('/tmp', `kebu-test-${userInfo().username}`)))

export const open = (server: string, database: string): Pool => connect({ ...at(server, database), allowExitOnIdle: true, max: 8 })

/** The schema is made once for each state of the sources; test databases are copies of it. */
async function ensureTemplate(server: string): Promise<string> {
  const template = `kebu_template_${schemaHash()}`
  const client = new pg.Client(at(server, 'postgres'))
  await client.connect()
  try {
    await client.query('select pg_advisory_lock(5142002)')
    const { rowCount } = await client.query('select from pg_database where datname = $1', [template])
    if (!rowCount) await makeTemplate(server, client, template)
  } finally {
    await client.end()
  }
  return template
}

async function makeTemplate(server: string, client: pg.Client, template: string) {
  await dropOld(client)
  // Under another name until it is complete: an interrupted one must not be taken for the real one.
  await client.query('drop database if exists kebu_unfinished with (force)')
  await client.query('create database kebu_unfinished')
  const db = open(server, 'kebu_unfinished')
  try {
    await migrate(db)
    await installQueue(db)
    await makeObjects(db)
  } finally {
    await db.end()
  }
  await client.query(`alter database kebu_unfinished rename to ${template}`)
}

async function makeObjects(db: Pool) {
  const { ensureTables } = await import('#server/catalog/storage.ts')
  const { standardObjects } = await import('#shared/objects/all.ts')
  await ensureTables(db, standardObjects)
}

/** Databases of processes that are gone, and templates of older sources. */
async function dropOld(client: pg.Client) {
  const { rows } = await client.query<{ datname: string }>("select datname from pg_database where datname ~ '^kebu_(test|template)_'")
  for (const { datname } of rows) {
    const pid = /^kebu_test_(\d+)_/.exec(datname)?.[1]
    if (!pid || !isAlive(Number(pid))) await client.query(`drop database if exists ${datname}`).catch(() => {})
  }
}

function isAlive(pid: number) {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

/** What decides the schema: migrations, declarations, field types, and the code that makes tables of them. */
function schemaHash() {
  const hash = createHash('sha256').update(readFileSync(import.meta.filename))
  for (const folder of ['server/db/migrations', 'server/catalog', 'shared/objects', 'shared/fields']) {
    const full = path.join(source, folder)
    mkdirSync(full, { recursive: true })
    for (const name of readdirSync(full, { recursive: true }).map(String).sort()) {
      if (/(?<!\.test)\.(ts|sql)$/.test(name)) hash.update(name).update(readFileSync(path.join(full, name)))
    }
  }
  return hash.digest('hex').slice(0, 12)
}

function at(server: string, database: string): pg.PoolConfig {
  const url = new URL(server)
  const socket = url.searchParams.get('host')
  return { host: socket ?? url.hostname, port: Number(url.port || 5432), user: url.username, password: decodeURIComponent(url.password), database }
}

async function one(server: string, database: string, text: string) {
  const client = new pg.Client(at(server, database))
  await client.connect()
  try {
    await client.query(text)
  } finally {
    await client.end()
  }
}
