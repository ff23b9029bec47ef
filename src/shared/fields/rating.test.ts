import assert from 'node:assert/strict'
import { test } from 'node:test'
import { context, field } from '../../../test/field.ts'
import { isRefused } from './field.ts'
import { rating } from './rating.ts'

const it = field('rating', {})
const readAs = (input: unknown, max?: number) => {
  const parsed = rating.parse(input, max === undefined ? it : { ...it, max }, context)
  return isRefused(parsed) ? [parsed.refusal.code, parsed.refusal.proposal] : parsed.value
}

test('stars, digits and what people write beside them are understood', () => {
  for (const input of ['3', 3, '３', '★★★', '★★★☆☆', '⭐⭐⭐', '3星', '3 颗星', '3/5', '3分', '三', '3.0', ' 3 stars']) assert.equal(readAs(input), '3', String(input))
  assert.equal(readAs('7', 10), '7')
})

test('what is no number of stars is refused, with the nearest one', () => {
  assert.deepEqual([readAs('6'), readAs('0'), readAs('3.5'), readAs('好'), readAs('4/10'), readAs('-1')], [['rating.invalid', '5'], ['rating.invalid', '1'], ['rating.invalid', '4'], ['rating.invalid', undefined], ['rating.invalid', undefined], ['rating.invalid', undefined]])
  assert.equal(rating.format('4', it, 'en'), '★★★★☆')
})
