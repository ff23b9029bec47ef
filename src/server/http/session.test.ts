import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { sql } from '#server/db/sql.ts'
import { boss, cookieOf, serve } from '../../../test/serve.ts'
import { endpoint } from '#shared/api/endpoint.ts'
import { requirePolicies } from './server.ts'
import { route } from './route.ts'
import { routes } from './routes.ts'

const server = await serve('session')
const { ask, signIn, db } = server
after(server.close)

test('health is all that a stranger learns', async () => {
  assert.equal((await ask('GET //healthz')).text, '{"ok":true}')
  for (const { endpoint: { method, path, policy } } of routes.filter(each => each.endpoint.policy !== 'public')) {
    const answer = await ask(`${method} ${path.replace(':object', 'customers').replace(/:\w+/g, crypto.randomUUID())}`, { body: method === 'GET' ? undefined : {} })
    assert.equal(answer.status, 401, `${method} ${path} ${String(policy)}`)
    assert.equal(answer.json.error.code, 'session.required')
  }
})

test('only the first run and signing in are open to everybody', () => {
  assert.deepEqual(routes.filter(each => each.endpoint.policy === 'public').map(each => `${each.endpoint.method} ${each.endpoint.path}`), ['GET /setup', 'POST /setup', 'POST /session'])
})

test('a route that does not say who may call it stops the start', () => {
  const { policy: _, ...silent } = endpoint({ method: 'GET', path: '/leak', summary: '', policy: 'public' })
  const nameless = { ...route(endpoint({ method: 'GET', path: '/leak', summary: '', policy: 'public' }), () => ({})), endpoint: silent }
  // @ts-expect-error the types refuse it as well
  assert.throws(() => requirePolicies([nameless]), /no policy: GET \/leak/)
})

test('a session is a cookie that scripts cannot read and other sites cannot send', async () => {
  const answer = await ask('POST /session', { body: { login: boss.login, password: boss.password } })
  assert.equal(answer.status, 200)
  assert.equal(answer.json.name, '李雷')
  const cookie = answer.headers.get('set-cookie') ?? ''
  assert.match(cookie, /HttpOnly/)
  assert.match(cookie, /SameSite=Lax/)
  assert.doesNotMatch(cookie, /Secure/, 'plain http in an intranet keeps working')
  const stored = await db.query<{ row: string }>(sql`select s::text as row from sessions s`)
  assert.ok(stored.every(({ row }) => !row.includes(cookieOf(answer)?.split('=')[1] ?? '')), 'only the hash is kept')
})

test('behind https the cookie travels only there', async () => {
  const answer = await ask('POST /session', { body: { login: boss.login, password: boss.password }, headers: { 'x-forwarded-proto': 'https' } })
  assert.match(answer.headers.get('set-cookie') ?? '', /Secure/)
})

test('a wrong password and an unknown login sound the same', async () => {
  const wrong = await ask('POST /session', { body: { login: boss.login, password: 'nonsense-1' } })
  const unknown = await ask('POST /session', { body: { login: 'nobody', password: 'nonsense-1' } })
  assert.equal(wrong.status, 401)
  assert.equal(wrong.text, unknown.text)
})

test('whoever signs out is out, and only there', async () => {
  const [here, there] = [await signIn(), await signIn()]
  assert.equal((await ask('DELETE /session', { cookie: here })).status, 204)
  assert.equal((await ask('GET /session', { cookie: here })).status, 401)
  assert.equal((await ask('GET /session', { cookie: there })).status, 200)
})

test('a session that has run out, or of somebody deleted, is no session', async () => {
  const cookie = await signIn()
  await db.query(sql`update sessions set expires_at = now() - interval '1 second'`)
  assert.equal((await ask('GET /session', { cookie })).status, 401)
  assert.equal((await ask('GET /session', { cookie: 'kebu_session=made-up' })).status, 401)
})

test('another site cannot make a browser write', async () => {
  const cookie = await signIn()
  const body = { values: { name: '上海海天贸易有限公司' } }
  const from = (headers: Record<string, string>) => ask('POST /customers', { cookie, body, headers })
  assert.equal((await from({ origin: 'https://evil.example' })).status, 403)
  assert.equal((await from({ 'sec-fetch-site': 'cross-site' })).json.error.code, 'request.foreign')
  assert.equal((await from({ 'sec-fetch-site': 'same-site' })).status, 403)
  assert.equal((await from({ origin: 'null' })).status, 403)
  assert.equal((await from({ origin: server.address, 'sec-fetch-site': 'same-origin' })).status, 201)
  assert.equal((await from({})).status, 201, 'a program that says nothing is no browser')
  assert.equal((await ask('POST /session', { body: { login: boss.login, password: boss.password }, headers: { origin: 'https://evil.example' } })).status, 403)
})

