import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { NewField } from '#shared/api/fields.ts'
import { Problem } from '#shared/problem.ts'
import { system, type Viewer } from '#server/access/viewer.ts'
import type { Pool } from '#server/db/connect.ts'
import { createMany } from '#server/records/batch.ts'
import { bulk } from '#server/records/bulk.ts'
import { change } from '#server/records/change.ts'
import { create } from '#server/records/create.ts'
import { find, parsePage } from '#server/records/find.ts'
import { get } from '#server/records/get.ts'
import { newId } from '#server/records/save.ts'
import { remove, restore } from '#server/records/remove.ts'
import { undoBatch } from '#server/records/undo.ts'
import { personOf, role, smallWorld } from '#test/world.ts'
import { changeField } from './change-field.ts'
import { createField } from './create-field.ts'
import { fillField } from './fill-field.ts'
import { previewComputed } from './preview-computed.ts'
import { retireField } from './retire-field.ts'
import { listFields } from './shaping.ts'

const make = async (db: Pool, viewer: Viewer, object: string, field: NewField) => {
  const made = await db.transaction(tx => createField(tx, viewer, object, field))
  await fillField(db, undefined, object, made.name)
  return made
}
const alter = async (db: Pool, viewer: Viewer, name: string, given: Parameters<typeof changeField>[4]) => {
  const changed = await db.transaction(tx => changeField(tx, viewer, 'customers', name, given))
  await fillField(db, undefined, 'customers', name)
  return changed
}
const refusalOf = async (work: Promise<unknown>) => {
  const problem = await work.then(() => null, (error: unknown) => error)
  assert.ok(problem instanceof Problem, String(problem))
  return problem
}
const codesOf = async (work: Promise<unknown>) => {
  const problem = await refusalOf(work)
  return problem.fields.length === 0 ? [problem.code] : problem.fields.map(finding => `${finding.field}: ${finding.code}`)
}

test('a formula is worked out for records that were there, and with every save, import, bulk edit and undo from then on', async () => {
  const { db, boss, customers } = await smallWorld('formula')
  const c1 = customers.C1.id
  await change(db, boss, 'customers', c1, { values: { totalAmount: '1000', orderCount: '3' } })
  const made = await make(db, boss, 'customers', { label: '均价', type: 'formula', formula: '＝{累计交易金额}÷{购买次数}' })
  assert.deepEqual({ type: made.type, formula: made.formula, computed: made.computed, decimals: made.decimals, name: made.name }, { type: 'money', formula: '＝{totalAmount}÷{orderCount}', computed: true, decimals: 2, name: 'junJia' })
  const shown = async (id: string, name = 'junJia') => (await get(db, boss, 'customers', id))[name]
  assert.equal(await shown(c1), '333.33')

  assert.equal((await change(db, boss, 'customers', c1, { values: { orderCount: '4' } })).junJia, '250.00')
  assert.equal((await change(db, boss, 'customers', c1, { values: { orderCount: '0' } })).junJia, null)
  assert.equal((await create(db, boss, 'customers', { values: { name: '新客户', totalAmount: '9', orderCount: '2' } })).junJia, '4.50')
  const id = newId()
  await db.transaction(tx => createMany(tx, { ...system('test'), source: 'import' }, 'customers', [{ id, values: { name: '导入客户', totalAmount: '10', orderCount: '4' } }]))
  assert.equal(await shown(id), '2.50')
  const batch = await bulk(db, boss, 'customers', { ids: [id, c1], action: 'change', values: { orderCount: '5' } })
  assert.equal(await shown(id), '2.00')
  await undoBatch(db, boss, batch.batchId)
  assert.equal(await shown(id), '2.50')

  assert.deepEqual(parsePage(await find(db, boss, 'customers', { filter: { field: 'junJia', op: 'gt', value: '2' }, sort: 'junJia', fields: ['name'] })).records.map(record => record.name), ['导入客户', '新客户'])
  assert.deepEqual(await codesOf(change(db, boss, 'customers', id, { values: { junJia: '1' } })), ['junJia: field.readOnly'])
})

