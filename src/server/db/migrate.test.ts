import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { freshDatabase } from '#test/database.ts'
import { ensurePartitions, isUpToDate, migrate } from './migrate.ts'
import { sql } from './sql.ts'

test('what is applied is not applied again', async () => {
  const db = await freshDatabase('migrate')
  assert.deepEqual(await migrate(db), [])
  assert.equal(await isUpToDate(db), true)
  await db.end()
})

test('two programs that start at once migrate one after the other', async () => {
  const db = await freshDatabase('migratetwice')
  const folder = migrations({ '9001-shelf.sql': 'create table shelf (id int primary key)' })
  const applied = await Promise.all([migrate(db, folder), migrate(db, folder)])
  assert.deepEqual(applied.flat(), ['9001-shelf.sql'])
  rmSync(folder, { recursive: true })
  await db.end()
})

test('a migration that fails leaves nothing behind, and one that was changed later stops the start', async () => {
  const db = await freshDatabase('migratefail')
  const folder = migrations({ '9001-shelf.sql': 'create table shelf (id int primary key); select no_such_column from shelf' })
  await assert.rejects(migrate(db, folder), { code: '42703' })
  assert.deepEqual(await db.query(sql`select to_regclass('shelf')::text as name`), [{ name: null }])

  writeFileSync(path.join(folder, '9001-shelf.sql'), 'create table shelf (id int primary key)')
  await migrate(db, folder)
  writeFileSync(path.join(folder, '9001-shelf.sql'), 'create table shelf (id bigint primary key)')
  await assert.rejects(migrate(db, folder), { code: 'start.migrationChanged', values: { name: '9001-shelf.sql' } })
  rmSync(folder, { recursive: true })
  await db.end()
})

test('the operation log has room for last month, this one and the next two, across the turn of a year', async () => {
  const db = await freshDatabase('partitions')
  await ensurePartitions(db, new Date('2027-12-31T23:59:59Z'))
  for (const at of ['2027-11-01T00:00:00Z', '2027-12-31T23:59:59Z', '2028-01-01T00:00:00Z', '2028-02-29T12:00:00Z']) {
    await db.query(sql`insert into audit (id, at, viewer_name, action, source) values (gen_random_uuid(), ${at}, 'test', 'test', 'system')`)
  }
  await assert.rejects(db.query(sql`insert into audit (id, at, viewer_name, action, source) values (gen_random_uuid(), '2028-03-01T00:00:00Z', 'test', 'test', 'system')`))
  await db.end()
})

function migrations(files: Record<string, string>): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'kebu-migrations-'))
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text)
  return folder
}
