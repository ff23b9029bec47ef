import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from '#server/db/sql.ts'
import { smallWorld } from '#test/world.ts'
import { change } from './change.ts'
import { create } from './create.ts'
import { aggregate, find, parsePage } from './find.ts'
import { get } from './get.ts'
import { history } from './history.ts'
import { remove, restore } from './remove.ts'
import { undoBatch, undoChange } from './undo.ts'
import { bulk } from './bulk.ts'

const list = async (db: Parameters<typeof find>[0], viewer: Parameters<typeof find>[1], query: Parameters<typeof find>[3] = {}) => parsePage(await find(db, viewer, 'customers', query))

test('a salesperson sees own customers only, a leader those of the department, the boss all', async () => {
  const { db, lilei, hanmeimei, boss, newcomer } = await smallWorld()
  assert.deepEqual((await list(db, lilei)).records.map(record => record.number), ['C002', 'C001'])
  assert.equal((await list(db, hanmeimei)).total, 3)
  assert.equal((await list(db, boss)).total, 4)
  assert.equal((await list(db, newcomer)).total, 0)
})

test('a customer that one may not see is not found, byte for byte like one that does not exist', async () => {
  const { db, lilei, customers } = await smallWorld()
  const unseen = await get(db, lilei, 'customers', customers.C4.id).catch((error: Error) => error)
  const absent = await get(db, lilei, 'customers', '01890000-0000-7000-8000-000000000000').catch((error: Error) => error)
  assert.deepEqual(JSON.stringify(unseen), JSON.stringify(absent))
  await assert.rejects(change(db, lilei, 'customers', customers.C4.id, { values: { name: '我的' } }), { code: 'record.notFound' })
  await assert.rejects(remove(db, lilei, 'customers', customers.C1.id), { code: 'record.forbidden' })
})

test('service sees phones masked and amounts not at all, in lists, filters, sorts, sums and the timeline', async () => {
  const { db, laowang, boss, customers } = await smallWorld()
  const seen = await get(db, laowang, 'customers', customers.C1.id)
  assert.equal(seen.phone, '138****8000')
  assert.ok(!('totalAmount' in seen))
  await assert.rejects(list(db, laowang, { sort: 'totalAmount' }), { code: 'name.unknown' })
  await assert.rejects(list(db, laowang, { filter: { field: 'totalAmount', op: 'gt', value: '1' } }), { code: 'name.unknown' })
  await assert.rejects(aggregate(db, laowang, 'customers', { measures: [{ op: 'sum', field: 'totalAmount', as: 'sum' }] }), { code: 'name.unknown' })
  assert.equal((await list(db, laowang, { filter: { field: 'phone', op: 'contains', value: '00138' } })).total, 0)
  assert.equal((await list(db, boss, { filter: { field: 'phone', op: 'contains', value: '00138' } })).total, 1)
  const { entries } = await history(db, laowang, 'customers', customers.C1.id)
  const changes = entries[0]?.changes ?? []
  assert.equal(changes.find(each => each.field === 'phone')?.after, '138****8000')
  assert.ok(!changes.some(each => each.field === 'totalAmount'))
})

test('search finds by middle characters, pinyin, last four digits and several words, and never through a mask', async () => {
  const { db, boss, laowang, hanmeimei } = await smallWorld()
  const names = async (viewer: typeof boss, q: string) => (await list(db, viewer, { q })).records.map(record => record.name)
  assert.deepEqual(await names(boss, '样本'), ['上海样本制造有限公司'])
  assert.deepEqual(await names(boss, '滨'), ['天津滨海物流有限公司'])
  assert.deepEqual(await names(boss, 'bjsl'), ['北京示例科技有限公司'])
  assert.deepEqual(await names(boss, 'chongqing'), ['重庆长江贸易有限公司'])
  assert.deepEqual(await names(boss, '8000'), ['北京示例科技有限公司'])
  assert.deepEqual(await names(boss, '北京 管理系统'), ['北京示例科技有限公司'])
  assert.deepEqual(await names(boss, 'c003'), ['重庆长江贸易有限公司'])
  assert.deepEqual(await names(laowang, '8000'), [])
  assert.deepEqual(await names(hanmeimei, '天津'), [])
  assert.deepEqual(await names(boss, '%'), [])
})

test('pages go on where they ended, with empty values last in both directions', async () => {
  const { db, boss } = await smallWorld()
  for (const sort of ['totalAmount', '-totalAmount', 'name', '-name', 'level,-createdAt', '-level', 'owner']) {
    const whole = (await list(db, boss, { sort })).records.map(record => record.number)
    const paged: unknown[] = []
    let cursor: string | null | undefined
    do {
      const page = await list(db, boss, { sort, limit: 1, ...(cursor ? { cursor } : {}) })
      paged.push(...page.records.map(record => record.number))
      cursor = page.next
    } while (cursor)
    assert.deepEqual(paged, whole, sort)
    const jumped = await Promise.all([0, 1, 2, 3].map(async offset => (await list(db, boss, { sort, limit: 1, offset })).records[0]?.number))
    assert.deepEqual(jumped, whole, sort)
    const pairs = await Promise.all([0, 1, 2, 3, 4].map(async offset => (await list(db, boss, { sort, limit: 2, offset })).records.map(record => record.number)))
    assert.deepEqual(pairs, [0, 1, 2, 3, 4].map(offset => whole.slice(offset, offset + 2)), sort)
  }
  const amounts = (await list(db, boss, { sort: '-totalAmount' })).records.map(record => record.totalAmount)
  assert.deepEqual(amounts, ['500000.00', '120000.00', '80000.50', null])
})

