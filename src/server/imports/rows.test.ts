import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Cell } from '#server/files/read.ts'
import { equipFields } from '#shared/fields/equip.ts'
import { contact } from '#shared/objects/contact.ts'
import { customer } from '#shared/objects/customer.ts'
import { fixesOf, type Fix } from './fixes.ts'
import { shifted } from './cells.ts'
import { junkOf } from './footer.ts'
import { Grouping } from './grouping.ts'
import { proposeMapping } from './mapping.ts'
import { nameKey } from '#server/catalog/name-key.ts'
import { planOf } from './plan.ts'
import { understandRow } from './rows.ts'
import { Seen } from './seen.ts'
import { targetsOf } from './targets.ts'

equipFields()
const targets = targetsOf(customer, contact)
const people = [{ id: '0197b2a0-0000-7000-8000-000000000001', label: '王芳' }]
const planFor = (headers: string[], fixes: Fix[] = []) =>
  planOf(customer, contact, proposeMapping(headers.map((header, column) => ({ column, header, texts: [] })), targets, customer), targets, {
    mode: 'create', fixes: fixesOf(fixes), context: { today: '2024-11-22', timeZone: 'Asia/Shanghai', fromFile: true, lookup: (_, text) => people.filter(person => person.label === text) },
  })
const understood = (values: Record<string, Cell>, fixes: Fix[] = []) => understandRow({ row: 7, hidden: false, cells: Object.values(values) }, planFor(Object.keys(values), fixes))
const codes = (row: ReturnType<typeof understood>) => row.findings.map(finding => `${finding.severity} ${finding.code}`)

test('a clean row is values of the fields and nothing else', () => {
  const row = understood({ 客户名称: '甲公司', 电话: 13800138000, 首次接触: { date: '2024-01-05' }, '累计成交(元)': '1,234.5', 负责人: '王芳', 客户等级: '重点客户', 是否VIP: '是' })
  assert.deepEqual(row.values, { name: '甲公司', phone: '13800138000', firstContactAt: '2024-01-05', totalAmount: '1234.50', owner: people[0], level: '重点客户', vip: true })
  assert.deepEqual([row.findings, row.kept, row.isRefused], [[], [], false])
})

test('a bad cell of an optional field does not cost the row: its text is kept in the remark', () => {
  const row = understood({ 客户名称: '甲公司', 手机号: '1385678', 首次接触: '2024-02-30', 负责人: '没有这人' })
  assert.equal(row.isRefused, false)
  assert.deepEqual(row.kept, ['手机号: 1385678', '首次接触: 2024-02-30', '负责人: 没有这人'])
  assert.deepEqual(codes(row), ['doubtful phone.short', 'doubtful date.invalid', 'noted row.ownerUnknown'])
})

test('a row without its name is refused, with the contact as a proposal', () => {
  const row = understood({ 客户名称: '', 联系人: '秦怡文', 电话: '19198775771' })
  assert.equal(row.isRefused, true)
  assert.deepEqual(row.findings.map(({ field, code, proposal }) => [field, code, proposal]), [['name', 'field.required', '秦怡文']])
})

test('an option is found by meaning, in sight of everybody', () => {
  const row = understood({ 客户名称: '甲', 客户等级: 'VIP' })
  assert.equal(row.values['level'], 'VIP客户')
  assert.deepEqual(codes(row), ['noted choice.similar'])
})

test('ID cards and bank cards are masked before anybody sees them', () => {
  const row = understood({ 客户名称: '甲', 备注: '身份证110101199003070038，卡号6222020200112230004', 电话: '13800138000' })
  const everything = JSON.stringify(row)
  assert.ok(!everything.includes('110101199003070038') && !everything.includes('6222020200112230004'))
  assert.deepEqual(codes(row), ['doubtful secret.idCard', 'doubtful secret.bankCard'])
})

test('amounts under 万元 are multiplied, exactly', () => {
  assert.equal(understood({ 客户名称: '甲', '累计交易金额（万元）': 12.345 }).values['totalAmount'], '123450.00')
  assert.deepEqual([shifted('0.01', 4), shifted('-1,234.56789', 4), shifted('abc', 4)], ['100', '-12345678.9', 'abc'])
})

test('province and city are read together', () => {
  assert.equal(understood({ 客户名称: '甲', 省份: '北京市', 城市: '朝阳区' }).values['region'], '北京市/朝阳区')
})

