import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { sql } from '#server/db/sql.ts'
import { serve } from '../../../test/serve.ts'

const server = await serve('keys')
const { ask, db } = server
const cookie = await server.signIn()
after(server.close)

const make = async (scopes: string[], more: object = {}) => (await ask('POST /keys', { cookie, body: { name: '财务系统', scopes, ...more } })).json as { id: string; key: string }
const customer = { values: { name: '上海海天贸易有限公司' } }

test('a key that reads does not write', async () => {
  const { key } = await make(['read'])
  assert.equal((await ask('GET /customers', { key })).status, 200)
  assert.equal((await ask('POST /customers/query', { key, body: {} })).status, 200)
  const refused = await ask('POST /customers', { key, body: customer })
  assert.deepEqual([refused.status, refused.json.error.code], [403, 'key.scope'])
})

test('what a key writes is told apart in the history', async () => {
  const { key } = await make(['read', 'write'])
  const { json, status } = await ask('POST /customers', { key, body: customer, headers: { origin: 'https://erp.example' } })
  assert.equal(status, 201)
  assert.equal((await ask(`GET /customers/${json.id}/history`, { key })).json.entries[0].source, 'api')
})

test('a key that only writes learns nothing from lists', async () => {
  assert.equal((await ask('GET /customers', { key: (await make(['write'])).key })).json.error.code, 'key.scope')
})

test('a lost key cannot make another key or change the password', async () => {
  const { key } = await make(['read', 'write'])
  assert.equal((await ask('POST /keys', { key, body: { name: 'x', scopes: ['read'] } })).json.error.code, 'key.person')
  assert.equal((await ask('POST /session/password', { key, body: { current: 'a', next: 'b' } })).json.error.code, 'key.person')
})

test('a key ends when it is revoked or has run out', async () => {
  const { id, key } = await make(['read'])
  assert.equal((await ask(`DELETE /keys/${id}`, { cookie })).status, 204)
  assert.equal((await ask('GET /customers', { key })).status, 401)
  const late = await make(['read'], { expiresAt: '2020-01-01T00:00:00Z' })
  assert.equal((await ask('GET /customers', { key: late.key })).status, 401)
  assert.equal((await ask('GET /customers', { key: 'kebu_made-up' })).status, 401)
})

test('the list of keys shows names and uses, never the keys', async () => {
  const { key } = await make(['read'])
  await ask('GET /customers', { key })
  const { json, text } = await ask('GET /keys', { cookie })
  assert.ok(json.keys[0].usedAt)
  assert.ok(!text.includes(key) && !text.includes(key.slice(5, 20)))
  const [stored] = await db.query<{ row: string }>(sql`select string_agg(k::text, '') as row from keys k`)
  assert.ok(!stored?.row.includes(key.slice(5)))
})

test('nobody sees or ends the keys of others', async () => {
  const { id } = await make(['read'])
  await ask('POST /users', { cookie, body: { login: 'sales', name: '小明', roles: ['销售专员'], password: 'xinghe-2027' } })
  const other = await server.signIn('sales', 'xinghe-2027')
  assert.deepEqual((await ask('GET /keys', { cookie: other })).json.keys, [])
  assert.equal((await ask(`DELETE /keys/${id}`, { cookie: other })).status, 404)
})