test('all refusals come at once, and nothing half is left', async () => {
  const { db, lilei } = await smallWorld()
  await assert.rejects(create(db, lilei, 'customers', { values: { name: '', phone: '1385678', level: '超级客户', email: 'a@b' } }), (error: { code: string; fields: { field: string }[] }) => {
    assert.equal(error.code, 'record.invalid')
    assert.deepEqual(error.fields.map(finding => finding.field).sort(), ['email', 'level', 'name', 'phone'])
    return true
  })
  await assert.rejects(create(db, lilei, 'customers', { values: { name: '甲', colour: 'red' } }), { code: 'name.unknown' })
  assert.equal((await list(db, lilei)).total, 2)
})

test('numbers are given at acceptance, one by one under fifty saves at once, and a gap is never left by a refusal', async () => {
  const { db, lilei, boss } = await smallWorld()
  const refused = create(db, lilei, 'customers', { values: { name: '' } }).catch(() => null)
  const saved = await Promise.all(Array.from({ length: 50 }, (_, i) => db.transaction(tx => create(tx, lilei, 'customers', { values: { name: `并发${i}` } }))))
  await refused
  const numbers = saved.map(record => String(record.number)).sort()
  assert.deepEqual(numbers, Array.from({ length: 50 }, (_, i) => `C${String(i + 5).padStart(3, '0')}`))
  await create(db, lilei, 'customers', { values: { name: '手工编号', number: 'C100' } })
  assert.equal((await create(db, lilei, 'customers', { values: { name: '接着' } })).number, 'C101')
  await assert.rejects(create(db, lilei, 'customers', { values: { name: '重复', number: 'C100' } }), { code: 'record.invalid' })
  const gone = await create(db, boss, 'customers', { values: { name: '将删除', number: 'X-1' } })
  await remove(db, boss, 'customers', gone.id)
  await assert.rejects(create(db, boss, 'customers', { values: { name: '重用', number: 'X-1' } }), { code: 'record.invalid' })
})

test('a stale version is refused with both values', async () => {
  const { db, lilei, hanmeimei, customers } = await smallWorld()
  await change(db, hanmeimei, 'customers', customers.C1.id, { values: { level: 'VIP客户' }, version: 1 })
  await assert.rejects(change(db, lilei, 'customers', customers.C1.id, { values: { level: '普通客户' }, version: 1 }), (error: { code: string; details: { fields: unknown } }) => {
    assert.equal(error.code, 'record.conflict')
    assert.deepEqual(error.details.fields, [{ field: 'level', mine: '普通客户', theirs: 'VIP客户' }])
    return true
  })
})

test('a new phone asks for a reason, and the old one stays in the timeline', async () => {
  const { db, lilei, customers } = await smallWorld()
  await assert.rejects(change(db, lilei, 'customers', customers.C1.id, { values: { phone: '13600136000' } }), { code: 'record.invalid' })
  const changed = await change(db, lilei, 'customers', customers.C1.id, { values: { phone: '136 0013 6000' }, reason: '客户更换手机号' })
  assert.equal(changed.version, 2)
  const { entries } = await history(db, lilei, 'customers', customers.C1.id)
  assert.deepEqual(entries[0]?.changes, [{ field: 'phone', before: '13800138000', after: '13600136000' }])
  assert.equal(entries[0]?.reason, '客户更换手机号')
  const undone = await undoChange(db, lilei, 'customers', customers.C1.id, entries[0]?.id ?? '')
  assert.equal(undone.phone, '13800138000')
})

test('what stays the same makes no entry and no new version', async () => {
  const { db, lilei, customers } = await smallWorld()
  const same = await change(db, lilei, 'customers', customers.C1.id, { values: { totalAmount: '50万', name: ' 北京示例科技有限公司 ' } })
  assert.equal(same.version, 1)
  assert.equal((await history(db, lilei, 'customers', customers.C1.id)).entries.length, 1)
})

test('a masked phone written back changes nothing', async () => {
  const { db, laowang, boss, customers } = await smallWorld()
  const editor = { ...laowang, roles: laowang.roles.map(role => ({ ...role, objects: { ...role.objects, customers: { view: 'all' as const, edit: 'all' as const } } })) }
  await change(db, editor, 'customers', customers.C1.id, { values: { phone: '138****8000', wechat: 'example' } })
  assert.equal((await get(db, boss, 'customers', customers.C1.id)).phone, '13800138000')
  await assert.rejects(change(db, editor, 'customers', customers.C1.id, { values: { phone: '13900000000' } }), { code: 'record.invalid' })
})

