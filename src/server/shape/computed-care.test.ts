import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { NewField } from '#shared/api/fields.ts'
import { Problem } from '#shared/problem.ts'
import { system, type Viewer } from '#server/access/viewer.ts'
import { objectOf } from '#server/catalog/catalog.ts'
import type { Pool } from '#server/db/connect.ts'
import { targetsOf } from '#server/imports/targets.ts'
import { createMany } from '#server/records/batch.ts'
import { change } from '#server/records/change.ts'
import { create } from '#server/records/create.ts'
import { describeObject } from '#server/records/describe.ts'
import { get } from '#server/records/get.ts'
import { newId } from '#server/records/save.ts'
import { smallWorld } from '#test/world.ts'
import { createField } from './create-field.ts'
import { createObject } from './create-object.ts'
import { readDictionary } from './dictionary.ts'
import { fillField, orderDaily, unfinishedFills } from './fill-field.ts'
import { mergeOptions } from './merge-options.ts'
import { restoreField, retireField } from './retire-field.ts'
import { restoreObject, retireObject } from './retire-object.ts'
import { previewRetype, retypeField } from './retype-field.ts'
import { listFields } from './shaping.ts'

const make = (db: Pool, viewer: Viewer, object: string, field: NewField) => db.transaction(tx => createField(tx, viewer, object, field))
const codeOf = (work: Promise<unknown>) => work.then(() => null, (error: unknown) => (error instanceof Problem ? error.code : String(error)))
const count: NewField = { label: '人数', type: 'rollup', rollup: { object: 'contacts', link: 'customer', take: 'count' }, name: 'heads' }

test('thirty people who add contacts to one customer at the same moment are all counted', async () => {
  const { db, boss, customers } = await smallWorld('crowd')
  await make(db, boss, 'customers', count)
  await make(db, boss, 'customers', { label: '多', type: 'formula', formula: '{人数} >= 30', name: 'many' })
  await fillField(db, undefined, 'customers', 'heads')
  await Promise.all(Array.from({ length: 30 }, (_, i) => create(db, boss, 'contacts', { values: { name: `联系人${i}`, customer: { id: customers.C1.id }, mobile: '13800138000' } })))
  const record = await get(db, boss, 'customers', customers.C1.id)
  assert.deepEqual([record.heads, record.many, record.version], ['30', true, 1])
})

test('a fill that was interrupted goes on where it stopped, and what was saved meanwhile is right', async () => {
  const { db, boss } = await smallWorld('fill')
  const ids = Array.from({ length: 2_500 }, () => newId())
  for (const part of [ids.slice(0, 2_000), ids.slice(2_000)]) await db.transaction(tx => createMany(tx, { ...system('test'), source: 'import' }, 'customers', part.map(id => ({ id, values: { name: `客户${id}`, totalAmount: '10' } }))))
  await make(db, boss, 'customers', { label: '九折', type: 'formula', formula: '{累计交易金额} * 0.9' })
  await assert.rejects(fillField(db, AbortSignal.abort(), 'customers', 'jiuZhe'))
  const shown = (await listFields(db, 'customers')).fields.find(field => field.name === 'jiuZhe')
  assert.deepEqual(shown?.filling, { done: 250, total: 2_504 })
  assert.deepEqual(await unfinishedFills(db), [{ object: 'customers', name: 'jiuZhe' }])
  await change(db, boss, 'customers', ids[2_400] ?? '', { values: { totalAmount: '20' } })
  await fillField(db, undefined, 'customers', 'jiuZhe')
  const { fields } = await readDictionary(db, boss, 'customers')
  const filledOf = (name: string) => fields.find(field => field.name === name)?.filled
  assert.equal(filledOf('jiuZhe'), filledOf('totalAmount'))
  assert.deepEqual([(await get(db, boss, 'customers', ids[2_400] ?? '')).jiuZhe, (await listFields(db, 'customers')).fields.find(field => field.name === 'jiuZhe')?.filling], ['18.00', undefined])
})

test('what tells something else every day is worked out anew every night, and nothing else', async () => {
  const { db, boss } = await smallWorld('night')
  await make(db, boss, 'customers', { label: '认识天数', type: 'formula', formula: 'TODAY() - {首次接触日期}' })
  await make(db, boss, 'customers', { label: '两倍', type: 'formula', formula: '{购买次数} * 2' })
  for (const name of ['renShiTianShu', 'liangBei']) await fillField(db, undefined, 'customers', name)
  await db.transaction(orderDaily)
  assert.deepEqual(await unfinishedFills(db), [{ object: 'customers', name: 'renShiTianShu' }])
})