test('what is not there, or malformed, is said in the language of who asks', async () => {
  const cookie = await signIn()
  const cases: [string, number, string][] = [
    ['GET /nonsense', 404, 'object.unknown'], ['GET /nonsense/a/b/c', 404, 'route.unknown'], [`GET /customers/${crypto.randomUUID()}`, 404, 'record.notFound'],
    ['GET /customers/abc', 404, 'record.notFound'], ['GET /customers?colour=red', 400, 'name.unknown'], ['GET /customers?limit=501', 400, 'request.malformed'],
    ['GET /customers?filter={', 400, 'request.malformed'], ['GET /session?x=1', 400, 'name.unknown'], ['GET /customers?sort=nonsense', 400, 'name.unknown'],
  ]
  for (const [what, status, code] of cases) {
    const { json, ...answer } = await ask(what, { cookie })
    assert.deepEqual([answer.status, json.error.code], [status, code], what)
    assert.deepEqual(Object.keys(json.error).filter(key => key !== 'values').sort(), ['code', 'fields', 'message', 'reference'])
  }
  assert.match((await ask('GET /session', { headers: { 'accept-language': 'en-GB,en;q=0.9' } })).json.error.message, /sign in/)
  assert.equal((await ask('POST /customers', { cookie, body: '{"values":' })).status, 400)
  assert.equal((await ask('POST /customers', { cookie, body: '{"values":{},"__proto__":{}}' })).status, 400)
  assert.equal((await ask('POST /customers', { cookie, body: 'name=x', headers: { 'content-type': 'text/plain' } })).status, 415)
  assert.equal((await ask('POST /customers', { cookie, body: { values: {}, extra: 1 } })).json.error.values.name, 'extra')
})

test('all findings of a save come at once, each with its words', async () => {
  const { status, json } = await ask('POST /customers', { cookie: await signIn(), body: { values: { name: '', phone: '12' } } })
  assert.equal(status, 422)
  assert.deepEqual(json.error.fields.map((each: { field: string }) => each.field), ['name', 'phone'])
  assert.ok(json.error.fields.every((each: { message: string; code: string }) => each.message !== each.code))
})

test('a change names the version that it is based on', async () => {
  const cookie = await signIn()
  const { json: customer } = await ask('POST /customers', { cookie, body: { values: { name: '北京晨光文具有限公司' } } })
  const change = (version: string, remark: string) => ask(`PATCH /customers/${customer.id}`, { cookie, headers: { 'if-match': version }, body: { values: { remark } } })
  assert.equal((await change('1', '甲')).json.version, 2)
  assert.equal((await change('"2"', '乙')).json.version, 3)
  const stale = await change('1', '丙')
  assert.equal(stale.status, 409)
  assert.equal(stale.json.error.code, 'record.conflict')
  assert.equal((await change('soon', '丁')).status, 400)
})

test('language, theme and what screens remember follow the person', async () => {
  const cookie = await signIn()
  const { json } = await ask('PATCH /session', { cookie, body: { lang: 'en', theme: 'dark', preferences: { 'sheet.customers': { widths: { name: 200 } } } } })
  assert.deepEqual([json.lang, json.theme, json.preferences['sheet.customers'].widths.name], ['en', 'dark', 200])
  assert.match((await ask('GET /nonsense', { cookie })).json.error.message, /no object/)
  const forgotten = await ask('PATCH /session', { cookie, body: { lang: 'zh-CN', preferences: { 'sheet.customers': null } } })
  assert.deepEqual(forgotten.json.preferences, {})
  assert.equal((await ask('PATCH /session', { cookie, body: { preferences: { lang: 'fr' } } })).status, 400)
})

test('a new password ends the other sessions of this person', async () => {
  const [here, there] = [await signIn(), await signIn()]
  const change = (current: string, next: string) => ask('POST /session/password', { cookie: here, body: { current, next } })
  assert.equal((await change('wrong-one-1', 'galaxy-2027')).json.error.fields[0].code, 'password.wrong')
  assert.equal((await change(boss.password, 'short')).json.error.fields[0].field, 'next')
  assert.equal((await change(boss.password, 'galaxy-2027')).status, 204)
  assert.equal((await ask('GET /session', { cookie: here })).status, 200)
  assert.equal((await ask('GET /session', { cookie: there })).status, 401)
  assert.ok(await signIn(boss.login, 'galaxy-2027'))
})
