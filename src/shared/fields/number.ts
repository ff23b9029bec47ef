import type { Field } from '../object.ts'
import { compareDecimals, grouped, isNumber, readNumber, round, shift, type Decimal } from '../money.ts'
import { accept, refuse, type FieldType, type ParseContext, type Parsed } from './field.ts'
import type { Finding } from '../problem.ts'
import { cleanLine, textOf } from './letters.ts'
import { hidden, hideSql } from './mask.ts'
import { numberOps } from './ops.ts'

/** Reads a decimal and brings it to the places of the field (`field.decimals`). `words` may stand behind the number. */
export function parseDecimal(input: unknown, field: Field, context: ParseContext, words: readonly string[] = []): Parsed<Decimal> {
  const places = field.decimals
  const text = typeof input === 'boolean' ? null : textOf(input)
  if (text === null) return refuse('number.invalid')
  const line = cleanLine(text)
  if (line === '') return accept<Decimal>(null)
  // GBK has no ¥: a file saved in it holds a question mark instead.
  const hasLostSign = context.fromFile === true && /^[?？]\s*[\d.]/.test(line)
  const read = readNumber(hasLostSign ? line.slice(1) : line, field.unit === undefined ? words : [field.unit, ...words])
  if (!isNumber(read)) return refuse(`number.${read.reason}`, undefined, read.proposal)
  const value = places === undefined ? read.value : round(read.value, places)
  const range = outOfRange(value, field)
  if (range) return range
  const findings: Finding[] = []
  if (hasLostSign) findings.push({ code: 'number.lostSign', values: { value: grouped(value) } })
  if (read.unit !== undefined) findings.push({ code: 'number.unit', values: { unit: read.unit, value: grouped(value) } })
  if (places !== undefined && !isSame(read.value, value)) findings.push({ code: 'number.rounded', values: { places, value: grouped(value) } })
  return accept(value, ...findings)
}

function outOfRange(value: Decimal, field: Field) {
  if (field.min !== undefined && compareDecimals(value, plain(field.min)) < 0) return refuse('number.tooSmall', { min: field.min })
  if (field.max !== undefined && compareDecimals(value, plain(field.max)) > 0) return refuse('number.tooBig', { max: field.max })
  return null
}

/** A bound as a decimal: JavaScript writes 1e21 and 1e-7. */
function plain(bound: number): Decimal {
  const [digits = '0', power] = String(bound).split('e')
  return power === undefined ? digits : shift(digits, Number(power))
}

/** Equal but for the dust of floating point that spreadsheets leave: 0.30000000000000004. */
const isSame = (read: Decimal, rounded: Decimal) => compareDecimals(read, rounded) === 0 || compareDecimals(round(read, 9), rounded) === 0

/** What number, money and percent have in common. */
export const numeric = {
  sql: 'numeric',
  ops: numberOps,
  compare: compareDecimals,
  mask: () => hidden,
  maskSql: hideSql,
} satisfies Partial<FieldType<Decimal>>

/** A number as a decimal text. Without `decimals` it keeps the places it came with. */
export const number: FieldType<Decimal> = {
  ...numeric,
  name: 'number',
  parse: (input, field, context) => parseDecimal(input, field, context),
  format: (value, field) => (field.unit ? `${grouped(value)} ${field.unit}` : grouped(value)),
}