test('what others are computed from stays as it is; a formula that was retired comes back filled', async () => {
  const { db, boss, customers } = await smallWorld('stays')
  await make(db, boss, 'customers', { label: '预算', type: 'money', name: 'budget' })
  await make(db, boss, 'customers', { label: '一成', type: 'formula', formula: '{预算} * 0.1', name: 'tenth' })
  await fillField(db, undefined, 'customers', 'tenth')
  assert.equal(await codeOf(db.transaction(tx => retireField(tx, boss, 'customers', 'budget'))), 'shape.usedBy')
  assert.equal(await codeOf(previewRetype(db, boss, 'customers', 'budget', { type: 'text' })), 'shape.usedBy')
  assert.equal(await codeOf(retypeField(db, boss, 'customers', 'tenth', { type: 'text', lost: 0 })), 'shape.computed')
  await db.transaction(tx => retireField(tx, boss, 'customers', 'tenth'))
  await change(db, boss, 'customers', customers.C1.id, { values: { budget: '50' } })
  await db.transaction(tx => restoreField(tx, boss, 'customers', 'tenth'))
  await fillField(db, undefined, 'customers', 'tenth')
  assert.equal((await get(db, boss, 'customers', customers.C1.id)).tenth, '5.00')
  await db.transaction(tx => retireField(tx, boss, 'customers', 'tenth'))
  await db.transaction(tx => retireField(tx, boss, 'customers', 'budget'))
  assert.equal(await codeOf(db.transaction(tx => restoreField(tx, boss, 'customers', 'tenth'))), 'record.invalid')
})

test('two options that become one become one in formulas, rollups and lookups', async () => {
  const { db, boss, customers } = await smallWorld('merge')
  const contact = await create(db, boss, 'contacts', { values: { name: '张三', customer: { id: customers.C1.id }, mobile: '13800138000' } })
  await make(db, boss, 'customers', { label: '说明', type: 'formula', formula: '{客户等级} & "级"', name: 'words' })
  await make(db, boss, 'contacts', { label: '客户级别', type: 'lookup', lookup: { through: 'customer', field: 'level' }, name: 'level' })
  await mergeOptions(db, boss, 'customers', 'level', { from: 'key', into: 'vip' })
  assert.deepEqual([(await get(db, boss, 'customers', customers.C1.id)).words, (await get(db, boss, 'contacts', contact.id)).level], ['VIP客户级', 'VIP客户'])
})

test('the dictionary says how a field is made, to who may see what it is made from; files never bring it', async () => {
  const { db, boss, laowang } = await smallWorld('told')
  await make(db, boss, 'customers', { label: '九折', type: 'formula', formula: '= {累计交易金额} × 0.9' })
  await make(db, boss, 'customers', count)
  await make(db, boss, 'contacts', { label: '客户级别', type: 'lookup', lookup: { through: 'customer', field: 'level' }, name: 'level' })
  await make(db, boss, 'customers', { label: '尾号', type: 'formula', formula: 'RIGHT({电话}, 4)', name: 'tail' })
  const made = async (viewer: Viewer, object: string, name: string) => (await readDictionary(db, viewer, object)).fields.find(field => field.name === name)?.made
  assert.deepEqual([await made(boss, 'customers', 'jiuZhe'), await made(boss, 'customers', 'heads'), await made(boss, 'contacts', 'level')], ['= {累计交易金额} × 0.9', '联系人：计数', '客户的客户等级'])
  assert.equal(describeObject(laowang, 'customers').fields.find(field => field.name === 'jiuZhe'), undefined)
  assert.equal(describeObject(laowang, 'customers').fields.find(field => field.name === 'tail')?.access, 'masked')
  assert.deepEqual(targetsOf(objectOf('customers')).filter(target => ['jiuZhe', 'heads', 'tail'].includes(target.name)), [])
})

test('an object of the company itself is rolled up and looked up like any other, and comes back right', async () => {
  const { db, customers } = await smallWorld('rentals')
  const boss = system('test')
  await db.transaction(tx => createObject(tx, boss, { label: '租赁单', name: 'rentals' }))
  await make(db, boss, 'rentals', { label: '客户', type: 'reference', target: 'customers', name: 'customer' })
  await make(db, boss, 'rentals', { label: '数量', type: 'number', name: 'amount' })
  await make(db, boss, 'rentals', { label: '单价', type: 'money', name: 'price' })
  await make(db, boss, 'rentals', { label: '小计', type: 'formula', formula: '{数量} * {单价}', name: 'subtotal' })
  await make(db, boss, 'rentals', { label: '客户级别', type: 'lookup', lookup: { through: 'customer', field: 'level' }, name: 'level' })
  await make(db, boss, 'customers', { label: '租赁单总额', type: 'rollup', rollup: { object: 'rentals', link: 'customer', take: 'sum', field: 'subtotal' }, name: 'ordered' })
  const title = objectOf('rentals').title
  const order = await create(db, boss, 'rentals', { values: { [title]: '第一单', customer: { id: customers.C1.id }, amount: '3', price: '9.9' } })
  assert.deepEqual([order.subtotal, order.level, (await get(db, boss, 'customers', customers.C1.id)).ordered], ['29.70', '重点客户', '29.70'])
  await change(db, boss, 'rentals', order.id, { values: { amount: '10' } })
  assert.equal((await get(db, boss, 'customers', customers.C1.id)).ordered, '99.00')
  assert.equal(await codeOf(db.transaction(tx => retireObject(tx, boss, 'rentals'))), 'shape.objectInUse')
  await db.transaction(tx => retireField(tx, boss, 'customers', 'ordered'))
  await db.transaction(tx => retireObject(tx, boss, 'rentals'))
  await change(db, boss, 'customers', customers.C1.id, { values: { level: 'VIP客户' } })
  await db.transaction(tx => restoreObject(tx, boss, 'rentals'))
  await fillField(db, undefined, 'rentals', 'level')
  assert.equal((await get(db, boss, 'rentals', order.id)).level, 'VIP客户')
})
