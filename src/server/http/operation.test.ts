import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { sql } from '#server/db/sql.ts'
import { serve } from '../../../test/serve.ts'

const server = await serve('operation')
const { ask, db } = server
const cookie = await server.signIn()
after(server.close)

const save = (id: string, name: string) => ask('POST /customers', { cookie, headers: { 'idempotency-key': id }, body: { values: { name } } })
const count = async (name: string) => (await db.query(sql`select from customers where name = ${name}`)).length

test('the same operation again gives the same answer, byte for byte, and saves once', async () => {
  const first = await save('op-1', '海天贸易')
  const again = await save('op-1', '海天贸易')
  assert.equal(first.status, 201)
  assert.deepEqual([again.status, again.text], [first.status, first.text])
  assert.equal(await count('海天贸易'), 1)
})

test('eight at the same moment are one', async () => {
  const answers = await Promise.all(Array.from({ length: 8 }, () => save('op-2', '晨光文具')))
  assert.equal(new Set(answers.map(answer => answer.text)).size, 1)
  assert.ok(answers.every(answer => answer.status === 201))
  assert.equal(await count('晨光文具'), 1)
})

test('the same operation id for something else is refused', async () => {
  await save('op-3', '甲公司')
  const other = await save('op-3', '乙公司')
  assert.deepEqual([other.status, other.json.error.code], [422, 'operation.reused'])
  assert.equal(await count('乙公司'), 0)
})

test('a refused save leaves no trace and may be tried again under its id', async () => {
  assert.equal((await save('op-4', '')).status, 422)
  assert.equal((await save('op-4', '丙公司')).status, 201)
})

test('one person’s operation ids mean nothing to another', async () => {
  const { json } = await ask('POST /users', { cookie, body: { login: 'hanmeimei', name: '韩梅梅', roles: ['系统管理员'], password: 'xinghe-2027' } })
  assert.ok(json.id)
  await save('op-5', '丁公司')
  const hers = await server.signIn('hanmeimei', 'xinghe-2027')
  assert.equal((await ask('POST /customers', { cookie: hers, headers: { 'idempotency-key': 'op-5' }, body: { values: { name: '戊公司' } } })).status, 201)
})

test('a repeated answer does not show a secret twice', async () => {
  const make = () => ask('POST /keys', { cookie, headers: { 'idempotency-key': 'op-6' }, body: { name: '财务系统', scopes: ['read'] } })
  const [first, again] = [await make(), await make()]
  assert.match(first.json.key, /^kebu_/)
  assert.deepEqual([again.json.id, again.json.key], [first.json.id, null])
  const kept = await db.query<{ row: string }>(sql`select o::text as row from operations o`)
  assert.ok(kept.every(({ row }) => !row.includes(first.json.key)))
})

test('an operation id is a short word', async () => {
  assert.equal((await save('x'.repeat(101), '己公司')).status, 400)
})