test('a correction of one cell or of one text replaces what is in the file', () => {
  const row = understood({ 客户名称: '', 电话: '1385678', 客户来源: '老客户复购' }, [
    { row: 7, field: 'name', to: '甲公司' }, { row: 7, field: 'phone', to: '13800138000' }, { row: 8, field: 'phone', to: 'x' }, { field: 'source', from: '老客户复购', to: '转介绍' },
  ])
  assert.deepEqual(row.values, { name: '甲公司', phone: '13800138000', source: '转介绍' })
  assert.equal(row.isRefused, false)
})

test('a contact without a name is no contact, and a person is not their own', () => {
  assert.deepEqual(understood({ 客户名称: '甲公司', 联系人: '', 联系人手机: '13900139000' }).kept, ['联系人手机: 13900139000'])
  assert.equal(understood({ 客户名称: '谢雪鹏', 联系人: '谢雪鹏' }).contact, null)
})

test('errors of formulas are said and never stored as values', () => {
  const row = understood({ 客户名称: '甲', 累计交易金额: { error: 'cell.errorValue', raw: '#DIV/0!' } })
  assert.equal(row.values['totalAmount'], undefined)
  assert.deepEqual(codes(row), ['doubtful cell.errorValue'])
})

test('totals, footers, blanks and repeated headers are no records; a company called 合计 is', () => {
  const headers = ['客户编号', '客户名称', '金额']
  for (const [cells, junk] of [
    [['合计', null, 1234.5], 'total'], [['合计:3条'], 'total'], [['制表人：王芳', '审核：李雷'], 'footer'], [['导出时间:2024-11-22'], 'footer'], [['第 1 页 共 3 页'], 'footer'],
    [['', '  ', null], 'blank'], [['\u001a'], 'blank'], [['客户编号', '客户名称', '金额'], 'header'], [['C009', '合计软件有限公司', 5], null], [['合计', '上海合计科技有限公司', '13800138000'], null],
  ] as [Cell[], string | null][]) assert.equal(junkOf(cells, headers), junk, JSON.stringify(cells))
})

test('one customer written three ways has one key', () => {
  const keys = ['北京（海淀）示例科技有限公司', '北京(海淀)示例科技有限公司 ', ' 北京(海淀)示例科技', '北京（海淀）示例科技股份有限公司'].map(nameKey)
  assert.equal(new Set(keys).size, 1)
  assert.notEqual(nameKey('北京示例科技有限公司'), nameKey('上海示例科技有限公司'))
  assert.equal(nameKey('公司'), '公司')
})

test('what comes twice in a file is doubtful; a unique value stays with the first', () => {
  const grouping = new Grouping(customer, null)
  const rows = [['C010', '甲有限公司', '13800138000'], ['c010', '乙', '13900139000'], ['C011', '甲', '13700137000']].map(([number = '', name = '', phone = ''], i) => {
    const row = understandRow({ row: i + 2, hidden: false, cells: [number, name, phone] }, planFor(['客户编号', '客户名称', '电话']))
    grouping.place(row)
    return row
  })
  assert.deepEqual(rows.map(row => row.findings.map(finding => [finding.field, finding.values?.['row']])), [[], [['number', 2]], [['name', 2]]])
  assert.equal(rows[1]?.values['number'], undefined)
  assert.deepEqual(rows[1]?.kept, ['客户编号: c010'])
})

test('rows under a merged name are contacts of one customer, each with its own phone', () => {
  const grouping = new Grouping(customer, null)
  const lines: Cell[][] = [['甲公司', '张伟', '13800138000'], ['甲公司', '李娜', '13800138001'], ['乙公司', '王强', '13800138003']]
  const rows = lines.map((cells, i) => {
    const row = understandRow({ row: i + 2, hidden: false, cells }, planFor(['客户名称', '联系人', '电话']))
    return { row, relation: grouping.place(row) }
  })
  assert.deepEqual(rows.map(({ relation }) => [relation.isContact, relation.sameAs]), [[false, null], [true, 2], [false, null]])
  assert.deepEqual(rows[1]?.row.contact, { name: '李娜', mobile: '13800138001' })
})

test('a hundred thousand texts are told apart', () => {
  const seen = new Seen()
  for (let i = 0; i < 100_000; i++) assert.equal(seen.first(`客户${i}`, i), null)
  assert.equal(seen.first('客户4711', 0), 4711)
})
