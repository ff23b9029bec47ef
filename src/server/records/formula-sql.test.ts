import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { customer } from '#shared/objects/customer.ts'
import type { Field } from '#shared/object.ts'
import { freshDatabase } from '#test/database.ts'
import { sql } from '../db/sql.ts'
import { formulaSql } from './formula-sql.ts'

/** A naive second telling: fractions of whole numbers, no line in common with the formula. */
interface Fraction { over: bigint; under: bigint }
const plain = (text: string): Fraction => { const [whole = '0', behind = ''] = text.split('.'); return { over: BigInt(whole + behind), under: 10n ** BigInt(behind.length) } }
const calculate: Record<string, (a: Fraction, b: Fraction) => Fraction | null> = {
  '+': (a, b) => ({ over: a.over * b.under + b.over * a.under, under: a.under * b.under }),
  '-': (a, b) => ({ over: a.over * b.under - b.over * a.under, under: a.under * b.under }),
  '*': (a, b) => ({ over: a.over * b.over, under: a.under * b.under }),
  '/': (a, b) => (b.over === 0n ? null : { over: a.over * b.under * (b.over < 0n ? -1n : 1n), under: a.under * (b.over < 0n ? -b.over : b.over) }),
}
/** To ten places, half away from zero. */
function written({ over, under }: Fraction): string {
  const big = over * 10n ** 10n
  const half = (big < 0n ? -1n : 1n) * under
  const units = (2n * big + half) / (2n * under)
  const digits = String(units < 0n ? -units : units).padStart(11, '0')
  return `${units < 0n ? '-' : ''}${digits.slice(0, -10)}.${digits.slice(-10)}`.replace(/\.?0+$/, '')
}

type Tree = { text: string; value: Fraction | null }
const number = fc.tuple(fc.bigInt({ min: 0n, max: 999_999_999n }), fc.constantFrom(0, 1, 2, 4)).map(([units, places]): Tree => {
  const digits = String(units).padStart(places + 1, '0')
  const text = places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`
  return { text, value: plain(text) }
})
const { tree } = fc.letrec<{ tree: Tree }>(tie => ({
  tree: fc.oneof({ maxDepth: 3, withCrossShrink: true }, number, fc.tuple(fc.constantFrom('+', '-', '*'), tie('tree'), tie('tree')).map(([operator, a, b]): Tree =>
    ({ text: `(${a.text} ${operator} ${b.text})`, value: a.value && b.value ? calculate[operator]?.(a.value, b.value) ?? null : null }))),
}))
const formulas = fc.oneof(tree, fc.tuple(tree, number).map(([a, b]): Tree => ({ text: `${a.text} / ${b.text}`, value: a.value && b.value ? calculate['/']?.(a.value, b.value) ?? null : null })))

test('arithmetic is exact, whatever is written', async () => {
  const db = await freshDatabase('arithmetic')
  await fc.assert(fc.asyncProperty(fc.array(formulas, { minLength: 10, maxLength: 10 }), async some => {
    for (const { text, value } of some) {
      const field: Field = { name: 'x', label: { 'zh-CN': '', en: '' }, type: 'number', column: 'f_x', group: '', formula: text }
      const [row] = await db.query<{ value: string | null }>(sql`select ${formulaSql(customer, field)} as value`)
      const expected = value && (value.over < 0n ? -value.over : value.over) / value.under < 10n ** 30n ? written(value) : null
      assert.equal(row?.value ?? null, expected === '-0' ? '0' : expected, text)
    }
  }), { numRuns: 10 })
  await db.end()
})
