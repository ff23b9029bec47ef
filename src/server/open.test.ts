import assert from 'node:assert/strict'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import pg from 'pg'
import { superuser } from '../../test/cluster.ts'
import { testServer } from '../../test/database.ts'
import { boss } from '../../test/serve.ts'
import { type Config, readConfig } from './config.ts'
import { sql } from './db/sql.ts'
import { startJobs } from './jobs/worker.ts'
import { open } from './open.ts'
import { create } from './records/create.ts'
import { createFirstAdministrator } from './users/first-admin.ts'
import { findViewer } from './users/session.ts'

const [owner, app] = [`kebu_owner_${process.pid}`, `kebu_app_${process.pid}`]

/** An empty database as an administrator makes it for us: one role owns it, another one may only come in. */
async function ownDatabase(): Promise<{ as: (role: string) => string; drop: () => Promise<void> }> {
  const server = new URL(await testServer())
  server.username = superuser
  const database = `kebu_test_${process.pid}_roles`
  const admin = new pg.Client({ connectionString: server.href })
  await admin.connect()
  for (const role of [owner, app]) await admin.query(`create role ${role} login password 'geheim'`)
  await admin.query(`create database ${database} owner ${owner}`)
  return {
    as: role => Object.assign(new URL(server.href), { username: role, password: 'geheim', pathname: `/${database}` }).href,
    drop: async () => {
      await admin.query(`drop database ${database} with (force)`)
      for (const role of [owner, app]) await admin.query(`drop role ${role}`)
      await admin.end()
    },
  }
}

async function onceRunning(config: Config, act: (running: Awaited<ReturnType<typeof open>>) => Promise<void>) {
  const running = await open(config, { say: () => {}, onDead: error => { throw error } })
  const jobs = await startJobs({ ...running, config }).catch(async (error: unknown) => {
    await running.close()
    throw error
  })
  try {
    await act(running)
  } finally {
    await jobs.stop()
    await running.close()
  }
}

test('on a PostgreSQL of one’s own with two roles, the owner shapes, the app keeps, and nobody rewrites the log', async () => {
  const { as, drop } = await ownDatabase()
  const config = readConfig({ KEBU_DATA: await mkdtemp(path.join(tmpdir(), 'kebu-own-')), DATABASE_URL: as(app), DATABASE_OWNER_URL: as(owner) })
  try {
    await onceRunning(config, async ({ db }) => {
      const viewer = await findViewer(db, await createFirstAdministrator(db, boss), config)
      assert.ok(viewer)
      await create(db, viewer, 'customers', { values: { name: '两个角色有限公司' } })
      await assert.rejects(db.query(sql`update audit set reason = '改写'`), { code: '42501' })
      await assert.rejects(db.query(sql`alter table customers add column secret text`), { code: '42501' })
    })
    await onceRunning(config, async ({ db }) => {
      assert.deepEqual(await db.query(sql`select name from customers`), [{ name: '两个角色有限公司' }])
    })
  } finally {
    await drop()
  }
})
