import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { setCatalog } from '#server/catalog/catalog.ts'
import { loadCatalog } from '#server/catalog/shaped.ts'
import { sql } from '#server/db/sql.ts'
import { hints } from '#server/records/hints.ts'
import { ensureFieldIndexes } from './field-indexes.ts'
import { standardObjects } from '#shared/objects/all.ts'
import { serve } from '#test/serve.ts'

const server = await serve('objects')
const { ask } = server
const cookie = await server.signIn()
after(server.close)

const key = () => ({ 'idempotency-key': crypto.randomUUID() })
const seen = async (who = cookie) => ((await ask('GET /objects', { cookie: who })).json.objects as { name: string }[]).map(object => object.name)

test('an object is made once, however often it is asked for, by who may; the administrator uses it with the answer', async () => {
  const once = { cookie, headers: key(), body: { label: '设备' } }
  const [first, again] = [await ask('POST /objects', once), await ask('POST /objects', once)]
  assert.deepEqual([first.status, again.status, again.text], [201, 201, first.text])
  assert.equal(first.json.name, 'sheBei')
  assert.ok((await seen()).includes('sheBei'))
  const made = await ask('POST /sheBei', { cookie, headers: key(), body: { values: { name: '数控车床' } } })
  assert.deepEqual([made.status, made.json.number, made.json.owner.label], [201, 'SB001', '李雷'])
  const api = (await ask('GET /openapi.json', { cookie })).json
  assert.equal(api.components.schemas.sheBei.properties.name.title, '设备名称')
  assert.ok(api.paths['/sheBei/{id}'].patch && api.paths['/objects'].post)
  assert.equal((await ask('GET /search?q=SB001', { cookie })).json.hits[0].object, 'sheBei')
  const refused = await ask('POST /objects', { cookie, headers: key(), body: { label: '设备' } })
  assert.deepEqual(refused.json.error.fields.map((one: { message: string; proposal: string }) => [one.message, one.proposal]), [['已经有叫“设备”的对象', '设备2']])
})

test('who shapes nothing makes no objects, sees those that their role has, and hears of them', async () => {
  await ask('POST /users', { cookie, headers: key(), body: { login: 'seller', name: '小明', roles: ['销售专员'], password: 'xinghe-2027' } })
  const seller = await server.signIn('seller', 'xinghe-2027')
  for (const [what, body] of [['GET /objects/shaped'], ['POST /objects', { label: '车辆' }], ['PATCH /objects/sheBei', { label: '车辆' }], ['DELETE /objects/sheBei'], ['POST /objects/sheBei/restore']] as const) {
    assert.equal((await ask(what, { cookie: seller, headers: key(), ...(body && { body }) })).status, 403, what)
  }
  assert.ok(!(await seen(seller)).includes('sheBei'))
  assert.equal((await ask('GET /sheBei', { cookie: seller })).json.total ?? 0, 0)

  const heard: string[] = []
  const stop = hints.listen(hint => { heard.push(hint.object) })
  const { roles } = (await ask('GET /roles', { cookie })).json as { roles: { id: string; name: string; version: number; objects: object }[] }
  const sales = roles.find(role => role.name === '销售专员')
  const made = await ask('POST /objects', { cookie, headers: key(), body: { label: '门店', name: 'stores', owned: false, roles: { [sales?.id ?? '']: { view: 'all', edit: 'all' } } } })
  assert.equal(made.status, 201, made.text)
  await new Promise(resolve => { setTimeout(resolve, 300) })
  stop()
  assert.ok(heard.includes('fields'))
  assert.ok((await seen(seller)).includes('stores'))
  assert.equal((await ask('POST /stores', { cookie: seller, headers: key(), body: { values: { name: '一号店' } } })).status, 201)
  assert.equal((await ask('PATCH /objects/stores', { cookie, headers: { ...key(), 'if-match': '7' }, body: { label: '店' } })).status, 409)

  // A role that is sent back while an object of it is retired loses nothing.
  assert.equal((await ask('DELETE /objects/stores', { cookie, headers: key() })).status, 200)
  const held = (await ask('GET /roles', { cookie })).json.roles.find((role: { id: string }) => role.id === sales?.id)
  assert.equal((await ask(`PATCH /roles/${held.id}`, { cookie, headers: key(), body: { objects: held.objects } })).status, 200)
  assert.equal((await ask('POST /objects/stores/restore', { cookie, headers: key() })).status, 200)
  assert.equal((await ask('GET /stores', { cookie: seller })).json.total, 1)
})

test('the next start, and every other node, knows what this one has made', async () => {
  setCatalog(standardObjects)
  assert.ok(!(await seen()).includes('sheBei'))
  await loadCatalog(server.db)
  assert.ok((await seen()).includes('sheBei'))
})

test('a field that is made while an index is on its way comes when it is ready, and does not keep it waiting', async () => {
  await ask('POST /objects/sheBei/fields', { cookie, headers: key(), body: { label: '客户', type: 'reference', target: 'customers', name: 'customer' } })
  let release = () => {}
  // Whoever reads a long list: the index waits for them, and the field for the index.
  const reader = server.db.transaction(async tx => {
    await tx.exec('set transaction isolation level repeatable read')
    await tx.query(sql`select 1 from customers`)
    await new Promise<void>(resolve => { release = resolve })
  })
  await new Promise(resolve => { setTimeout(resolve, 200) })
  const indexing = ensureFieldIndexes(server.db)
  await new Promise(resolve => { setTimeout(resolve, 300) })
  const making = ask('POST /objects/sheBei/fields', { cookie, headers: key(), body: { label: '型号', type: 'text' } })
  await new Promise(resolve => { setTimeout(resolve, 300) })
  release()
  await reader
  const made = await making
  assert.equal(made.status, 201, made.text)
  await indexing
})
