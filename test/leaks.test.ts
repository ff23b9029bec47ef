import assert from 'node:assert/strict'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, test } from 'node:test'
import { routes } from '#server/http/routes.ts'
import { startJobs } from '#server/jobs/worker.ts'
import { sql } from '#server/db/sql.ts'
import { catchUpSearch } from '#server/records/search-index.ts'
import { customer } from '#shared/objects/customer.ts'
import { contact } from '#shared/objects/contact.ts'
import type { Field } from '#shared/object.ts'
import { serve, type Asked } from './serve.ts'

/**
 * A forbidden customer is full of a secret word; every route of the site map is asked by every kind of viewer, with whatever a curious person would put in.
 * The word never comes back, and neither does a phone that is masked for them. A route that is added tomorrow is asked tomorrow.
 */
const secret = '天机不可泄露'
const phone = '13912345678'
/** The reason of a change of a hidden field: only the operation log tells it. */
const unsaid = '不便明说'
const server = await serve('leaks')
const { ask, db } = server
const jobs = await startJobs({ db, owner: db, config: { data: await mkdtemp(path.join(tmpdir(), 'kebu-leaks-')), lang: 'zh-CN', timeZone: 'Asia/Shanghai' } })
after(async () => {
  await jobs.stop()
  await server.close()
})

type Who = { cookie?: string | undefined; key?: string }
const boss: Who = { cookie: await server.signIn() }
const must = (answer: Asked, status = 201) => {
  assert.equal(answer.status, status, answer.text)
  return answer.json
}

const valueOf = (field: Field): unknown => {
  if (field.type === 'phone') return phone
  if (field.type === 'email') return 'tianji@secret.example'
  if (field.type === 'tags') return [secret]
  if (field.type === 'url') return `https://secret.example/${secret}`
  return ['text', 'longText', 'address', 'numberRule'].includes(field.type) && field.name !== 'creditCode' ? secret : undefined
}
const filled = (fields: Field[]) => Object.fromEntries(fields.filter(field => !field.computed).map(field => [field.name, valueOf(field)]).filter(([, value]) => value !== undefined))

const hidden = must(await ask('POST /customers', { ...boss, body: { values: filled(customer.fields) } }))
const person = must(await ask('POST /contacts', { ...boss, body: { values: { ...filled(contact.fields), customer: hidden.id } } }))
must(await ask(`PATCH /customers/${hidden.id}`, { ...boss, body: { values: { needs: `${secret}二` }, reason: unsaid }, headers: { 'if-match': '1' } }), 200)
const bin = must(await ask('POST /customers', { ...boss, body: { values: { name: `${secret}三` } } }))
must(await ask(`DELETE /customers/${bin.id}`, boss), 200)
// An object that this company made, whose records point to the forbidden customer and to one another, and one without owners.
must(await ask('POST /objects', { ...boss, body: { label: '设备', name: 'machines' } }))
must(await ask('POST /objects', { ...boss, body: { label: '库房', name: 'stores', owned: false } }))
for (const body of [{ label: '所属客户', type: 'reference', target: 'customers', name: 'customer' }, { label: '库房', type: 'reference', target: 'stores', name: 'store' }, { label: '报修电话', type: 'phone', name: 'phone' }]) must(await ask('POST /objects/machines/fields', { ...boss, body }))
must(await ask('POST /objects/customers/fields', { ...boss, body: { label: '主要设备', type: 'reference', target: 'machines', name: 'mainMachine' } }))
const store = must(await ask('POST /stores', { ...boss, body: { values: { name: `${secret}四` } } }))
const machine = must(await ask('POST /machines', { ...boss, body: { values: { name: secret, remark: secret, phone, customer: hidden.id, store: store.id } } }))
must(await ask(`PATCH /machines/${machine.id}`, { ...boss, body: { values: { remark: `${secret}五` }, reason: unsaid }, headers: { 'if-match': '1' } }), 200)
for (const value of [null, store.id]) must(await ask(`PATCH /machines/${machine.id}`, { ...boss, body: { values: { store: value } } }), 200)
const scrap = must(await ask('POST /machines', { ...boss, body: { values: { name: `${secret}六` } } }))
must(await ask(`DELETE /machines/${scrap.id}`, boss), 200)
must(await ask(`PATCH /customers/${hidden.id}`, { ...boss, body: { values: { mainMachine: machine.id } } }), 200)
const exported = must(await ask('POST /exports', { ...boss, body: { object: 'customers', format: 'csv' } }), 202)
const history = must(await ask(`GET /customers/${hidden.id}/history`, boss), 200)
const told = must(await ask(`GET /machines/${machine.id}/history`, boss), 200)
await catchUpSearch(db)

