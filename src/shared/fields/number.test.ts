import assert from 'node:assert/strict'
import { test } from 'node:test'
import { field, findings, fromFile, read, refused } from '../../../test/field.ts'
import { formatShort, money } from './money.ts'
import { number } from './number.ts'
import { percent } from './percent.ts'

test('money has two places and no cent is invented', () => {
  assert.equal(read('money', '50万'), '500000.00')
  assert.deepEqual(findings('money', '50万'), ['number.unit'])
  assert.equal(read('money', '￥1,234.50'), '1234.50')
  assert.equal(read('money', 128000.5), '128000.50')
  assert.equal(read('money', 0.1 + 0.2), '0.30')
  assert.deepEqual(findings('money', 0.1 + 0.2), [])
  assert.equal(read('money', '1.005'), '1.01')
  assert.deepEqual(findings('money', '1.005'), ['number.rounded'])
  assert.deepEqual(read('money', '1.234,50'), refused('number.invalid → 1234.5'))
  assert.equal(read('money', '?217121.56', {}, fromFile), '217121.56')
  assert.deepEqual(findings('money', '?217121.56', {}, fromFile), ['number.lostSign'])
  assert.deepEqual(read('money', '?217121.56'), refused('number.invalid'))
  assert.deepEqual(read('money', '$100'), refused('number.currency'))
  assert.deepEqual(read('money', '12%'), refused('number.invalid'))
  assert.deepEqual(read('money', true), refused('number.invalid'))
  assert.deepEqual(read('money', NaN), refused('number.invalid'))
})

test('a number keeps its places unless the field says how many, and its unit may stand behind it', () => {
  assert.equal(read('number', '1,234.50'), '1234.5')
  assert.equal(read('number', '12.6', { decimals: 0 }), '13')
  assert.equal(read('number', '1,200 人', { unit: '人' }), '1200')
  assert.deepEqual(read('number', '1200 天', { unit: '人' }), refused('number.invalid'))
})

test('the limits of the field are kept exactly', () => {
  assert.equal(read('number', '10', { min: 0, max: 10 }), '10')
  assert.deepEqual(read('number', '10.0000000000000000001', { max: 10 }), refused('number.tooBig'))
  assert.deepEqual(read('money', '-0.01', { min: 0 }), refused('number.tooSmall'))
  assert.equal(read('number', '0.0000001', { min: 1e-7 }), '0.0000001')
})

test('a percent is written with or without its sign', () => {
  for (const typed of ['12.5%', '12.5', '１２．５％', '12.5 ％']) assert.equal(read('percent', typed), '12.5')
})

test('people read thousands separators, ¥, % and units', () => {
  assert.equal(money.format('1234567.00', field('money'), 'zh-CN'), '¥1,234,567.00')
  assert.equal(money.format('-5.00', field('money'), 'zh-CN'), '-¥5.00')
  assert.equal(formatShort('500000.00', 'zh-CN'), '50 万')
  assert.equal(number.format('1200', field('number', { unit: '人' }), 'en'), '1,200 人')
  assert.equal(percent.format('12.5', field('percent'), 'en'), '12.5%')
})
