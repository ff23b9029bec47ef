import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseField } from '#shared/fields/all.ts'
import { isRefused } from '#shared/fields/field.ts'
import type { Field } from '#shared/object.ts'
import { isQuickLine, readQuickLine } from './quick-line.ts'

const phone: Field = { name: 'phone', label: { 'zh-CN': '电话', en: 'Phone' }, type: 'phone', column: 'phone', group: 'reach' }
const isPhone = (text: string) => {
  const parsed = parseField(phone, text, { today: '2026-11-25', timeZone: 'Asia/Shanghai' })
  return !isRefused(parsed) && parsed.value !== null
}
const read = (line: string) => readQuickLine(line, isPhone)

const lines: [string, { name: string; phone: string; needs: string }][] = [
  ['北京示例科技有限公司 13800138000 年度采购报价', { name: '北京示例科技有限公司', phone: '13800138000', needs: '年度采购报价' }],
  ['北京示例科技有限公司 138 0013 8000 年度采购 要发票', { name: '北京示例科技有限公司', phone: '138 0013 8000', needs: '年度采购 要发票' }],
  ['王小明13800138000想看样品', { name: '王小明', phone: '13800138000', needs: '想看样品' }],
  ['上海云帆，电话：010-12345678，月底前要货', { name: '上海云帆', phone: '010-12345678', needs: '月底前要货' }],
  ['星河电子\t+86 138-0013-8000\t售后', { name: '星河电子', phone: '+86 138-0013-8000', needs: '售后' }],
  ['13800138000 星河电子 售后', { name: '星河电子', phone: '13800138000', needs: '售后' }],
  ['ABC Trading Ltd 13800138000 quote', { name: 'ABC Trading Ltd', phone: '13800138000', needs: 'quote' }],
  ['星河电子 4008001234 5 台样机', { name: '星河电子', phone: '4008001234', needs: '5 台样机' }],
]

for (const [line, parts] of lines) {
  test(`“${line}” is a name, a phone and a need`, () => assert.deepEqual(read(line), parts))
}

test('a line without a phone is a name, or a name and a need where something separates them', () => {
  assert.deepEqual(read('北京示例科技有限公司'), { name: '北京示例科技有限公司', phone: '', needs: '' })
  assert.deepEqual(read('北京示例科技，要报价'), { name: '北京示例科技', phone: '', needs: '要报价' })
})

test('a number in a name is no phone, and such a name is not torn apart', () => {
  assert.equal(isQuickLine('360 企业安全集团', isPhone), false)
  assert.equal(isQuickLine('2024 年展会', isPhone), false)
  assert.equal(isQuickLine('星河 13800138000', isPhone), true)
})
