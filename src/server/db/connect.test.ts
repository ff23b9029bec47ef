import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { freshDatabase } from '../../../test/database.ts'
import { copyIn } from './copy.ts'
import { sql } from './sql.ts'

const db = await freshDatabase('connect')
after(() => db.end())

test('a database that restarts in the middle of a transaction ends the transaction, not the program', async () => {
  const acts: string[] = []
  await assert.rejects(db.transaction(async tx => {
    tx.afterCommit(() => acts.push('committed'))
    const [mine] = await tx.query<{ pid: number }>(sql`select pg_backend_pid() as pid`)
    await db.query(sql`select pg_terminate_backend(${mine?.pid})`)
    await new Promise(resolve => setTimeout(resolve, 200))
    await tx.query(sql`select 1`)
  }))
  assert.deepEqual(await db.query(sql`select 1 as one`), [{ one: 1 }])
  assert.deepEqual(acts, [])
})

test('what waits for the commit happens after it, and not when it is taken back', async () => {
  const acts: string[] = []
  await db.transaction(async tx => tx.transaction(async inner => inner.afterCommit(() => acts.push('one'))))
  await assert.rejects(db.transaction(async tx => {
    tx.afterCommit(() => acts.push('two'))
    throw new Error('no')
  }))
  assert.deepEqual(acts, ['one'])
})

test('a statement that fails takes everything back, those that were sent behind it and the last word too', async () => {
  await db.exec('create table boats (id int primary key)')
  const ids = async () => (await db.query<{ id: number }>(sql`select id from boats order by id`)).map(row => row.id)
  await db.transaction(async tx => {
    await Promise.all([tx.query(sql`insert into boats values (1)`), tx.query(sql`insert into boats values (2)`)])
    await tx.beforeCommit(sql`insert into boats values (${3})`)
  })
  assert.deepEqual(await ids(), [1, 2, 3])
  await assert.rejects(db.transaction(async tx => {
    const first = tx.query(sql`insert into boats values (1)`)
    tx.query(sql`insert into boats values (4)`).catch(() => {})
    await first
  }), { code: '23505' })
  const acts: string[] = []
  await assert.rejects(db.transaction(async tx => {
    tx.afterCommit(() => acts.push('committed'))
    await tx.query(sql`insert into boats values (5)`)
    await tx.beforeCommit(sql`insert into boats values (${3})`)
  }), { code: '23505' })
  assert.deepEqual(await ids(), [1, 2, 3])
  assert.deepEqual(acts, [])
})

test('the program can stop in the middle of a statement that takes an hour', async () => {
  const other = await freshDatabase('stopping')
  const working = other.query(sql`select pg_sleep(3600)`).catch((error: Error) => error)
  await other.query(sql`select 1`)
  const begun = Date.now()
  await other.end()
  assert.ok(Date.now() - begun < 30_000)
  assert.ok(await working instanceof Error)
})

test('COPY goes with other statements in one transaction', async () => {
  await db.exec('create table rafts (id int)')
  await db.transaction(async tx => {
    await copyIn(tx, 'rafts', ['id'], ['1\n', '2\n'])
    await tx.query(sql`insert into rafts values (3)`)
    await copyIn(tx, 'rafts', ['id'], ['4\n'])
    await tx.beforeCommit(sql`insert into rafts values (${5})`)
  })
  assert.equal((await db.query(sql`select from rafts`)).length, 5)
})

test('dates are days, decimals are exact, instants are ISO', async () => {
  const [row] = await db.query(sql`select date '2026-02-28' as day, 0.10::numeric(12,2) as money, 9007199254740991::int8 as big, timestamptz '2026-02-28 08:00+08' as at`)
  assert.deepEqual(row, { day: '2026-02-28', money: '0.10', big: 9007199254740991, at: '2026-02-28T00:00:00.000Z' })
})

test('a prepared statement answers as any other, and sees columns that come later', async () => {
  await db.exec('create table ships (id int primary key, name text)')
  const ask = () => db.query(sql`insert into ships (id, name) values (${1}, ${'a'}) on conflict (id) do update set name = ships.name || 'a' returning name`, 'prepared')
  for (const name of ['a', 'aa', 'aaa']) assert.deepEqual(await ask(), [{ name }])
  await db.exec('alter table ships add column f_1 text')
  assert.deepEqual(await ask(), [{ name: 'aaaa' }])
  assert.equal((await db.query(sql`select from pg_prepared_statements where statement like '%ships%' and statement not like '%pg_prepared%'`)).length, 1)
})
