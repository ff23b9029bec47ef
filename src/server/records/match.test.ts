import assert from 'node:assert/strict'
import test from 'node:test'
import type { Viewer } from '#server/access/viewer.ts'
import { system } from '#server/access/viewer.ts'
import { foundCompany } from '#server/demo/found.ts'
import { freshDatabase } from '#test/database.ts'
import { personOf, roles } from '#test/world.ts'
import { find, findAll, parsePage } from './find.ts'
import { candidatesOf, matchSql, walkSql } from './match.ts'
import { relation } from './relation.ts'
import { searchAll } from './search.ts'
import { objectOf } from '#server/catalog/catalog.ts'
import { raw, sql, type Sql } from '#server/db/sql.ts'

const db = await freshDatabase('match')
await foundCompany({ db, owner: db, lang: 'zh-CN' }, { customers: 4_000, seed: 5, day: '2026-06-30' }, () => {})
const customers = objectOf('customers')
const service: Viewer = { ...personOf('客服', '0185e639-6800-74bc-91af-de7227241c81', [roles.service]) }

test('frequent words are looked for along the list, and give the same pages as if all had been collected', async () => {
  for (const viewer of [system('test'), service]) {
    for (const q of ['科技', '有限', '138']) {
      const collected: string[] = []
      for await (const page of findAll(db, viewer, 'customers', { q })) collected.push(...page.map(record => record.id))
      const paged: string[] = []
      let cursor: string | null = null
      do {
        const page = parsePage(await find(db, viewer, 'customers', { q, limit: 100, ...(cursor ? { cursor } : {}) }))
        paged.push(...page.records.map(record => record.id))
        cursor = page.next
      } while (cursor)
      assert.deepEqual(paged, collected, `${q} as ${viewer.name}`)
    }
  }
})

test('the sheet, which jumps, finds the same rows at every place, and knows behind the end how many there are', async () => {
  for (const q of ['科技', '上海', '5678']) {
    const collected: string[] = []
    for await (const page of findAll(db, system('test'), 'customers', { q })) collected.push(...page.map(record => record.id))
    for (const offset of [0, 30, 200, collected.length - 20]) {
      const page = parsePage(await find(db, system('test'), 'customers', { q, limit: 50, offset: Math.max(0, offset) }))
      assert.deepEqual(page.records.map(record => record.id), collected.slice(Math.max(0, offset), Math.max(0, offset) + 50), `${q} from ${offset}`)
    }
    const behind = parsePage(await find(db, system('test'), 'customers', { q, limit: 50, offset: collected.length + 100 }))
    assert.deepEqual([behind.records.length, behind.total, behind.totalIsEstimate], [0, collected.length, false])
  }
})

test('the cheaper way is taken: along the list for frequent words, by the index for rare ones', async () => {
  const list = { from: relation(system('test'), customers), others: raw('true') }
  assert.notEqual(await walkSql(db, system('test'), customers, '有限', list), null)
  assert.equal(await walkSql(db, system('test'), customers, '龘', list), null)
  assert.match(matchSql(system('test'), customers, '龘').parts.join(''), /search_doc/)
})

test('words in between are collected from their candidates, and counted exactly', async () => {
  const candidates = await candidatesOf(db, system('test'), customers, '138')
  assert.ok((candidates?.get('customers')?.length ?? 0) > 0 && (candidates?.get('contacts')?.length ?? 0) > 0)
  const ids = async (where: Sql) => (await db.query<{ id: string }>(sql`select id from ${relation(service, customers)} visible where ${where} order by id`)).map(row => row.id)
  for (const q of ['138', '科技', 'keji', 'kj', '上海 科技']) {
    const own = await candidatesOf(db, service, customers, q)
    assert.ok(own)
    assert.deepEqual(await ids(matchSql(service, customers, q, own)), await ids(matchSql(service, customers, q)), q)
  }
  const page = parsePage(await find(db, system('test'), 'customers', { q: '上海', sort: '-level', limit: 1 }))
  const all = parsePage(await find(db, system('test'), 'customers', { q: '上海', total: 'exact', limit: 500 }))
  assert.deepEqual([page.total, page.totalIsEstimate], [all.total, false])
})

test('nothing is found through a mask along the list either', async () => {
  const { records } = parsePage(await find(db, service, 'customers', { q: '13', limit: 500 }))
  const seen = records.filter(record => !JSON.stringify({ ...record, id: null, owner: null, department: null, createdBy: null, updatedBy: null }).includes('13'))
  const throughContacts = new Set<string>()
  for await (const page of findAll(db, service, 'contacts', { q: '13' })) for (const contact of page) throughContacts.add((contact.customer as { id: string }).id)
  assert.deepEqual(seen.filter(record => !throughContacts.has(record.id)), [])
})

test('the box shows the very number and the names that begin with a frequent word before the others', async () => {
  const { hits } = await searchAll(db, system('test'), '上海')
  assert.equal(hits.length, 20)
  assert.ok(hits.every(hit => hit.object !== 'customers' || hit.title.startsWith('上海')), hits.map(hit => hit.title).join())
  const [first] = (await searchAll(db, system('test'), 'c042')).hits
  assert.equal(first?.number, 'C042')
})