test('formulas over formulas follow in order, and a circle is named field by field', async () => {
  const { db, boss } = await smallWorld('circle')
  await make(db, boss, 'customers', { label: '毛利', type: 'formula', formula: '{累计交易金额} * 0.3' })
  await make(db, boss, 'customers', { label: '提成', type: 'formula', formula: 'ROUND({毛利} * 5%, 2)' })
  const made = await make(db, boss, 'customers', { label: '评语', type: 'formula', formula: 'IF({提成} >= 100, {客户名称} & "很好：" & {提成}, "一般")' })
  assert.equal(made.type, 'text')
  const record = await create(db, boss, 'customers', { values: { name: '大客户', totalAmount: '10000' } })
  assert.deepEqual([record.maoLi, record.tiCheng, record.pingYu], ['3000.00', '150.00', '大客户很好：150'])
  const next = await change(db, boss, 'customers', record.id, { values: { totalAmount: '100' } })
  assert.deepEqual([next.maoLi, next.tiCheng, next.pingYu], ['30.00', '1.50', '一般'])

  const circle = await refusalOf(alter(db, boss, 'maoLi', { formula: '{提成} * 2' }))
  assert.deepEqual(circle.fields.map(({ code, values }) => [code, values]), [['formula.circle', { way: '毛利 → 提成 → 毛利' }]])
  assert.deepEqual(await codesOf(alter(db, boss, 'maoLi', { formula: '{毛利} + 1' })), ['formula: formula.circle'])
  assert.deepEqual(await codesOf(alter(db, boss, 'maoLi', { formula: '{客户名称} & "x"' })), ['formula: formula.otherKind'])
  assert.deepEqual(await codesOf(db.transaction(tx => retireField(tx, boss, 'customers', 'tiCheng'))), ['shape.usedBy'])

  await alter(db, boss, 'maoLi', { formula: '{累计交易金额} * 0.5' })
  assert.equal((await get(db, boss, 'customers', record.id)).tiCheng, '2.50')
})

test('what is wrong with a formula is said at its place, with what may have been meant', async () => {
  const { db, boss } = await smallWorld('wrong')
  const problem = await refusalOf(make(db, boss, 'customers', { label: '错', type: 'formula', formula: '1 + {累计交易额}' }))
  assert.deepEqual(problem.fields, [{ field: 'formula', code: 'formula.fieldUnknown', values: { name: '累计交易额', near: '{累计交易金额}', at: 4, length: 7 }, value: '1 + {累计交易额}', proposal: '{累计交易金额}' }])
  assert.deepEqual(await codesOf(make(db, boss, 'customers', { label: '错', type: 'formula', formula: '{负责人}' })), ['formula: formula.reference'])
  assert.deepEqual(await codesOf(make(db, boss, 'customers', { label: '错', type: 'formula', formula: '1', required: true })), ['required: shape.computed'])
  assert.deepEqual(await codesOf(make(db, boss, 'customers', { label: '错', type: 'formula' })), ['formula: formula.empty'])
})

test('an option keeps its meaning in a formula when it is called otherwise, and a field too', async () => {
  const { db, boss } = await smallWorld('renamed')
  await make(db, boss, 'customers', { label: '重要', type: 'formula', formula: '{客户等级} = "VIP客户"' })
  await make(db, boss, 'customers', { label: '等级说明', type: 'formula', formula: '{客户等级} & "！"' })
  const record = await create(db, boss, 'customers', { values: { name: '某客户', level: 'VIP客户' } })
  assert.deepEqual([record.zhongYao, record.dengJiShuoMing], [true, 'VIP客户！'])
  const level = (await listFields(db, 'customers')).fields.find(field => field.name === 'level')
  await db.transaction(tx => changeField(tx, boss, 'customers', 'level', { label: '级别', options: (level?.options ?? []).map(({ id, label }) => ({ id, label: id === 'vip' ? '贵宾' : label })) }))
  await fillField(db, undefined, 'customers', 'dengJiShuoMing')
  await fillField(db, undefined, 'customers', 'zhongYao')
  const again = await get(db, boss, 'customers', record.id)
  assert.deepEqual([again.zhongYao, again.dengJiShuoMing], [true, '贵宾！'])
  assert.equal((await create(db, boss, 'customers', { values: { name: '另一个', level: '贵宾' } })).zhongYao, true)
})

