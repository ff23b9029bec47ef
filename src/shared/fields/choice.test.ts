import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Option } from '#shared/object.ts'
import { field, read, refused } from '../../../test/field.ts'
import { choice } from './choice.ts'
import { choices } from './choices.ts'
import { tags } from './tags.ts'

const option = (label: string, retired = false): Option => ({ id: `id-${label}`, label, color: 'grey', retired })
const lifecycle = { options: [...['潜在客户', '意向客户', '成交客户', 'VIP客户', '互联网/软件', '电话 营销'].map(label => option(label)), option('休眠客户', true)] }

test('a label is taken in any case and width, anything else is only offered', () => {
  for (const typed of ['VIP客户', 'vip客户', 'ＶＩＰ客户', ' VIP 客户 ']) assert.equal(read('choice', typed, lifecycle), 'VIP客户', typed)
  for (const typed of ['成交', '已成交', '成交用户']) assert.deepEqual(read('choice', typed, lifecycle), refused('choice.similar → 成交客户'), typed)
  assert.deepEqual(read('choice', '互联网', lifecycle), refused('choice.similar → 互联网/软件'))
  for (const typed of ['客户', '流失', 'x', 5, {}, []]) if (!Array.isArray(typed)) assert.deepEqual(read('choice', typed, lifecycle), refused('choice.unknown'), String(typed))
  assert.deepEqual(read('choice', '休眠客户', lifecycle), refused('choice.retired'))
  assert.deepEqual(read('choice', '成交客户'), refused('choice.unknown'))
})

test('several options come in the order of the field, none twice', () => {
  assert.deepEqual(read('choices', '成交客户、潜在客户，成交客户', lifecycle), ['潜在客户', '成交客户'])
  assert.deepEqual(read('choices', ['成交客户', 'vip客户'], lifecycle), ['成交客户', 'VIP客户'])
  assert.deepEqual(read('choices', '互联网/软件', lifecycle), ['互联网/软件'])
  assert.deepEqual(read('choices', '潜在客户/成交客户', lifecycle), ['潜在客户', '成交客户'])
  assert.deepEqual(read('choices', '潜在、成交客户', lifecycle), refused('choice.similar → 潜在客户、成交客户'))
  assert.deepEqual(read('choices', '潜在客户、火星', lifecycle), refused('choice.unknown'))
  assert.equal(read('choices', [], lifecycle), null)
})

test('options are ordered as the company ordered them', () => {
  const it = field('choice', lifecycle)
  assert.deepEqual(['VIP客户', '成交客户', '潜在客户'].sort((a, b) => choice.compare(a, b, it)), ['潜在客户', '成交客户', 'VIP客户'])
  assert.ok(choices.compare(['潜在客户'], ['潜在客户', '成交客户'], it) < 0)
})

test('tags are words in the order given', () => {
  assert.deepEqual(read('tags', '#华东、 重点，华东'), ['华东', '重点'])
  assert.deepEqual(read('tags', ['b', 'a', ' ']), ['b', 'a'])
  assert.deepEqual(read('tags', [{}]), refused('tags.invalid'))
  assert.deepEqual(read('tags', 'x'.repeat(41)), refused('tags.tooLong'))
  assert.deepEqual(read('tags', Array.from({ length: 51 }, (_, i) => `t${i}`)), refused('tags.tooMany'))
  assert.equal(tags.format(['a', 'b'], field('tags'), 'en'), 'a, b')
})

test('yes and no are understood in many words', () => {
  for (const typed of ['是', '√', 'Y', 'TRUE', '１', true, 1]) assert.equal(read('boolean', typed), true, String(typed))
  for (const typed of ['否', '×', 'n', 'false', '0', false, 0]) assert.equal(read('boolean', typed), false, String(typed))
  for (const typed of ['也许', 2, {}]) assert.deepEqual(read('boolean', typed), refused('boolean.invalid'))
})
