import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { sql } from '#server/db/sql.ts'
import { serve } from '../../../test/serve.ts'

const server = await serve('people')
const { ask, db } = server
const admin = await server.signIn()
after(server.close)

const password = 'xinghe-2027'
const hire = async (login: string, roles: string[]) => (await ask('POST /users', { cookie: admin, body: { login, name: login, roles, password } })).json.id as string
const enter = (login: string) => server.signIn(login, password)

test('a new member has a login, a department, roles, and an entry in the log', async () => {
  const { json: department } = await ask('POST /departments', { cookie: admin, body: { name: '华东销售部' } })
  const { status, json } = await ask('POST /users', { cookie: admin, body: { login: 'hanmeimei', name: '韩梅梅', phone: '138 0013 8001', department: department.id, roles: ['销售专员'] } })
  assert.equal(status, 201)
  assert.deepEqual([json.login, json.status, json.phone, json.department.label], ['hanmeimei', '在职', '13800138001', '华东销售部'])
  assert.ok(await server.signIn('hanmeimei', json.initialPassword), 'the first password, shown once')
  const { json: access } = await ask(`GET /users/${json.id}/access`, { cookie: admin })
  assert.deepEqual([access.roles[0].name, access.mustChangePassword], ['销售专员', true])
  assert.ok((await db.query(sql`select from audit where record_id = ${json.id} and action in ('create', 'user.roles')`)).length >= 2)
})

test('a login belongs to one person, and roles must exist', async () => {
  const create = (body: object) => ask('POST /users', { cookie: admin, body: { name: '某人', password, ...body } })
  assert.equal((await create({ login: 'HANMEIMEI' })).json.error.fields[0].code, 'people.taken')
  assert.equal((await create({ login: 'someone', roles: ['皇帝'] })).json.error.fields[0].code, 'people.noRole')
  assert.equal((await create({ login: 'someone', nickname: 'x' })).status, 400)
  assert.deepEqual((await ask('GET /users?q=某人', { cookie: admin })).json.records, [], 'a refused one leaves nothing behind')
})

test('members, roles and their access are not everybody’s business', async () => {
  const id = await hire('sales', ['销售专员'])
  const cookie = await enter('sales')
  for (const [what, body] of [['GET /roles'], ['POST /roles', { name: 'x' }], ['POST /users', { login: 'yy', name: 'y' }], [`PATCH /users/${id}`, { roles: ['系统管理员'] }], [`POST /users/${id}/disable`], [`GET /users/${id}/access`], ['GET /audit']] as [string, object?][]) {
    assert.deepEqual([(await ask(what, { cookie, body })).json.error.code], ['right.missing'], what)
  }
  assert.equal((await ask('POST /departments', { cookie, body: { name: '自立门户' } })).status, 403)
  assert.equal((await ask(`POST /users/bulk`, { cookie, body: { ids: [id], action: 'change', values: { title: '总裁' } } })).json.done ?? 0, 0)
})

test('who is disabled is out at once: session, key and sign-in', async () => {
  const id = await hire('leaver', ['销售专员'])
  const cookie = await enter('leaver')
  const { json: { key } } = await ask('POST /keys', { cookie, body: { name: '同步', scopes: ['read'] } })
  assert.equal((await ask('GET /customers', { key })).status, 200)

  const { json } = await ask(`POST /users/${id}/disable`, { cookie: admin })
  assert.equal(json.status, '已停用')
  assert.equal((await ask('GET /session', { cookie })).status, 401)
  assert.equal((await ask('GET /customers', { key })).status, 401)
  assert.equal(await enter('leaver'), undefined)

  await ask(`POST /users/${id}/enable`, { cookie: admin })
  assert.equal((await ask('GET /session', { cookie })).status, 401, 'old sessions stay ended')
  assert.ok(await enter('leaver'))
})

test('who is in the recycle bin is out, too', async () => {
  const id = await hire('gone', ['销售专员'])
  const cookie = await enter('gone')
  await db.query(sql`update users set deleted_at = now() where id = ${id}`)
  assert.equal((await ask('GET /session', { cookie })).status, 401)
})