test('a deleted customer waits in the recycle bin and comes back whole', async () => {
  const { db, boss, customers } = await smallWorld()
  await remove(db, boss, 'customers', customers.C1.id)
  assert.equal((await list(db, boss)).total, 3)
  assert.deepEqual((await list(db, boss, { deleted: true })).records.map(record => record.number), ['C001'])
  await restore(db, boss, 'customers', customers.C1.id)
  assert.equal((await list(db, boss)).total, 4)
})

test('a bulk edit is one batch and is undone as one, leaving alone what others changed since', async () => {
  const { db, boss, hanmeimei, customers } = await smallWorld()
  const done = await bulk(db, boss, 'customers', { filter: { field: 'name', op: 'notEmpty' }, action: 'change', values: { status: '合作中' } })
  assert.equal(done.done, 4)
  await change(db, hanmeimei, 'customers', customers.C1.id, { values: { status: '暂停合作' } })
  assert.deepEqual(await undoBatch(db, boss, done.batchId), { done: 3, kept: 1 })
  assert.equal((await get(db, boss, 'customers', customers.C1.id)).status, '暂停合作')
  assert.equal((await get(db, boss, 'customers', customers.C2.id)).status, null)
  await assert.rejects(undoBatch(db, boss, done.batchId), { code: 'undo.already' })
})

test('a contact belongs to whoever the customer belongs to, also after the customer changes hands', async () => {
  const { db, lilei, xiaoming, hanmeimei, customers } = await smallWorld()
  const contact = await create(db, lilei, 'contacts', { values: { name: '张三', customer: { id: customers.C1.id } } })
  await assert.rejects(get(db, xiaoming, 'contacts', contact.id), { code: 'record.notFound' })
  await assert.rejects(create(db, xiaoming, 'contacts', { values: { name: '偷看', customer: customers.C1.id } }), { code: 'record.invalid' })
  await change(db, hanmeimei, 'customers', customers.C1.id, { values: { owner: xiaoming.id } })
  assert.equal((await get(db, xiaoming, 'contacts', contact.id)).name, '张三')
  await assert.rejects(get(db, lilei, 'contacts', contact.id), { code: 'record.notFound' })
  assert.deepEqual((await list(db, xiaoming, { q: '张三' })).records.map(record => record.number), ['C001'])
})

test('groups and sums see the words of the company', async () => {
  const { db, boss } = await smallWorld()
  const { rows } = await aggregate(db, boss, 'customers', { group: ['level'], measures: [{ op: 'count', as: 'n' }, { op: 'sum', field: 'totalAmount', as: 'sum' }] })
  assert.deepEqual(rows, [{ level: '普通客户', n: 1, sum: '80000.50' }, { level: '重点客户', n: 2, sum: '620000.00' }, { level: null, n: 1, sum: null }])
})

test('conditions on related records, relative dates and nesting', async () => {
  const { db, boss, lilei, customers } = await smallWorld()
  await create(db, lilei, 'contacts', { values: { name: '张三', role: '决策人', customer: customers.C1.id } })
  const numbers = async (filter: NonNullable<Parameters<typeof find>[3]['filter']>) => (await list(db, boss, { filter, sort: 'number' })).records.map(record => record.number)
  assert.deepEqual(await numbers({ field: 'contacts', op: 'has', value: { field: 'role', op: 'eq', value: '决策人' } }), ['C001'])
  assert.deepEqual(await numbers({ field: 'contacts', op: 'hasNo' }), ['C002', 'C003', 'C004'])
  assert.deepEqual(await numbers({ field: 'firstContactAt', op: 'within', value: { this: 'day' } }), ['C001', 'C002', 'C003', 'C004'])
  assert.deepEqual(await numbers({ and: [{ field: 'level', op: 'in', value: ['重点客户', '普通客户'] }, { not: { field: 'region', op: 'startsWith', value: '北京市' } }] }), ['C002', 'C004'])
  assert.deepEqual(await numbers({ field: 'level', op: 'ne', value: '重点客户' }), ['C002', 'C003'])
  await assert.rejects(numbers({ field: 'level', op: 'gt', value: '重点客户' }), { code: 'filter.operator' })
})

test('an ID-card number in a remark is masked before it is stored, and the save says so', async () => {
  const { db, lilei } = await smallWorld()
  const saved = await create(db, lilei, 'customers', { values: { name: '甲公司', remark: '身份证110101199003074338' } })
  assert.ok(!JSON.stringify(saved).includes('110101199003074338'))
  assert.deepEqual((saved.findings as { code: string }[]).map(finding => finding.code), ['secret.idCard'])
  const [row] = await db.query<{ n: number }>(sql`select count(*)::int as n from audit where changes::text like '%110101199003074338%'`)
  assert.equal(row?.n, 0)
})
