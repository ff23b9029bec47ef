import assert from 'node:assert/strict'
import { test } from 'node:test'
import { uuidv7 } from 'uuidv7'
import { sql } from '#server/db/sql.ts'
import { smallWorld } from '#test/world.ts'
import { changeMany, createMany } from './batch.ts'
import { find, parsePage } from './find.ts'
import { get } from './get.ts'
import { history } from './history.ts'
import { catchUpSearch } from './search-index.ts'

const rows = (count: number, values: (i: number) => Record<string, unknown>) => Array.from({ length: count }, (_, i) => ({ id: uuidv7(), values: values(i) }))

test('a batch gives numbers in the order of its rows, keeps those given by hand, and goes on behind them', async () => {
  const { db, hanmeimei } = await smallWorld()
  const some = rows(4, i => ({ name: `批量${i}`, ...(i === 1 ? { number: 'C500' } : {}) }))
  assert.equal((await db.transaction(tx => createMany(tx, hanmeimei, 'customers', some))).done, 4)
  const numbers = await Promise.all(some.map(async row => (await get(db, hanmeimei, 'customers', row.id)).number))
  assert.deepEqual(numbers, ['C501', 'C500', 'C502', 'C503'])
})

test('every row of a batch has its timeline, its place in the change feed, and is found once the job has caught up', async () => {
  const { db, hanmeimei } = await smallWorld()
  const some = rows(3, i => ({ name: `深圳批量${i}有限公司`, tags: ['批', 'a"b\\c'], needs: '第一行\n第二行\t列' }))
  await db.transaction(tx => createMany(tx, hanmeimei, 'customers', some, { reason: '补录' }))
  const record = await get(db, hanmeimei, 'customers', some[0]?.id ?? '')
  assert.deepEqual(record.tags, ['批', 'a"b\\c'])
  assert.equal(record.needs, '第一行\n第二行\t列')
  const { entries } = await history(db, hanmeimei, 'customers', some[0]?.id ?? '')
  assert.equal(entries[0]?.reason, '补录')
  const [feed] = await db.query<{ n: number }>(sql`select count(*)::int as n from changes where record_id = any(${some.map(row => row.id)}::uuid[])`)
  assert.equal(feed?.n, 3)
  assert.ok(await catchUpSearch(db) >= 3)
  assert.equal(parsePage(await find(db, hanmeimei, 'customers', { q: '深圳批' })).total, 3)
})

test('a row that breaks a rule comes back, the others are written', async () => {
  const { db, hanmeimei, xiaohong } = await smallWorld()
  const some = rows(4, i => ({ name: `行${i}`, number: i < 2 ? 'N-1' : `N-${i}`, ...(i === 3 ? { owner: { id: xiaohong.id, label: null } } : {}) }))
  const { done, refused } = await db.transaction(tx => createMany(tx, hanmeimei, 'customers', some))
  assert.equal(done, 2)
  assert.deepEqual(refused.map(each => [some.findIndex(row => row.id === each.id), each.findings[0]?.code]), [[1, 'field.notUnique'], [3, 'record.forbidden']])
})

test('who may not import may not create by import', async () => {
  const { db, lilei, laowang } = await smallWorld()
  await assert.rejects(db.transaction(tx => createMany(tx, { ...lilei, source: 'import' }, 'customers', rows(1, () => ({ name: '甲' })))), { code: 'record.forbidden' })
  await assert.rejects(db.transaction(tx => createMany(tx, laowang, 'customers', rows(1, () => ({ name: '甲' })))), { code: 'record.forbidden' })
})

test('changes of a batch touch what may be touched and say what may not', async () => {
  const { db, lilei, customers } = await smallWorld()
  const result = await db.transaction(tx => changeMany(tx, lilei, 'customers', [
    { id: customers.C1.id, values: { status: '合作中' } }, { id: customers.C2.id, values: { lifecycle: '成交客户' } }, { id: customers.C4.id, values: { status: '合作中' } },
  ]))
  assert.deepEqual([result.done, result.unchanged, result.refused.map(each => each.findings[0]?.code)], [1, 1, ['record.notFound']])
})
