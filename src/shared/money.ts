import { halfWidth } from './fields/letters.ts'

/** A decimal number as text: `-1234.50`. Money never meets floating point. */
export type Decimal = string

/** Why a text is no number, and what it may have meant. */
export interface NotANumber { reason: 'invalid' | 'tooLarge' | 'currency'; proposal?: Decimal }
export interface ReadNumber { value: Decimal; unit?: string }

/** More digits than any amount of any company; PostgreSQL itself would take 131,072. */
const mostDigits = 30
const scales: Record<string, number> = { 百: 2, 千: 3, k: 3, 万: 4, w: 4, 十万: 5, 百万: 6, 千万: 7, 亿: 8, 十亿: 9, 百亿: 10, 千亿: 11, 万亿: 12 }
const amount = /^([-+]?)([0-9.,]*[0-9][0-9.,]*)(?:e([-+]?[0-9]{1,3}))?(百|千|k|万|w|十万|百万|千万|亿|十亿|百亿|千亿|万亿)?$/

/**
 * Reads a number as it is written in China: `￥1,234.50`, `1，234.50元`, `50万`, `(1,234.00)` for a negative, full-width digits, `壹万元整`.
 * `unit` names the unit that multiplied it. `words` are further units that may stand behind, such as 人 or %.
 */
