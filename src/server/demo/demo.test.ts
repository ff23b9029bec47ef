import assert from 'node:assert/strict'
import test from 'node:test'
import { system } from '#server/access/viewer.ts'
import { objectOf } from '#server/catalog/catalog.ts'
import { sql } from '#server/db/sql.ts'
import { create } from '#server/records/create.ts'
import { find, findAll, parsePage } from '#server/records/find.ts'
import { history } from '#server/records/history.ts'
import { regionOfPhone } from '#shared/fields/area-codes.ts'
import { parseField } from '#shared/fields/all.ts'
import { isRefused } from '#shared/fields/field.ts'
import { freshDatabase } from '#test/database.ts'
import { companyOf } from './company.ts'
import { contactsAt } from './contacts.ts'
import { customerAt } from './customers.ts'
import { foundCompany } from './found.ts'

const viewer = system('test')
const wanted = { customers: 600, seed: 7, day: '2026-06-30' }

test('the demo company is one that the product itself would have accepted', async () => {
  const db = await freshDatabase('demo')
  const made = await foundCompany({ db, owner: db, lang: 'zh-CN' }, wanted, () => {})

  for (const name of ['customers', 'contacts', 'users', 'departments']) {
    for await (const page of findAll(db, viewer, name, {})) for (const record of page) assertValid(name, record)
  }
  const page = parsePage(await find(db, viewer, 'customers', { total: 'exact', limit: 1 }))
  assert.equal(page.total, wanted.customers)
  assert.equal(page.records[0]?.number, 'C600', 'the newest has the highest number')
  assert.equal(made.logins.length, 9)
  assert.ok(made.contacts > 600 && made.contacts < 950)
  const { entries } = await history(db, viewer, 'customers', page.records[0]?.id ?? '')
  assert.deepEqual(entries.map(entry => entry.action), ['create'])
})

test('it is found like anything else, and numbers go on behind it', async () => {
  const db = await freshDatabase('demofound')
  await foundCompany({ db, owner: db, lang: 'zh-CN' }, { ...wanted, customers: 60 }, () => {})
  const first = parsePage(await find(db, viewer, 'customers', { limit: 1, sort: 'number' })).records[0]
  const found = parsePage(await find(db, viewer, 'customers', { q: String(first?.name).slice(2, 5) }))
  assert.ok(found.records.some(record => record.id === first?.id))

  assert.equal((await create(db, viewer, 'customers', { values: { name: '新客户' } })).number, 'C061')
  const [indexes] = await db.query<{ n: number }>(sql`select count(*)::int as n from pg_index where indrelid = 'search_doc_customers'::regclass and indisvalid`)
  assert.equal(indexes?.n, 2)
})

test('the same seed and day make the same company, another seed another', () => {
  const plan = { seed: 7, customers: 100, today: Date.parse('2026-06-30'), rootId: '0185e639-6800-74bc-91af-de7227241c81' }
  const made = (seed: number) => {
    const company = companyOf({ ...plan, seed })
    const customer = customerAt({ ...plan, seed }, company, 42)
    return JSON.stringify([company.people, customer, contactsAt({ ...plan, seed }, customer, 42)])
  }
  assert.equal(made(7), made(7))
  assert.notEqual(made(7), made(8))
})

test('landlines lie where their area code says', () => {
  const plan = { seed: 3, customers: 500, today: Date.parse('2026-06-30'), rootId: '0185e639-6800-74bc-91af-de7227241c81' }
  const company = companyOf(plan)
  for (let n = 0; n < 500; n++) {
    const { phone, region } = customerAt(plan, company, n).values
    const at = regionOfPhone(String(phone))
    if (at) assert.ok(String(region).startsWith(at), `${String(phone)} in ${String(region)}`)
  }
})

test('a database with customers is left as it is', async () => {
  const db = await freshDatabase('demofull')
  await create(db, viewer, 'customers', { values: { name: '真正的客户' } })
  await assert.rejects(foundCompany({ db, owner: db, lang: 'zh-CN' }, { ...wanted, customers: 10 }, () => {}), { code: 'demo.notEmpty' })
})

/** Every value comes back unchanged from the field that it stands in. */
function assertValid(name: string, record: Record<string, unknown>) {
  for (const field of objectOf(name).fields) {
    const value = record[field.name]
    if (value === null || field.computed || ['person', 'department', 'reference'].includes(field.type)) continue
    const parsed = parseField(field, value, { today: wanted.day, timeZone: 'Asia/Shanghai' })
    assert.ok(!isRefused(parsed), `${name}.${field.name} ${JSON.stringify(value)}`)
    assert.deepEqual(parsed.value, value, `${name}.${field.name}`)
  }
}
