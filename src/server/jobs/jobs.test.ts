import assert from 'node:assert/strict'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { test } from 'node:test'
import { sql } from '#server/db/sql.ts'
import { freshDatabase } from '../../../test/database.ts'
import { boss } from '../../../test/serve.ts'
import { createFirstAdministrator } from '#server/users/first-admin.ts'
import { findViewer } from '#server/users/session.ts'
import { useStore } from '#server/files/store.ts'
import { addImport, commitImport, getImport, keepUpload } from '#server/imports/handlers.ts'
import { startJobs } from './worker.ts'
import { runDue, timers } from './schedule.ts'

const defaults = { lang: 'zh-CN', timeZone: 'Asia/Shanghai' } as const

async function until<T>(look: () => Promise<T>, isEnough: (found: T) => boolean): Promise<T> {
  for (const start = Date.now(); ;) {
    const found = await look()
    if (isEnough(found)) return found
    assert.ok(Date.now() - start < 60_000, `waited a minute: ${JSON.stringify(found)}`)
    await new Promise(resolve => setTimeout(resolve, 100))
  }
}

test('what was begun before a stop is finished after the next start, by the queue', async () => {
  const db = await freshDatabase('jobs')
  const data = await mkdtemp(path.join(tmpdir(), 'kebu-jobs-'))
  useStore(data)
  const userId = await createFirstAdministrator(db, boss)
  const viewer = await findViewer(db, userId, defaults)
  assert.ok(viewer)
  const kept = await keepUpload({ name: '客户.csv', stream: Readable.from([Buffer.from('客户名称,电话\n甲公司,13800138000\n')]) })
  const { id } = await addImport(db, viewer, kept, { object: 'customers' })
  // A worker took the job and died: the queue would wait four hours.
  await db.query(sql`update graphile_worker._private_jobs set locked_at = now(), locked_by = 'gone'`)

  const jobs = await startJobs({ db, owner: db, config: { data, ...defaults } })
  await until(() => getImport(db, viewer, id), found => found.state === 'ready')
  await db.transaction(tx => commitImport(tx, viewer, id))
  const done = await until(() => getImport(db, viewer, id), found => found.state === 'done')
  assert.equal(done.counts.created, 1)
  await until(() => db.query(sql`select from search_doc where object = 'customers'`), rows => rows.length === 1)
  await jobs.stop()
  await db.end()
})

test('a timer runs once a day, on one node only, and makes up for a pause', async () => {
  const db = await freshDatabase('timers')
  const at = (time: string) => new Date(`${time}+08:00`)
  const daily = timers.filter(timer => 'at' in timer).map(timer => timer.name)
  const ranAt = async (time: string) => (await runDue(db, 'Asia/Shanghai', at(time))).filter(name => daily.includes(name))
  assert.deepEqual(await ranAt('2026-05-10T00:00:30'), [])
  const both = await Promise.all([ranAt('2026-05-10T03:20:00'), ranAt('2026-05-10T03:20:01')])
  // Which node takes which timer is theirs to settle.
  assert.deepEqual(both.flat().toSorted(), daily.toSorted())
  assert.deepEqual(await ranAt('2026-05-10T23:00:00'), [])
  assert.deepEqual(await ranAt('2026-05-13T09:00:00'), daily)
  await db.end()
})