test('roles count from the next request on', async () => {
  const id = await hire('riser', ['只读'])
  const cookie = await enter('riser')
  assert.equal((await ask('POST /customers', { cookie, body: { values: { name: '新客户' } } })).status, 403)
  await ask(`PATCH /users/${id}`, { cookie: admin, body: { roles: ['销售专员'] } })
  assert.equal((await ask('POST /customers', { cookie, body: { values: { name: '新客户' } } })).status, 201)
})

test('a reset password ends the sessions and is to be changed', async () => {
  const id = await hire('forgetful', ['只读'])
  const cookie = await enter('forgetful')
  assert.equal((await ask(`PATCH /users/${id}`, { cookie: admin, body: { password: 'xinghe-2028', title: '客服', login: 'forgetful2' } })).json.title, '客服')
  assert.equal((await ask('GET /session', { cookie })).status, 401)
  const again = await server.signIn('forgetful2', 'xinghe-2028')
  assert.equal((await ask('GET /session', { cookie: again })).json.mustChangePassword, true)
})

test('looking after people is no way to become administrator', async () => {
  const officer = await hire('officer', ['安全管理员'])
  const cookie = await enter('officer')
  const [{ id: boss } = { id: '' }] = await db.query<{ id: string }>(sql`select user_id as id from credentials where login = 'lilei'`)
  const cases: [string, object | undefined][] = [
    [`PATCH /users/${officer}`, { roles: ['系统管理员'] }], [`PATCH /users/${boss}`, { password: 'taken-over-1' }], [`POST /users/${boss}/disable`, undefined],
    ['POST /roles', { name: '更多', rights: ['settings'] }], ['POST /users', { login: 'puppet', name: '傀儡', roles: ['系统管理员'] }],
  ]
  for (const [what, body] of cases) assert.equal((await ask(what, { cookie, body })).json.error.code, 'people.moreRights', what)
})

test('somebody who can let others in always remains', async () => {
  const [{ id } = { id: '' }] = await db.query<{ id: string }>(sql`select user_id as id from credentials where login = 'lilei'`)
  const [{ officer } = { officer: '' }] = await db.query<{ officer: string }>(sql`select user_id as officer from credentials where login = 'officer'`)
  await ask(`POST /users/${officer}/disable`, { cookie: admin })
  assert.equal((await ask(`POST /users/${id}/disable`, { cookie: admin })).json.error.code, 'people.lastAdministrator')
  assert.equal((await ask(`PATCH /users/${id}`, { cookie: admin, body: { roles: ['只读'] } })).json.error.code, 'people.lastAdministrator')
  assert.equal((await ask('GET /session', { cookie: admin })).status, 200)
})

test('a new role begins empty, and is changed by its version', async () => {
  const { json: role } = await ask('POST /roles', { cookie: admin, body: { name: '外包', objects: { customers: { view: 'own' } } } })
  assert.deepEqual([role.version, role.fields, role.rights, role.members], [1, {}, [], 0])
  const change = (version: string) => ask(`PATCH /roles/${role.id}`, { cookie: admin, headers: { 'if-match': version }, body: { fields: { customers: { phone: 'masked' } } } })
  assert.deepEqual((await change('1')).json.objects, { customers: { view: 'own' } })
  assert.equal((await change('1')).status, 409)
  assert.equal((await ask('POST /roles', { cookie: admin, body: { name: '外包' } })).json.error.fields[0].code, 'people.taken')
  assert.equal((await ask('POST /roles', { cookie: admin, body: { name: '笔误', objects: { custmers: { view: 'all' } } } })).status, 404)
  assert.equal((await ask('POST /roles', { cookie: admin, body: { name: '笔误', fields: { customers: { fone: 'masked' } } } })).status, 400)
  assert.equal((await ask('POST /roles', { cookie: admin, body: { name: '笔误', objects: { customers: { view: 'everything' } } } })).status, 400)
})
