import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { serve } from '../../../test/serve.ts'
import { routes } from './routes.ts'

const server = await serve('openapi')
const { ask } = server
const cookie = await server.signIn()
after(server.close)

interface Described { parameters: { name: string; in: string; required: boolean }[]; requestBody?: unknown; responses: Record<string, unknown>; security?: unknown[] }
const { json: api } = await ask('GET /openapi.json', { cookie })
const operations = Object.entries(api.paths as Record<string, Record<string, Described>>)
  .flatMap(([path, methods]) => Object.entries(methods).map(([method, described]) => ({ path, method: method.toUpperCase(), described })))

test('every route of the site map is described, for every object', () => {
  const described = new Set(operations.map(({ method, path }) => `${method} ${path}`))
  for (const { endpoint: { method, path } } of routes) {
    const address = path.replace(/^\/:object/, '/customers').replace(/:(\w+)/g, '{$1}')
    assert.ok(described.has(`${method} ${address}`), `${method} ${address}`)
  }
})

test('every described address is served, and refuses what is not described', async () => {
  for (const { path, method } of operations) {
    const address = path.replace(/\{\w+\}/g, crypto.randomUUID())
    const body = method === 'GET' ? undefined : { nonsense: true }
    const answer = await ask(`${method} ${address}${method === 'GET' ? '?nonsense=1' : ''}`, { cookie, body, headers: { 'sec-fetch-site': 'same-origin' } })
    assert.notEqual(answer.json?.error?.code, 'route.unknown', `${method} ${path}`)
    assert.notEqual(answer.status, 500, `${method} ${path}: ${answer.text}`)
    const isUpload = path === '/imports' && method === 'POST'
    if (!isUpload) assert.equal(answer.status, 400, `${method} ${path}: ${answer.text}`)
  }
})

test('records are described as this caller sees them', async () => {
  await ask('POST /users', { cookie, body: { login: 'market', name: '小明', roles: ['市场'], password: 'xinghe-2027' } })
  const marketing = await server.signIn('market', 'xinghe-2027')
  const { json } = await ask('GET /openapi.json', { cookie: marketing })
  const phone = (described: typeof api) => described.components.schemas.customers.properties.phone
  assert.equal(phone(api).readOnly, undefined)
  assert.equal(phone(json).readOnly, true)
  assert.ok(api.components.schemas.customers.properties.lifecycle.enum.includes('潜在客户'))
  assert.deepEqual(api.components.schemas.customers.properties.owner.type, ['object', 'null'])
})

test('a record answers with exactly the described fields', async () => {
  const { json: customer } = await ask('POST /customers', { cookie, body: { values: { name: '上海海天贸易有限公司' } } })
  assert.deepEqual(Object.keys(customer).sort(), Object.keys(api.components.schemas.customers.properties).sort())
})