const departmentId = (await db.query<{ id: string }>(sql`select id from departments limit 1`))[0]?.id ?? ''
async function roleOf(name: string, customers: object, fields: object = {}, rights: string[] = []): Promise<string> {
  return must(await ask('POST /roles', { ...boss, body: { name, objects: { customers, contacts: customers, machines: customers, users: { view: 'all' }, departments: { view: 'all' } }, fields, rights } })).id
}
async function member(login: string, roleId: string): Promise<Who & { id: string }> {
  const made = must(await ask('POST /users', { ...boss, body: { login, name: login, password: 'xinghe-2026!', department: departmentId, roles: [roleId] } }))
  return { id: made.id, cookie: await server.signIn(login, 'xinghe-2026!') }
}

/** The boss keeps to himself what he looks for. */
const view = must(await ask('POST /objects/customers/views', { ...boss, body: { name: `${secret}视图`, settings: { q: secret, filter: { field: 'phone', op: 'eq', value: phone } } } }))

const everything = { view: 'own', edit: 'own', delete: 'own', export: 'own', transfer: 'own', create: true, import: true }
const masks = { customers: Object.fromEntries(customer.fields.filter(field => valueOf(field) !== undefined).map(field => [field.name, ['name', 'phone'].includes(field.name) ? 'masked' : 'hidden'])), contacts: Object.fromEntries(contact.fields.filter(field => valueOf(field) !== undefined).map(field => [field.name, 'masked'])), machines: { name: 'masked', remark: 'hidden', phone: 'masked', number: 'hidden' } }
const seller = await member('seller', await roleOf('别处的销售', everything))
const service = await member('service', await roleOf('脱敏的客服', { ...everything, view: 'all', export: 'all' }, masks))
const auditor = await member('auditor', await roleOf('审计', {}, {}, ['audit']))
const leaver = await member('leaver', await roleOf('离职的经理', { ...everything, view: 'all' }))
const key = must(await ask('POST /keys', { cookie: seller.cookie, body: { name: '程序', scopes: ['read'] } }))
must(await ask(`POST /users/${leaver.id}/disable`, { ...boss, body: {} }), 200)

const viewers: Record<string, Who> = { nobody: {}, seller, program: { key: key.key ?? key.token }, service, auditor, leaver }

/** What the holes of a path are filled with, and questions that a curious person would ask. */
const places = [
  { object: 'customers', id: hidden.id, entry: history.entries[0].id }, { object: 'customers', id: bin.id, entry: crypto.randomUUID() },
  { object: 'contacts', id: person.id, entry: crypto.randomUUID() }, { object: 'customers', id: view.id, entry: crypto.randomUUID() }, { object: 'users', id: exported.id, entry: crypto.randomUUID() },
  { object: 'machines', id: machine.id, entry: told.entries[0].id }, { object: 'stores', id: store.id, entry: crypto.randomUUID() },
]
const curious = [
  {}, { q: secret.slice(0, 2) }, { q: '5678' }, { q: phone }, { q: 'tjbkxl' }, { filter: { field: 'needs', op: 'contains', value: '天机' } }, { filter: { field: 'phone', op: 'contains', value: '1234' } },
  { sort: 'needs' }, { fields: ['needs'] }, { deleted: true }, { filter: { field: 'machines', op: 'has', value: { field: 'name', op: 'contains', value: '天' } } }, { filter: { field: 'customer', op: 'eq', value: { id: hidden.id } } }, { filter: { field: 'contacts', op: 'has', value: { field: 'name', op: 'contains', value: '天' } } },
]
const bodies: Record<string, object[]> = {
  'POST /:object/query': curious,
  'POST /:object/aggregate': [{ group: ['name'], measures: [{ op: 'count', as: 'n' }] }, { group: ['tags'], measures: [{ op: 'count', as: 'n' }] }, { measures: [{ op: 'max', field: 'phone', as: 'n' }] }],
  'POST /:object/bulk': [{ ids: [hidden.id, person.id], action: 'change', values: { remark: '看看' } }, { filter: { field: 'name', op: 'notEmpty' }, action: 'restore' }],
  'POST /:object/find': [{ find: secret.slice(0, 2) }, { find: '5678', after: hidden.id }, { find: '天机', sort: 'needs' }],
  'POST /:object/batch': [{ change: [{ id: hidden.id, values: { remark: '看看' } }], remove: [person.id], create: [{ id: hidden.id, values: { name: '撞号', customer: hidden.id } }] }],
  'POST /:object/range': [{ from: 0, to: 9, q: '天机', rows: [{ remark: '看看' }] }, { from: 0, to: 0, sort: 'needs', rows: [{ remark: '看看' }] }],
  'POST /:object': [{ id: hidden.id, values: { name: '撞号', customer: hidden.id } }, { values: { name: '同号', number: secret, customer: hidden.id } }],
  'PATCH /:object/:id': [{ values: { name: '改名', remark: '改' } }],
  'PATCH /objects/:object/views/:id': [{ name: '改名' }, { audience: 'everyone' }, { pinned: true }],
  'POST /objects/:object/views/:id/default': [{ roles: [] }],
  'POST /objects/:object/views': [{ id: view.id, name: '撞号', settings: {} }, { name: '同名', settings: {} }],
  'POST /exports': [{ object: 'customers', format: 'csv' }, { object: 'contacts', format: 'csv', q: '天机' }, { object: 'machines', format: 'csv' }],
}
const queries = ['', `?q=${encodeURIComponent(secret)}`, `?filter=${encodeURIComponent(JSON.stringify({ field: 'name', op: 'contains', value: '天' }))}`, '?sort=-needs', `?record=${hidden.id}`]

