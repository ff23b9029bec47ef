import assert from 'node:assert/strict'
import { test } from 'node:test'
import { uuidv7 } from 'uuidv7'
import { sql } from '../db/sql.ts'
import { smallWorld } from '#test/world.ts'
import { createMany } from './batch.ts'
import { change } from './change.ts'
import { create } from './create.ts'
import { find, parsePage } from './find.ts'
import { searchAll } from './search.ts'
import { catchUpSearch, keepSearchFresh } from './search-index.ts'

type World = Awaited<ReturnType<typeof smallWorld>>
const found = async ({ db, hanmeimei }: World, q: string) => parsePage(await find(db, hanmeimei, 'customers', { q })).records.map(record => record.name)
const documents = async ({ db }: World, id: string) => (await db.query<{ n: number }>(sql`select length(tsv) as n from search_doc where id = ${id}::uuid`))[0]?.n

test('what is saved is found at once, in the list and in the box, and by its old name no longer', async () => {
  const world = await smallWorld()
  const { db, hanmeimei } = world
  const { id } = await create(db, hanmeimei, 'customers', { values: { name: '武汉刚存有限公司' } })
  assert.deepEqual(await found(world, '刚存'), ['武汉刚存有限公司'])
  await change(db, hanmeimei, 'customers', id, { values: { name: '武汉又改有限公司' } })
  assert.equal((await searchAll(db, hanmeimei, 'youg')).hits[0]?.title, '武汉又改有限公司')
  assert.deepEqual(await found(world, '刚存'), [])
})

test('a search does not wait for thousands of imported rows, and finds them when their documents are made', async () => {
  const world = await smallWorld()
  const { db, hanmeimei } = world
  await db.transaction(tx => createMany(tx, hanmeimei, 'customers', Array.from({ length: 300 }, (_, i) => ({ id: uuidv7(), values: { name: `成都量大${i}厂` } }))))
  assert.deepEqual(await found(world, '量大'), [])
  await catchUpSearch(db)
  assert.equal((await found(world, '量大')).length, 50)
})

test('whoever makes documents at the same time, the last state of a record wins', async () => {
  const world = await smallWorld()
  const { db, hanmeimei } = world
  const { id } = await create(db, hanmeimei, 'customers', { values: { name: '起名0公司' } })
  for (let n = 1; n <= 10; n++) {
    await Promise.all([change(db, hanmeimei, 'customers', id, { values: { name: `起名${n}公司` } }), catchUpSearch(db), catchUpSearch(db)])
  }
  await catchUpSearch(db)
  assert.deepEqual(await found(world, '起名10公'), ['起名10公司'])
  assert.deepEqual(await found(world, '起名9公'), [])
})

test('documents of saved records are made without anybody asking', async () => {
  const world = await smallWorld()
  const { db, hanmeimei } = world
  const stop = keepSearchFresh(db)
  const { id } = await create(db, hanmeimei, 'customers', { values: { name: '西安自动有限公司' } })
  for (const since = Date.now(); await documents(world, id) === undefined && Date.now() - since < 10_000;) await new Promise(resolve => { setTimeout(resolve, 20) })
  assert.ok(await documents(world, id))
  await stop()
})

test('a pasted book is saved and found by its first letters', async () => {
  const world = await smallWorld()
  await create(world.db, world.hanmeimei, 'customers', { values: { name: '长文公司', remark: `独特开头${'长'.repeat(3000)}` } })
  assert.deepEqual(await found(world, '独特开头'), ['长文公司'])
})
