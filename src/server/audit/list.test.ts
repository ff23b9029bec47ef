import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { serve } from '../../../test/serve.ts'

const server = await serve('auditlist')
const { ask } = server
const cookie = await server.signIn()
after(server.close)

const made: string[] = []
for (let n = 0; n < 5; n += 1) made.push((await ask('POST /customers', { cookie, body: { values: { name: `秘密客户${n}`, remark: '机密' } } })).json.id)

test('the operation log is read in pages, newest first, without a gap', async () => {
  const seen: string[] = []
  let next = ''
  do {
    const { json } = await ask(`GET /audit?object=customers&limit=2${next}`, { cookie })
    seen.push(...json.entries.map((entry: { recordId: string }) => entry.recordId))
    next = json.next ? `&before=${json.next}` : ''
  } while (next)
  assert.deepEqual(seen, made.toReversed())
})

test('it is narrowed by person, record, action and time', async () => {
  const { json: me } = await ask('GET /session', { cookie })
  const count = async (query: string) => (await ask(`GET /audit?${query}`, { cookie })).json.entries.length
  assert.equal(await count(`record=${made[0]}`), 1)
  assert.equal(await count(`person=${me.id}&action=create&object=customers`), 5)
  assert.equal(await count(`person=${crypto.randomUUID()}`), 0)
  assert.equal(await count('from=2020-01-01T00:00:00Z&to=2020-01-02T00:00:00Z'), 0)
  assert.equal((await ask('GET /audit?filter=x', { cookie })).status, 400)
  assert.equal((await ask('GET /audit?before=nonsense', { cookie })).json.error.code, 'cursor.invalid')
})

test('an auditor learns who changed which fields, not the values', async () => {
  await ask('POST /users', { cookie, body: { login: 'audit', name: '审计', roles: ['审计管理员'], password: 'xinghe-2027' } })
  const auditor = await server.signIn('audit', 'xinghe-2027')
  const { json, text } = await ask(`GET /audit?record=${made[0]}`, { cookie: auditor })
  assert.ok(json.entries[0].fields.includes('remark'))
  assert.doesNotMatch(text, /机密|秘密客户/)
  assert.equal((await ask(`GET /customers/${made[0]}`, { cookie: auditor })).status, 404)
})