const pathsOf = (path: string) => [...new Set(places.map(place => path.replace(/:(object|id|entry)/g, (_, hole: keyof typeof place) => place[hole])))]

/** The questions themselves hold the word sometimes; an answer may repeat a question, never tell more. */
const withoutEcho = (text: string, asked: string) => (asked.includes(secret) ? text.replaceAll(secret, '') : text)

for (const [name, who] of Object.entries(viewers)) {
  test(`no route tells ${name} the secret word, nor a phone behind a mask`, async () => {
    for (const { endpoint: { method, path, policy } } of routes) {
      if (`${method} ${path}` === 'DELETE /session' || policy === 'public') continue
      for (const full of pathsOf(path)) {
        const questions = method === 'GET' ? queries.map(query => ({ path: full + query })) : (bodies[`${method} ${path}`] ?? [{}]).map(body => ({ path: full, body }))
        for (const question of questions) {
          const answer = await ask(`${method} ${question.path}`, { ...who, body: 'body' in question ? question.body : undefined })
          const asked = decodeURIComponent(question.path) + JSON.stringify('body' in question ? question.body : '')
          const text = withoutEcho(answer.text, asked)
          assert.ok(!text.includes(secret) && !text.includes('天机'), `${method} ${question.path} as ${name}: ${answer.text.slice(0, 300)}`)
          assert.ok(name === 'auditor' || !answer.text.includes(unsaid), `${method} ${question.path} as ${name} tells a reason`)
          assert.ok(!answer.text.includes(phone) || asked.includes(phone), `${method} ${question.path} as ${name} shows the phone`)
          assert.ok(answer.status < 500, `${method} ${question.path} as ${name}: ${answer.status} ${answer.text}`)
        }
      }
    }
  })
}

test('a record that one may not see answers byte for byte like one that does not exist', async () => {
  for (const what of ['GET /customers/ID', 'PATCH /customers/ID', 'DELETE /customers/ID', 'POST /customers/ID/restore', 'GET /customers/ID/history']) {
    const body = what.startsWith('PATCH') ? { values: { name: '改名' } } : what.startsWith('POST') ? {} : undefined
    const unseen = await ask(what.replace('ID', hidden.id), { ...seller, body })
    const absent = await ask(what.replace('ID', crypto.randomUUID()), { ...seller, body })
    assert.equal(unseen.status, 404, what)
    assert.equal(unseen.text, absent.text, what)
  }
})

test('the export of one person is not there for another', async () => {
  for (const who of [seller, service, auditor]) {
    const answer = await ask(`GET /exports/${exported.id}/file`, who)
    assert.equal(answer.status, 404, answer.text)
  }
})
