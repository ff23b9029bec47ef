import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { putInCatalog } from '#server/catalog/catalog.ts'
import { loadCatalog } from '#server/catalog/shaped.ts'
import { hints } from '#server/records/hints.ts'
import { standardObjects } from '#shared/objects/all.ts'
import { serve } from '#test/serve.ts'

const server = await serve('shape')
const { ask } = server
const cookie = await server.signIn()
after(server.close)

const fields = '/objects/customers/fields'
const names = async (who = cookie) => ((await ask('GET /objects/customers', { cookie: who })).json.fields as { name: string }[]).map(field => field.name)
const key = () => ({ 'idempotency-key': crypto.randomUUID() })

test('a field is made once, however often it is asked for, and is known with the answer', async () => {
  const once = { cookie, headers: key(), body: { label: '合同金额', type: 'money', name: 'contractAmount' } }
  const [first, again] = [await ask(`POST ${fields}`, once), await ask(`POST ${fields}`, once)]
  assert.deepEqual([first.status, again.status, again.text], [201, 201, first.text])
  assert.ok((await names()).includes('contractAmount'))
  const made = await ask('POST /customers', { cookie, headers: key(), body: { values: { name: '上海海天贸易有限公司', contractAmount: '8.8万' } } })
  assert.equal(made.json.contractAmount, '88000.00')
  const api = (await ask('GET /openapi.json', { cookie })).json
  assert.ok(JSON.stringify(api.components.schemas.customers.properties.contractAmount).includes('合同金额'))
})

test('a refusal names the trait, in words, with a proposal', async () => {
  const { status, json } = await ask(`POST ${fields}`, { cookie, headers: key(), body: { label: '电话', type: 'text' } })
  assert.equal(status, 422)
  assert.deepEqual(json.error.fields.map((one: { field: string; message: string; proposal: string }) => [one.field, one.message, one.proposal]), [['label', '已经有叫“电话”的字段', '电话2']])
})

test('only who may shape objects does, and whoever watches hears that something is new', async () => {
  await ask('POST /users', { cookie, body: { login: 'seller', name: '小明', roles: ['销售专员'], password: 'xinghe-2027' } })
  const seller = await server.signIn('seller', 'xinghe-2027')
  for (const [what, body] of [[`GET ${fields}`], [`POST ${fields}`, { label: '甲', type: 'text' }], [`PATCH ${fields}/source`, { label: '甲' }], [`DELETE ${fields}/contractAmount`], [`POST ${fields}/contractAmount/restore`]] as const) {
    assert.equal((await ask(what, { cookie: seller, headers: key(), ...(body && { body }) })).status, 403, what)
  }
  const heard: string[] = []
  const stop = hints.listen(hint => { heard.push(hint.object) })
  const { version } = (await ask(`GET ${fields}`, { cookie })).json.fields.find((field: { name: string }) => field.name === 'contractAmount')
  assert.equal((await ask(`PATCH ${fields}/contractAmount`, { cookie, headers: { ...key(), 'if-match': String(version) }, body: { label: '签约金额' } })).status, 200)
  assert.equal((await ask(`PATCH ${fields}/contractAmount`, { cookie, headers: { ...key(), 'if-match': String(version) }, body: { label: '金额' } })).status, 409)
  await new Promise(resolve => { setTimeout(resolve, 300) })
  stop()
  assert.ok(heard.includes('fields'))
  assert.ok((await names(seller)).includes('contractAmount'))
})

test('the next start knows what this one has made', async () => {
  putInCatalog(standardObjects)
  assert.ok(!(await names()).includes('contractAmount'))
  await loadCatalog(server.db)
  assert.ok((await names()).includes('contractAmount'))
})
