import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { add, compareDecimals, grouped, inTenThousands, readNumber, round, shift } from './money.ts'

const readings: [written: string, value: string][] = [
  ['￥1,234.50', '1234.5'], ['¥1,234.50', '1234.5'], ['1，234.50元', '1234.5'], ['50万', '500000'], ['50 万元', '500000'], ['1.5亿', '150000000'], ['3千元', '3000'], ['50w', '500000'],
  ['(1,234.00)', '-1234'], ['（1,234.00）', '-1234'], ['-¥5', '-5'], ['¥-5', '-5'], ['１２３４．５', '1234.5'], ['1,2345', '12345'], ['007', '7'], ['.5', '0.5'], ['5.', '5'], ['-0.00', '0'],
  ['1e5', '100000'], ['人民币 100 元整', '100'], ['壹万元整', '10000'], ['壹佰贰拾叁元肆角伍分', '123.45'], ['三千五百', '3500'], ['十万', '100000'], ['两万五千', '25000'], ['壹亿零伍拾', '100000050'],
]

test('amounts are understood as they are written in China', () => {
  for (const [written, value] of readings) assert.equal((readNumber(written) as { value?: string }).value, value, written)
})

test('what is no number, or two, is refused; a European spelling is offered mended', () => {
  for (const written of ['', '-', 'abc', '1,23,456', '12%', '1e400', '1.2.3', '12 13 abc', '一二', '--5', '1万2', 'NaN', 'Infinity', '0x10']) assert.equal((readNumber(written) as { reason?: string }).reason, 'invalid', written)
  assert.deepEqual(readNumber('1.234,50'), { reason: 'invalid', proposal: '1234.5' })
  for (const written of ['$100', '100 USD', '€5', 'HK$5', '100美元']) assert.deepEqual(readNumber(written), { reason: 'currency' })
  assert.deepEqual(readNumber('9'.repeat(31)), { reason: 'tooLarge' })
})

test('no cent is lost where floating point would lose it', () => {
  assert.equal(add('0.1', '0.2'), '0.3')
  assert.equal(add('-0.50', '0.5'), '0.00')
  assert.equal(round('1.005', 2), '1.01')
  assert.equal(round('-1.005', 2), '-1.01')
  assert.equal(round('5', 2), '5.00')
  assert.equal(round('-0.001', 2), '0.00')
  assert.equal(shift('1.005', 4), '10050')
  assert.equal(shift('-5', -4), '-0.0005')
})

test('amounts are written with thousands separators, and in 万', () => {
  assert.equal(grouped('1234567.80'), '1,234,567.80')
  assert.equal(grouped('-123'), '-123')
  assert.equal(inTenThousands('500000.00'), '50')
  assert.equal(inTenThousands('1234567'), '123.46')
  assert.equal(inTenThousands('-12345678901'), '-1,234,567.89')
})

const decimal = fc.tuple(fc.bigInt({ min: -(10n ** 25n), max: 10n ** 25n }), fc.nat({ max: 6 })).map(([units, places]) => shift(String(units), -places))

test('decimals are ordered as numbers, and what is written is read again', () => {
  fc.assert(fc.property(decimal, decimal, (a, b) => {
    const places = 8
    const exact = BigInt(shift(a, places)) - BigInt(shift(b, places))
    assert.equal(Math.sign(compareDecimals(a, b)), exact < 0n ? -1 : exact > 0n ? 1 : 0)
    assert.equal((readNumber(grouped(a)) as { value?: string }).value, a)
  }))
})

test('no text makes the reader of numbers fail', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), text => { readNumber(text) }))
})
