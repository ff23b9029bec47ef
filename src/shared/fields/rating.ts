import { compareDecimals, isNumber, readNumber, type Decimal } from '../money.ts'
import type { Field } from '../object.ts'
import { accept, refuse, type FieldType } from './field.ts'
import { cleanLine, halfWidth, textOf } from './letters.ts'
import { numeric } from './number.ts'

/** Stars of a field: five, unless it says otherwise. */
export const starsOf = (field: Pick<Field, 'max'>) => field.max ?? 5

const full = '★'
const open = '☆'

/** A number of stars, from 1 to as many as the field has: `3`, `★★★`, `★★★☆☆`, `3星`, `3/5`. */
export const rating: FieldType<Decimal> = {
  ...numeric,
  name: 'rating',
  parse(input, field) {
    const most = starsOf(field)
    const wrong = (proposal?: string) => refuse('rating.invalid', { most }, proposal)
    const text = typeof input === 'boolean' ? null : textOf(input)
    if (text === null) return wrong()
    const line = halfWidth(cleanLine(text)).replace(/\s+/g, '')
    if (line === '') return accept<Decimal>(null)
    const count = starsIn(line) ?? numberIn(line, most)
    if (count === null) return wrong()
    if (/^[1-9]\d?$/.test(count) && Number(count) <= most) return accept(count)
    const near = /^\d{1,3}(?:\.\d+)?$/.test(count) ? Math.min(most, Math.max(1, Math.round(Number(count)))) : null
    return wrong(near === null ? undefined : String(near))
  },
  format: (value, field) => starsText(value, field),
  compare: compareDecimals,
}

/** `★★★☆☆` */
export function starsText(value: Decimal, field: Pick<Field, 'max'>): string {
  const count = Math.round(Number(value))
  return full.repeat(Math.max(0, count)) + open.repeat(Math.max(0, starsOf(field) - count))
}

/** Full stars, with empty ones behind them or not. */
const starsIn = (line: string) => (/^[★⭐*]\uFE0F?/.test(line) && /^(?:[★⭐*]\uFE0F?)+☆*$/.test(line) ? String([...line].filter(letter => '★⭐*'.includes(letter)).length) : null)

/** Before 星, 分 or 颗; behind a slash stands how many there are. */
function numberIn(line: string, most: number): string | null {
  const [count = '', of] = line.replace(/(?:颗星|颗|星级|星|分|stars?)$/i, '').split('/')
  if (of !== undefined && of !== String(most)) return null
  const read = readNumber(count)
  return isNumber(read) && read.unit === undefined ? read.value : null
}
