import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { sql } from '#server/db/sql.ts'
import { serve } from '../serve.ts'

const server = await serve('attacks')
const { ask, db } = server
after(server.close)
const cookie = await server.signIn()
const post = (path: string, body: unknown) => ask(`POST ${path}`, { cookie, body })
await post('/customers', { values: { name: '北京示例科技有限公司', phone: '13800138000', needs: '100%_满意' } })

const injections = ["'", "''", "' or '1'='1", "'; drop table customers; --", '$1', '${1}', '\\', '\\\\', '%', '_', '"', '`', 'a\u0000b', '\ud800', '/*', '{"$gt":""}', "x') union select password from credentials --", 'ｏｒ１＝１', '𠮷'.repeat(50)]

test('texts that look like SQL are only texts, wherever they stand', async () => {
  for (const text of injections) {
    const asked = [
      await post('/customers/query', { filter: { field: 'name', op: 'contains', value: text } }), await post('/customers/query', { filter: { field: 'needs', op: 'contains', value: text } }),
      await post('/customers/query', { filter: { field: 'tags', op: 'in', value: [text] } }), await post('/customers/query', { q: text }),
      await ask(`GET /search?q=${encodeURIComponent(text.toWellFormed())}`, { cookie }),
    ]
    for (const answer of asked) assert.ok(answer.status === 200 || answer.status === 400, `${JSON.stringify(text)}: ${answer.status} ${answer.text}`)
    const named = [
      await post('/customers/query', { filter: { field: text, op: 'eq', value: '1' } }), await post('/customers/query', { sort: text }), await post('/customers/query', { fields: [text] }),
      await post('/customers/aggregate', { measures: [{ op: 'count', as: text }] }), await post('/customers/aggregate', { group: [text], measures: [{ op: 'count', as: 'n' }] }),
      await post('/customers', { values: { name: '甲', [text]: '1' } }), await ask(`GET /${encodeURIComponent(text.toWellFormed())}`, { cookie }), await ask(`GET /customers/${encodeURIComponent(text.toWellFormed())}`, { cookie }),
    ]
    for (const answer of named) assert.ok([400, 404].includes(answer.status) || (answer.status === 200 && /^['"\s,]*$|^\W+$|^_$/.test(text)), `${JSON.stringify(text)}: ${answer.status} ${answer.text.slice(0, 200)}`)
  }
  const [left] = await db.query<{ n: number }>(sql`select count(*)::int as n from customers`)
  assert.ok((left?.n ?? 0) >= 1)
})

test('percent and underscore are letters, not wildcards', async () => {
  for (const [text, found] of [['100%', 1], ['%_满', 1], ['1%0', 0], ['_', 1], ['10__', 0]] as const) {
    assert.equal((await post('/customers/query', { filter: { field: 'needs', op: 'contains', value: text } })).json.records.length, found, text)
  }
})

test('a filter that is too deep, too wide or no filter is refused before it is compiled', async () => {
  let deep: object = { field: 'name', op: 'notEmpty' }
  for (let i = 0; i < 200; i++) deep = { not: deep }
  const strange = [deep, { and: Array.from({ length: 60 }, () => ({ field: 'name', op: 'notEmpty' })) }, [], { and: 'x' }, { or: [null] }, { field: 'name' }, { field: 'name', op: 'constructor' }, { field: '__proto__', op: 'eq', value: 1 }, { and: [], drop: 1 }, { field: 'level', op: 'in', value: '重点客户' }, { field: 'totalAmount', op: 'between', value: ['1'] }]
  for (const filter of strange) {
    const answer = await post('/customers/query', { filter })
    assert.equal(answer.status, 400, `${JSON.stringify(filter).slice(0, 80)}: ${answer.status} ${answer.text.slice(0, 200)}`)
  }
})

test('keys that poison prototypes are unknown names', async () => {
  for (const body of ['{"values":{"name":"甲","__proto__":{"isAdmin":true}}}', '{"values":{"name":"甲","constructor":{"prototype":{"isAdmin":true}}}}', '{"__proto__":{"values":{}}}']) {
    const answer = await ask('POST /customers', { cookie, body })
    assert.ok([400, 422].includes(answer.status), `${answer.status} ${answer.text}`)
  }
  assert.equal(Object.hasOwn(Object.prototype, 'isAdmin'), false)
})

test('a cursor that was touched, borrowed or invented leads nowhere', async () => {
  for (let i = 0; i < 3; i++) await post('/customers', { values: { name: `客户${i}` } })
  const { next } = (await post('/customers/query', { limit: 1 })).json
  const [body, mark] = String(next).split('.')
  for (const cursor of ['x', '.', `${body}.`, `A${body}.${mark}`, `${Buffer.from('["2020-01-01","x"]').toString('base64url')}.${mark}`, `${body}.${mark}${mark}`]) {
    assert.equal((await post('/customers/query', { limit: 1, cursor })).status, 400, cursor)
  }
  assert.equal((await post('/customers/query', { limit: 1, cursor: next, sort: 'name,level' })).status, 400, 'of another order')
})

test('numbers that are no numbers and pages that are too long are refused', async () => {
  for (const query of [{ limit: 0 }, { limit: 501 }, { limit: -1 }, { limit: 1.5 }, { limit: '1; drop' }, { offset: -1 }, { total: 'all' }, { unknown: 1 }]) assert.equal((await post('/customers/query', query)).status, 400, JSON.stringify(query))
  for (const query of ['limit=NaN', 'limit=1e9', 'offset=-1', 'filter={', 'filter=[]', 'nonsense=1']) assert.equal((await ask(`GET /customers?${query}`, { cookie })).status, 400, query)
})

test('a body that is too large, broken or of another kind is refused', async () => {
  assert.equal((await post('/customers', { values: { name: '甲', remark: 'x'.repeat(12_000_000) } })).status, 413)
  assert.equal((await ask('POST /customers', { cookie, body: '{"values":' })).status, 400)
  assert.equal((await ask('POST /customers', { cookie, body: '{}', headers: { 'content-type': 'text/xml' } })).status, 415)
})

test('another site cannot act with the cookie of a signed-in browser', async () => {
  for (const headers of [{ origin: 'https://evil.example' }, { 'sec-fetch-site': 'cross-site' }] as Record<string, string>[]) {
    assert.equal((await ask('POST /customers', { cookie, body: { values: { name: '乙' } }, headers })).status, 403)
  }
})

test('what a client names cannot leave the folder of the web client, nor break a header', async () => {
  for (const path of ['//../package.json', '//..%2f..%2fpackage.json', '//assets/..%2f..%2f..%2fetc%2fpasswd', '//%2e%2e/%2e%2e/etc/passwd', '//assets/%00']) {
    const answer = await ask(`GET ${path}`)
    assert.ok(!answer.text.includes('"dependencies"') && !answer.text.includes('root:'), path)
  }
  const answer = await ask(`GET /customers/${encodeURIComponent('x\r\nset-cookie: a=b')}`, { cookie })
  assert.ok(!(answer.headers.get('set-cookie') ?? '').includes('a=b'))
})

test('texts of any language are kept to the letter, and a NUL never reaches the database', async () => {
  for (const needs of ['𠮷野家 䶮', '👩‍👩‍👧 emoji', 'עברית ابجد', 'x'.repeat(32767), '第一行\n第二行']) {
    const saved = await post('/customers', { values: { name: '丙', needs } })
    assert.equal(saved.json.needs, needs)
  }
  const answer = await post('/customers', { values: { name: 'a\u0000b' } })
  assert.ok(answer.status === 201 || answer.status === 422, answer.text)
  assert.equal((await post('/customers', { values: { name: '丁', needs: 'x'.repeat(32768) } })).status, 422)
})
