import assert from 'node:assert/strict'
import { test } from 'node:test'
import { customer } from '#shared/objects/customer.ts'
import { pinyinKey, questionOf, readingsOf, soundQuestionOf, tokensOf } from './search-tokens.ts'

test('a name gives pairs of characters, its sounds, and a last character of its own', () => {
  const tokens = tokensOf(customer, { name: '北京科技' })
  for (const token of ['北京', '京科', '科技', '技', '~0bei', '~0eij', '^0bjk', '^0jkj']) assert.ok(tokens.includes(token), token)
})

test('a phone is found by any three digits and by its last four, an extension does not count as these', () => {
  const tokens = tokensOf(customer, { phone: '010-12345678-801' })
  for (const token of ['123', '678', '801', '$5678']) assert.ok(tokens.includes(token), token)
  assert.ok(!tokens.includes('$-801'))
})

test('short questions are prefixes, longer ones all of their grams', () => {
  assert.equal(questionOf('京'), "('京':*)")
  assert.equal(questionOf('北京科'), "('北京' & '京科')")
  assert.equal(questionOf('8000'), "(('800' & '000') | '$8000')")
  assert.equal(questionOf('%'), null)
  assert.equal(questionOf("o'b"), "('o':* & 'b':*)")
})

test('only letters can be a sound', () => {
  assert.equal(soundQuestionOf('bjkj', 0), "(('~0bjk' & '~0jkj') | ('^0bjk' & '^0jkj'))")
  assert.equal(soundQuestionOf('bj1', 0), null)
  assert.equal(soundQuestionOf('北京', 0), null)
})

test('a character that is read in two ways is found by both', () => {
  assert.deepEqual(readingsOf('重庆').map(reading => reading.join('')), ['zhongqing', 'chongqing'])
  assert.equal(readingsOf('北京').length, 1)
})

test('names sort by their sound, syllable by syllable, and homophones keep one order', () => {
  const names = ['张伟', '章伟', '北京', '安徽', '曾国藩', 'Acme']
  const sorted = names.toSorted((a, b) => Buffer.compare(Buffer.from(pinyinKey(a) ?? ''), Buffer.from(pinyinKey(b) ?? '')))
  assert.deepEqual(sorted, ['Acme', '安徽', '北京', '曾国藩', '张伟', '章伟'])
  assert.equal(pinyinKey(null), null)
})
