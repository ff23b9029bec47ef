import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Cell, SourceRow } from '#server/files/read.ts'
import { contact } from '#shared/objects/contact.ts'
import { customer } from '#shared/objects/customer.ts'
import { findHeader } from './header.ts'
import { headerWords, likeness, powerOfUnit } from './header-words.ts'
import { targetsOf } from './targets.ts'

const targets = targetsOf(customer, contact)
const rows = (...lines: Cell[][]): SourceRow[] => lines.map((cells, i) => ({ row: i + 1, hidden: false, cells }))
const labels = (found: ReturnType<typeof findHeader>) => found.columns.map(column => column.header)

test('marks, blanks, notes and widths around a word make no difference', () => {
  for (const [written, key] of [['公司名称（必填）*', '公司名称'], [' 联 系 人 ', '联系人'], ['移动电话\n（１１位）', '移动电话'], ['E-mail', 'email'], ['＊客户名称：', '客户名称']] as const) {
    assert.equal(headerWords(written).keys[0], key, written)
  }
  assert.deepEqual(headerWords('行业/领域').keys, ['行业领域', '行业', '领域'])
})

test('a unit in the header is kept: amounts under 万元 are ten thousand times as much', () => {
  assert.equal(headerWords('累计成交(元)').unit, '元')
  assert.equal(powerOfUnit(headerWords('合同金额（万元）').unit), 4)
  assert.equal(powerOfUnit(headerWords('备注(需求关键词)').unit), 0)
})

test('words are alike by what they say, not by what surrounds it', () => {
  assert.equal(likeness('邮箱', '邮箱'), 1)
  assert.equal(likeness('客户邮箱信息', '邮箱'), 0.85)
  assert.ok(likeness('最近跟进时间', '最近跟进') > 0.6)
  assert.ok(likeness('邮箱', '地址') < 0.1)
})

test('the header stands below a title and notes', () => {
  const found = findHeader(rows(['2024年度客户信息表'], ['填写说明：带*为必填', '', ''], [], ['客户编号', '客户名称*', '电话'], ['C001', '甲公司', '13800138000']), targets)
  assert.equal(found.row, 4)
  assert.deepEqual(labels(found), ['客户编号', '客户名称*', '电话'])
})

test('two levels become one: groups fall away, and stay where a word alone comes twice', () => {
  const upper: Cell[] = ['基本信息', null, '2023年', null, '2024年', null, '负责人']
  const lower: Cell[] = ['客户编号', '客户名称', '金额', '次数', '金额', '次数']
  const found = findHeader(rows(['客户表'], upper, lower, ['C001', '甲公司', 5, 1, 6, 2, '王芳']), targets)
  assert.equal(found.row, 3)
  assert.deepEqual(labels(found), ['客户编号', '客户名称', '2023年 金额', '2023年 次数', '2024年 金额', '2024年 次数', '负责人'])
})

test('a second level below the known words is found too', () => {
  const found = findHeader(rows(['客户名称', '联系方式', null, '备注'], [null, '手机', '座机'], ['甲公司', '13800138000', '010-12345678', '']), targets)
  assert.equal(found.row, 2)
  assert.deepEqual(labels(found), ['客户名称', '手机', '座机', '备注'])
})

test('a header that comes twice is reported, and both columns stay', () => {
  const found = findHeader(rows(['客户名称', '电话', '电话', '备注', '备注 '], ['甲', '1', '2', 'a', 'b']), targets)
  assert.deepEqual(found.findings.map(finding => [finding.code, finding.values?.['column']]), [['header.duplicate', 'C'], ['header.duplicate', 'E']])
  assert.equal(found.columns.length, 5)
})

test('a file without a header has columns named as a spreadsheet names them', () => {
  const found = findHeader(rows(['甲公司', '13800138000', '2024-01-05'], ['乙公司', '13900139000', '2024-01-06']), targets)
  assert.equal(found.row, null)
  assert.deepEqual(labels(found), ['A', 'B', 'C'])
  assert.equal(found.findings[0]?.code, 'header.none')
})

test('a person may say in which row the header is', () => {
  const found = findHeader(rows(['客户名称', '电话'], ['名字', '号码'], ['甲公司', '13800138000']), targets, 2)
  assert.equal(found.row, 2)
  assert.deepEqual(labels(found), ['名字', '号码'])
})