test('dates, texts and empty values behave as written down', async () => {
  const { db, boss, customers } = await smallWorld('values')
  const { id } = await change(db, boss, 'customers', customers.C1.id, { values: { birthday: '2000-01-31', name: '  北京 示例公司', totalAmount: '123456789012345678.91', orderCount: null, vip: true } })
  const cases: [string, string | boolean | null][] = [
    ['EDATE({生日}, 1)', '2000-02-29'], ['EOMONTH({生日}, -1)', '1999-12-31'], ['{生日} + 1', '2000-02-01'], ['{生日} - DATE(1999, 12, 31)', '31'], ['{生日} + 99999999', null],
    ['DATEDIF({生日}, "2020-01-30", "Y")', '19'], ['YEAR({生日}) & "年"', '2000年'], ['TEXT({生日}, "YYYY年M月D日")', '2000年1月31日'], ['DATE(2024, 13, 1)', '2025-01-01'], ['DATE(99999, 1, 1)', null],
    ['{累计交易金额} + 0.01', '123456789012345678.92'], ['{累计交易金额} * {购买次数}', null], ['SUM({累计交易金额}, {购买次数})', '123456789012345678.91'], ['{购买次数} > 5', false], ['{购买次数} = BLANK()', true],
    ['1 / 0', null], ['1 / 3', '0.3333333333'], ['ROUND(2.5)', '3'], ['ROUND(-2.5)', '-3'], ['ROUND(1234.5, -2)', '1200'], ['MOD(-7, 3)', '2'], ['50% * 10', '5'], ['MAX(3, {购买次数}, 7)', '7'], ['VALUE("￥1,234.5 元")', '1234.5'], ['VALUE("abc")', null],
    ['LEFT({客户名称}, 2)', '北京'], ['MID({客户名称}, 4, 99)', '示例公司'], ['LEN("𠮷田")', '2'], ['CONTAINS({客户名称}, "示例")', true], ['SUBSTITUTE("a-b-c", "-", "")', 'abc'], ['"" & ""', null], ['IF({VIP}, "是", "否")', '是'],
    ['IFS({购买次数} > 1, "多", TRUE, "少")', '少'], ['IFBLANK({购买次数}, 0) + 1', '1'], ['TEXT(1234567.891, "#,##0.00")', '1,234,567.89'], ['TEXT(0.256, "0.0%")', '25.6%'], ['NOT(ISBLANK({生日}))', true], ['AVERAGE(1, 2, {购买次数})', '1.5'],
    ['99999999999999999999 * 99999999999999999999', null], ['LEFT("abc", -3)', null], ['2 - -3', '5'], ['-2 * 3', '-6'],
  ]
  for (const [formula, expected] of cases) {
    const preview = await previewComputed(db, boss, 'customers', { formula })
    const value = preview.examples.find(example => example.id === id)?.value
    const found = value === undefined ? (await make(db, boss, 'customers', { label: `算${cases.findIndex(each => each[0] === formula)}`, type: 'formula', formula }).then(made => get(db, boss, 'customers', id).then(record => record[made.name]))) : value
    assert.equal(found, expected, formula)
  }
})

test('who may not read a field cannot read it through a formula; a role may be told otherwise', async () => {
  const { db, boss, laowang, lilei, customers } = await smallWorld('secret')
  await change(db, boss, 'customers', customers.C1.id, { values: { totalAmount: '1000', phone: '13800138000' } })
  await make(db, boss, 'customers', { label: '九折', type: 'formula', formula: '{累计交易金额} * 0.9' })
  await make(db, boss, 'customers', { label: '再折', type: 'formula', formula: '{九折} * 0.9' })
  await make(db, boss, 'customers', { label: '尾号', type: 'formula', formula: 'RIGHT({电话}, 4)' })
  assert.deepEqual(await refusalOf(find(db, laowang, 'customers', { sort: 'jiuZhe' })).then(problem => problem.code), 'name.unknown')
  assert.deepEqual(await refusalOf(find(db, laowang, 'customers', { filter: { field: 'zaiZhe', op: 'notEmpty' } })).then(problem => problem.code), 'name.unknown')
  const seen = await get(db, laowang, 'customers', customers.C1.id)
  assert.deepEqual([seen.jiuZhe, seen.zaiZhe, seen.weiHao], [undefined, undefined, '***'])
  assert.equal((await get(db, lilei, 'customers', customers.C1.id)).weiHao, '8000')
  const trusted = personOf('小赵', '', [role('客服主管', { customers: { view: 'all' } }, { customers: { totalAmount: 'hidden', jiuZhe: 'read' } })])
  assert.equal((await get(db, trusted, 'customers', customers.C1.id)).jiuZhe, '900.00')
  assert.equal((await previewComputed(db, { ...laowang, rights: ['shape'] }, 'customers', { formula: '{电话} & ""' })).isHidden, true)
})

