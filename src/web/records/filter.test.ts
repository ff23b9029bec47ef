import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ObjectOut } from '#shared/api/objects.ts'
import { fieldTypes } from '#shared/fields/all.ts'
import type { Filter } from '#shared/filter.ts'
import { en } from '#shared/i18n/en.ts'
import { fill } from '#shared/i18n/messages.ts'
import { zhCN } from '#shared/i18n/zh-CN.ts'
import { customer } from '#shared/objects/customer.ts'
import { choicesOf } from './filter-ops.ts'
import { sentenceOf } from '#shared/filter-sentence.ts'
import type { Reader } from '#shared/filter-sentence.ts'
import { chipsOf, fromChips, readFilter } from './filter-chips.ts'
import { addTo, newGroup, newLine, sizeOf, toFilter, toTree, withNode } from './filter-tree.ts'
import { readListAddress } from './list-address.ts'

const object: ObjectOut = {
  ...customer, fields: customer.fields.map(field => ({ ...field, access: 'write' as const, ops: [...fieldTypes[field.type].ops] })),
  rights: { create: true, edit: true, delete: true, export: true, import: true, transfer: true },
}
const chinese: Reader = { object, lang: 'zh-CN', say: (key, values) => fill(zhCN[key], values), write: String }
const english: Reader = { ...chinese, lang: 'en', say: (key, values) => fill(en[key], values) }

const key: Filter = { field: 'level', op: 'in', value: ['重点客户'] }
const recent: Filter = { field: 'lastInteractionAt', op: 'within', value: { last: 7, unit: 'day' } }

const sentences: [Filter, string][] = [
  [key, '客户等级 是 重点客户'],
  [{ field: 'level', op: 'in', value: ['重点客户', 'VIP客户'] }, '客户等级 是 重点客户 或 VIP客户'],
  [{ and: [key, { not: recent }] }, '客户等级 是 重点客户 且 最近跟进 不在 最近 7 天'],
  [{ field: 'nextFollowUpAt', op: 'lt', value: '2026-11-25' }, '下次跟进 早于 2026-11-25'],
  [{ field: 'nextFollowUpAt', op: 'within', value: { this: 'week' } }, '下次跟进 在 本周'],
  [{ field: 'totalAmount', op: 'between', value: ['1000', '5000'] }, '累计交易金额 介于 1000 至 5000'],
  [{ field: 'owner', op: 'eq', value: { id: 'u1', label: '李雷' } }, '负责人 是 李雷'],
  [{ field: 'owner', op: 'eq', value: 'me' }, '负责人 是 我'],
  [{ field: 'email', op: 'empty' }, '邮箱 为空'],
  [{ field: 'tags', op: 'contains', value: ['含税', '老客户'] }, '标签 包含全部 含税 和 老客户'],
  [{ and: [key, { or: [{ field: 'email', op: 'empty' }, { field: 'phone', op: 'empty' }] }] }, '客户等级 是 重点客户 且 ( 邮箱 为空 或 电话 为空 )'],
  [{ not: { and: [key, recent] } }, '不满足 ( 客户等级 是 重点客户 且 最近跟进 在 最近 7 天 )'],
]

for (const [filter, sentence] of sentences) test(`a filter can be read: ${sentence}`, () => assert.equal(sentenceOf(filter, chinese), sentence))

test('the same filter reads in English', () => {
  assert.equal(sentenceOf({ and: [key, { not: recent }] }, english), 'Level is 重点客户 and Last follow-up is not in the last 7 days')
})

test('a filter goes through the editor and comes out as it was', () => {
  for (const [filter] of sentences) assert.deepEqual(toFilter(toTree(filter)), filter)
})

test('unfinished conditions ask nothing, and an emptied group disappears', () => {
  const unfinished = newLine('level', 'in')
  assert.equal(toFilter(newGroup('and', [unfinished])), undefined)
  const finished = { ...newLine('email', 'empty') }
  const inner = newGroup('or', [finished])
  const root = addTo(newGroup('and', [unfinished]), '', finished)
  assert.deepEqual(toFilter(addTo(root, root.key, inner)), { field: 'email', op: 'empty' })
  const emptied = withNode(newGroup('and', [inner]), finished.key, () => null)
  assert.deepEqual(emptied.children, [])
})

test('a chip can be taken away alone', () => {
  const chips = chipsOf({ and: [key, recent] })
  assert.deepEqual(fromChips(chips.filter(chip => chip !== recent)), key)
  assert.equal(fromChips([]), undefined)
})

test('an address with a filter that is none, too deep or too large shows the whole list', () => {
  const deep = Array.from({ length: 6 }).reduce<Filter>(inner => ({ and: [inner] }), key)
  for (const bad of [null, 'level', { field: 'level' }, { field: 'level', op: 'like' }, { and: [] }, { and: 'level' }, deep, { or: Array.from({ length: 50 }, () => key) }]) {
    assert.equal(readFilter(bad), undefined, JSON.stringify(bad))
  }
  assert.deepEqual(readListAddress({ filter: key, q: 8000, sort: '-createdAt', open: 'c1', more: 1 }), { filter: key, q: '8000', sort: '-createdAt', open: 'c1' })
})

test('the size is counted as the server counts it', () => {
  assert.deepEqual(sizeOf(toTree({ and: [key, { or: [recent, { not: recent }] }] })), { nodes: 6, depth: 4 })
})

test('a choice is asked about with several values at once, text with a part of it', () => {
  const opsOf = (name: string) => choicesOf(object.fields.find(field => field.name === name) ?? assert.fail(name)).map(choice => (choice.negated ? `not ${choice.op}` : choice.op))
  assert.deepEqual(opsOf('level'), ['in', 'notIn', 'empty', 'notEmpty'])
  assert.ok(opsOf('name').includes('not contains'))
  assert.ok(opsOf('nextFollowUpAt').includes('not within'))
})