export function readNumber(text: string, words: readonly string[] = []): ReadNumber | NotANumber {
  let rest = halfWidth(text).replace(/[\s'’_]/g, '').replace(/[−–—]/g, '-').replaceAll('￥', '¥').toLowerCase()
  let negative = false
  const bracketed = /^[-+]?\((.*)\)$/.exec(rest)
  if (bracketed) { negative = true; rest = bracketed[1] ?? '' }
  rest = rest.replace(/^([-+]?)(?:人民币|rmb|cny|¥)([-+]?)/, '$1$2').replace(/(?:人民币|rmb|cny)$/, '')
  if (/^[-+]?(?:us\$|hk\$|[$€£₩]|usd|eur|gbp|hkd|jpy)|(?:usd|eur|gbp|hkd|jpy|美元|欧元|日元|港币|[$€£])$/.test(rest)) return { reason: 'currency' }
  for (const word of words) if (word !== '' && rest.endsWith(word.toLowerCase())) rest = rest.slice(0, -word.length)
  rest = rest.replace(/(?:元整|圆整|块钱|元|圆|块|整)$/, '')
  const parts = amount.exec(rest)
  if (!parts) return capitals(rest, negative)
  return assemble(parts, negative)
}

function assemble([, sign, digits = '', exponent, unit]: RegExpExecArray, negative: boolean): ReadNumber | NotANumber {
  const plain = ungroup(digits)
  if (plain === null) return european(digits)
  const power = Number(exponent ?? 0) + (unit ? scales[unit] ?? 0 : 0)
  if (Math.abs(power) > mostDigits) return { reason: 'invalid' }
  const moved = shift(plain, power)
  if ((moved.split('.')[0] ?? '').length > mostDigits || moved.length > 2 * mostDigits) return { reason: 'tooLarge' }
  const value = negative !== (sign === '-') ? negate(moved) : moved
  return unit ? { value, unit } : { value }
}

/** Takes thousands separators away if they stand where they must: `1,234,567.8`, in Chinese also every four (`1,2345`). Otherwise null. */
function ungroup(digits: string): string | null {
  if (/^[0-9]*\.?[0-9]*$/.test(digits)) return trimmed(digits)
  return /^[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]*)?$/.test(digits) || /^[0-9]{1,4}(?:,[0-9]{4})+(?:\.[0-9]*)?$/.test(digits) ? trimmed(digits.replaceAll(',', '')) : null
}

/** `1.234,50` is a number in Europe; here it is a question. */
const european = (digits: string): NotANumber => (/^[0-9]{1,3}(?:\.[0-9]{3})*,[0-9]{1,2}$/.test(digits)
  ? { reason: 'invalid', proposal: trimmed(digits.replaceAll('.', '').replace(',', '.')) } : { reason: 'invalid' })

const digitNames = new Map([...'零〇壹一贰二叁三肆四伍五陆六柒七捌八玖九两'].map((name, i) => [name, [0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 2][i] ?? 0]))
const powers: Record<string, bigint> = { 拾: 10n, 十: 10n, 佰: 100n, 百: 100n, 仟: 1000n, 千: 1000n }

/** 壹万贰仟元整, 三千五百: written numerals. 角 and 分 behind 元 are hundredths. */
function capitals(text: string, negative: boolean): ReadNumber | NotANumber {
  const parts = /^([零〇壹一贰二叁三肆四伍五陆六柒七捌八玖九两拾十佰百仟千万亿]+)(?:[元圆]([壹一贰二叁三肆四伍五陆六柒七捌八玖九])角)?(?:[元圆零]?([壹一贰二叁三肆四伍五陆六柒七捌八玖九])分)?$/.exec(text)
  if (!parts?.[1]) return { reason: 'invalid' }
  let total = 0n
  let section = 0n
  let digit: bigint | null = null
  for (const letter of parts[1]) {
    const power = powers[letter]
    if (power) { section += (digit ?? 1n) * power; digit = null }
    else if (letter === '万' || letter === '亿') { total = (total + section + (digit ?? 0n)) * (letter === '万' ? 10_000n : 100_000_000n); section = 0n; digit = null }
    else if (digit !== null && digit !== 0n) return { reason: 'invalid' }
    else digit = BigInt(digitNames.get(letter) ?? 0)
  }
  const hundredths = `${digitNames.get(parts[2] ?? '') ?? 0}${digitNames.get(parts[3] ?? '') ?? 0}`
  const value = trimmed(`${total + section + (digit ?? 0n)}.${hundredths}`)
  return { value: negative ? negate(value) : value }
}

export const isNumber = (read: ReadNumber | NotANumber): read is ReadNumber => 'value' in read

/** Canonical: no leading zeros, no zeros behind the point, no lonely point, no minus zero. */
function trimmed(digits: string): Decimal {
  const [whole = '', fraction = ''] = digits.split('.')
  const behind = fraction.replace(/0+$/, '')
  return (whole.replace(/^0+(?=[0-9])/, '') || '0') + (behind === '' ? '' : `.${behind}`)
}

const negate = (value: Decimal): Decimal => (value.startsWith('-') ? value.slice(1) : /[1-9]/.test(value) ? `-${value}` : value)

/** Times ten to the `power`, exactly. */
export function shift(value: Decimal, power: number): Decimal {
  const { units, scale } = take(value)
  const moved = scale - power
  return moved >= 0 ? put(units, moved) : put(units * 10n ** BigInt(-moved), 0)
}

/** To `places` behind the point, half away from zero, always with all places: `1.005` → `1.01`, `5` → `5.00`. */
export function round(value: Decimal, places: number): Decimal {
  const { units, scale } = take(value)
  if (scale <= places) return fixed(units * 10n ** BigInt(places - scale), places)
  const unit = 10n ** BigInt(scale - places)
  const half = units < 0n ? -unit / 2n : unit / 2n
  return fixed((units + half) / unit, places)
}

export function compareDecimals(a: Decimal, b: Decimal): number {
  const x = take(a)
  const y = take(b)
  const left = x.units * 10n ** BigInt(Math.max(0, y.scale - x.scale))
  const right = y.units * 10n ** BigInt(Math.max(0, x.scale - y.scale))
  return left < right ? -1 : left > right ? 1 : 0
}

export function add(a: Decimal, b: Decimal): Decimal {
  const x = take(a)
  const y = take(b)
  const scale = Math.max(x.scale, y.scale)
  return fixed(x.units * 10n ** BigInt(scale - x.scale) + y.units * 10n ** BigInt(scale - y.scale), scale)
}

/** With thousands separators: `-1,234,567.80`. */
export function grouped(value: Decimal): string {
  const [whole = '', fraction] = value.split('.')
  return whole.replace(/[0-9](?=(?:[0-9]{3})+$)/g, '$&,') + (fraction === undefined ? '' : `.${fraction}`)
}

/** In units of 万, at most two places: `500000.00` → `50`, `1234567` → `123.46`. */
export const inTenThousands = (value: Decimal): string => grouped(shift(round(shift(value, -4), 2), 0))

function take(value: Decimal): { units: bigint; scale: number } {
  const point = value.indexOf('.')
  return { units: BigInt(value.replace('.', '') || '0'), scale: point < 0 ? 0 : value.length - point - 1 }
}

function put(units: bigint, scale: number): Decimal {
  const text = fixed(units < 0n ? -units : units, scale)
  return units < 0n ? negate(trimmed(text)) : trimmed(text)
}

function fixed(units: bigint, scale: number): Decimal {
  const digits = String(units < 0n ? -units : units).padStart(scale + 1, '0')
  const text = scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`
  return units < 0n ? `-${text}` : text
}