test('a rollup follows the records that point here, wherever they go', async () => {
  const { db, boss, lilei, xiaohong, customers } = await smallWorld('rollup')
  const [c1, c4] = [customers.C1.id, customers.C4.id]
  await db.transaction(tx => createField(tx, boss, 'contacts', { label: '预算', type: 'money', name: 'budget' }))
  const before = await create(db, boss, 'contacts', { values: { name: '张三', customer: { id: c1 }, mobile: '13800138000', budget: '100' } })
  await make(db, boss, 'customers', { label: '人数', type: 'rollup', rollup: { object: 'contacts', link: 'customer', take: 'count' }, name: 'heads' })
  await make(db, boss, 'customers', { label: '预算和', type: 'rollup', rollup: { object: 'contacts', link: 'customer', take: 'sum', field: 'budget' }, name: 'sum' })
  await make(db, boss, 'customers', { label: '女士最高', type: 'rollup', rollup: { object: 'contacts', link: 'customer', take: 'max', field: 'budget', filter: { field: 'gender', op: 'eq', value: '女' } }, name: 'most' })
  await make(db, boss, 'customers', { label: '人均', type: 'formula', formula: '{预算和} / {人数}', name: 'each' })
  const of = async (id: string) => { const record = await get(db, boss, 'customers', id); return [record.heads, record.sum, record.most, record.each] }
  assert.deepEqual(await of(c1), ['1', '100.00', null, '100.00'])
  assert.deepEqual(await of(c4), ['0', '0.00', null, null])

  const second = await create(db, lilei, 'contacts', { values: { name: '李四', customer: { id: c1 }, mobile: '13800138001', budget: '300', gender: '女' } })
  assert.deepEqual(await of(c1), ['2', '400.00', '300.00', '200.00'])
  await change(db, boss, 'contacts', second.id, { values: { gender: '男' } })
  assert.deepEqual(await of(c1), ['2', '400.00', null, '200.00'])
  await change(db, boss, 'contacts', second.id, { values: { customer: { id: c4 } } })
  assert.deepEqual([await of(c1), await of(c4)], [['1', '100.00', null, '100.00'], ['1', '300.00', null, '300.00']])
  await remove(db, boss, 'contacts', second.id)
  assert.deepEqual(await of(c4), ['0', '0.00', null, null])
  await restore(db, boss, 'contacts', second.id)
  assert.deepEqual(await of(c4), ['1', '300.00', null, '300.00'])
  // Records that one does not see count all the same.
  assert.equal((await get(db, xiaohong, 'customers', c4)).heads, '1')
  assert.equal((await create(db, boss, 'customers', { values: { name: '没有联系人' } })).heads, '0')
  assert.equal((await get(db, boss, 'contacts', before.id)).version, 1)
})

test('a lookup shows what the other record says, and only to who may see that record', async () => {
  const { db, boss, lilei, laowang, customers } = await smallWorld('lookup')
  const c1 = customers.C1.id
  const contact = await create(db, boss, 'contacts', { values: { name: '张三', customer: { id: c1 }, mobile: '13800138000' } })
  await make(db, boss, 'contacts', { label: '客户级别', type: 'lookup', lookup: { through: 'customer', field: 'level' }, name: 'level' })
  await make(db, boss, 'contacts', { label: '客户金额', type: 'lookup', lookup: { through: 'customer', field: 'totalAmount' }, name: 'amount' })
  await make(db, boss, 'customers', { label: '金额和', type: 'rollup', rollup: { object: 'contacts', link: 'customer', take: 'sum', field: 'amount' }, name: 'amounts' })
  assert.equal((await get(db, boss, 'contacts', contact.id)).level, '重点客户')
  await change(db, boss, 'customers', c1, { values: { level: 'VIP客户', totalAmount: '70' } })
  const seen = await get(db, boss, 'contacts', contact.id)
  assert.deepEqual([seen.level, seen.amount], ['VIP客户', '70.00'])
  assert.equal((await get(db, boss, 'customers', c1)).amounts, '70.00')
  assert.equal((await get(db, lilei, 'contacts', contact.id)).amount, '70.00')
  assert.equal((await get(db, laowang, 'contacts', contact.id)).amount, undefined)
  await remove(db, boss, 'customers', c1)
  assert.equal((await get(db, boss, 'contacts', contact.id)).amount, null)
  const narrow = personOf('小钱', '', [role('只看本人客户', { customers: { view: 'own' }, contacts: { view: 'all' } })])
  assert.equal((await get(db, narrow, 'contacts', contact.id)).amount, undefined)
  assert.deepEqual(await codesOf(db.transaction(tx => createField(tx, boss, 'customers', { label: '绕', type: 'formula', formula: '{金额和} + 1' })).then(() =>
    db.transaction(tx => changeField(tx, boss, 'contacts', 'amount', { lookup: { through: 'customer', field: 'rao' } })))), ['lookup: formula.circle'])
})
