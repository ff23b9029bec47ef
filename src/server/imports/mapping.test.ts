import assert from 'node:assert/strict'
import { test } from 'node:test'
import { contact } from '#shared/objects/contact.ts'
import { customer } from '#shared/objects/customer.ts'
import { assign } from './assignment.ts'
import { proposeMapping, type Choices } from './mapping.ts'
import { targetsOf } from './targets.ts'

const targets = targetsOf(customer, contact)
type Columns = Record<string, string[]>
const mapped = (columns: Columns | [string, string[]][], choices?: Choices) => {
  const entries = Array.isArray(columns) ? columns : Object.entries(columns)
  return proposeMapping(entries.map(([header, texts], column) => ({ column, header, texts })), targets, customer, choices)
}
const fields = (columns: Columns | [string, string[]][]) => mapped(columns).map(entry => entry.field)

test("the company's own words find their fields", () => {
  assert.deepEqual(fields({ 公司名称: ['甲公司'], 对接人: ['张伟'], 联系方式: ['13800138000'], 'E-mail': ['a@example.com'], 所在城市: ['武汉'], 获客渠道: ['展会'], 负责员工: ['王芳'], '累计成交(元)': ['5'], 首次接触: ['2024-01-05'], '备注(需求关键词)': ['CRM'] }),
    ['name', 'contacts.name', 'phone', 'email', 'region', 'source', 'owner', 'totalAmount', 'firstContactAt', 'remark'])
})

test("the mobile is the customer's phone and the landline its contact's, whatever their order", () => {
  assert.deepEqual(fields({ 客户名称: ['甲公司'], 联系人: ['张伟'], 座机: ['010-12345678'], 手机号: ['13800138000'] }), ['name', 'contacts.name', 'contacts.phone', 'phone'])
})

test('省份 and 城市 are parts of one region', () => {
  assert.deepEqual(fields({ 客户名称: ['甲公司'], 省份: ['广东省'], 城市: ['深圳市'] }), ['name', 'region.province', 'region.city'])
  assert.deepEqual(fields({ 客户名称: ['甲公司'], 城市: ['深圳市'] }), ['name', 'region'])
})

test('without telling headers the values tell: phones, e-mails, options, companies', () => {
  const many = (text: (i: number) => string) => Array.from({ length: 20 }, (_, i) => text(i))
  const found = mapped({ A: many(i => `甲${i}科技有限公司`), B: many(i => `138001380${10 + i}`), C: many(i => `u${i}@example.com`), D: many(() => '重点客户') })
  assert.deepEqual(found.map(entry => entry.field), ['name', 'phone', 'email', 'level'])
  assert.ok(found.every(entry => entry.because === 'content' && entry.confidence < 0.7))
})

test('a header whose values contradict it gives way to the column that fits', () => {
  assert.deepEqual(fields([['联系方式', ['a@example.com', 'b@example.com']], ['电话号码', ['13800138000', '13900139000']], ['客户名称', ['甲', '乙']]]), ['email', 'phone', 'name'])
})

test('damaged values do not outweigh an exact word', () => {
  assert.deepEqual(fields({ 客户名称: ['甲'], 手机号: ['1.38E+10', '1.39E+10'] }), ['name', 'phone'])
})

test('a column that comes twice is kept in the remark: neither value is lost', () => {
  const found = mapped([['客户名称', ['甲公司']], ['电话', ['13800138000']], ['电话', ['010-12345678']], ['备注', ['甲']], ['备注 ', ['乙']]])
  assert.deepEqual(found.map(entry => entry.field), ['name', 'phone', 'remark', 'remark', 'remark'])
  assert.deepEqual(found.map(entry => entry.because), ['header', 'header', 'kept', 'header', 'kept'])
})

test('what nobody knows is left out in sight', () => {
  const [, other] = mapped({ 客户名称: ['甲'], 头像: ['x.png'] })
  assert.deepEqual([other?.field, other?.because, other?.confidence], [null, 'none', 0])
})

test('what a person chose stands, and nobody else takes the field', () => {
  const found = mapped([['客户名称', ['甲']], ['电话', ['13800138000']], ['值班', ['13900139000']]], new Map([[2, { field: 'phone', because: 'chosen' }]]))
  assert.equal(found[2]?.field, 'phone')
  assert.equal(found[2]?.confidence, 1)
  assert.notEqual(found[1]?.field, 'phone')
})

test('the assignment is the best in total, not the best at each step', () => {
  assert.deepEqual(assign([[0.9, 0.8], [0.85, 0.1]], 2), [1, 0])
  assert.deepEqual(assign([[0, 0], [0.5, 0]], 2), [null, 0])
  assert.deepEqual(assign([[0.5], [0.6], [0.4]], 1), [null, 0, null])
})
