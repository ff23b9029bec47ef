import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, test } from 'node:test'
import { sql } from '#server/db/sql.ts'
import { boss, cookieOf, serve } from '../../../test/serve.ts'
import { createFirstAdministrator } from './first-admin.ts'

const server = await serve('setup', { isNew: true })
const { ask, db } = server
after(server.close)

const token = 'printed-on-the-console'
await db.query(sql`insert into settings (name, value) values ('setupToken', ${JSON.stringify({ sha256: createHash('sha256').update(token).digest('hex') })}::jsonb)`)

test('the first page asks whoever started the program, and nobody else', async () => {
  assert.deepEqual((await ask('GET /setup')).json, { needed: true })
  const guessed = await ask('POST /setup', { body: { ...boss, token: 'guessed' } })
  assert.deepEqual([guessed.status, guessed.json.error.code], [403, 'setup.tokenWrong'])
})

test('everything that is missing is said at once', async () => {
  const { status, json } = await ask('POST /setup', { body: { token, company: ' ', name: '', login: 'a b', password: '123' } })
  assert.equal(status, 422)
  assert.deepEqual(json.error.fields.map((each: { field: string }) => each.field), ['company', 'name', 'login', 'password'])
})

test('two first administrators at the same moment are one', async () => {
  const answers = await Promise.all(['lilei', 'hanmeimei'].map(login => ask('POST /setup', { body: { ...boss, token, login } })))
  assert.deepEqual(answers.map(answer => answer.status).sort((a, b) => a - b), [201, 409])
  assert.equal((await db.query(sql`select from credentials`)).length, 1)
})

test('the company stands: its root department, its roles, and an administrator who is signed in', async () => {
  const [{ login } = { login: '' }] = await db.query<{ login: string }>(sql`select login from credentials`)
  const cookie = cookieOf(await ask('POST /session', { body: { login, password: boss.password } }))
  const { json: me } = await ask('GET /session', { cookie })
  assert.deepEqual([me.company, me.name, me.rights], ['星河贸易', '李雷', ['people', 'shape', 'settings', 'audit']])
  assert.equal((await ask('GET /departments', { cookie })).json.records[0].name, '星河贸易')
  assert.deepEqual((await ask('GET /roles', { cookie })).json.roles.map((role: { name: string }) => role.name),
    ['系统管理员', '销售专员', '销售经理', '客服', '市场', '管理层', '安全管理员', '审计管理员', '只读'])
  assert.deepEqual((await ask('GET /setup')).json, { needed: false })
})

test('after that there is no way back to the first page', async () => {
  assert.equal((await ask('POST /setup', { body: { ...boss, token, login: 'thief' } })).json.error.code, 'setup.done')
  await assert.rejects(createFirstAdministrator(db, { ...boss, login: 'thief' }), { code: 'setup.done' })
  assert.deepEqual(await db.query(sql`select from settings where name = 'setupToken'`), [])
})

test('whoever keeps guessing the token is told to wait', async () => {
  const answers = await Promise.all(Array.from({ length: 25 }, () => ask('POST /setup', { body: { ...boss, token: 'guessed' } })))
  const refused = answers.filter(answer => answer.status === 429)
  assert.ok(refused.length >= 5)
  assert.equal(refused[0]?.json.error.code, 'request.tooMany')
  assert.match(refused[0]?.headers.get('retry-after') ?? '', /^\d+$/)
})
