import { accept, isRefused, refuse, type FieldType, type Parsed } from './field.ts'
import { cleanLine, halfWidth, textOf } from './letters.ts'
import { shift } from '../money.ts'
import { textual } from './text.ts'

const base = textual('phone', 'phone', 40, text => text)

/**
 * A phone number, kept canonical, so that 138 0013 8000 and +86-13800138000 are one number:
 * `13800138000` · `010-12345678` · `010-12345678-801` · `400-123-4567` · `95588` · `+442071838750` (E.164).
 */
export const phone: FieldType<string> = {
  ...base,
  parse(input) {
    const typed = textOf(input)
    if (typed === null) return refuse('phone.invalid')
    const line = halfWidth(cleanLine(typed)).replace(/[‐-―−－~–—]/g, '-').replace(/^(?:手机|电话|座机|联系电话|联系方式|tel|mobile|phone|t|m)(?:号码|号)?[.:\s]+/i, '').trim()
    if (line === '') return accept<string>(null)
    return several(line) ?? one(line)
  },
  format: value => (mobile.test(value) ? `${value.slice(0, 3)} ${value.slice(3, 7)} ${value.slice(7)}` : value),
}

type ForeignPhone = (text: string) => string | null
/** Without the table of the world's numbers: whatever looks like E.164. The server has the table and decides. */
let foreign: ForeignPhone = text => { const digits = text.replace(/[\s().-]/g, ''); return /^\+[1-9]\d{6,14}$/.test(digits) ? digits : null }

/** Gives the type the rules for numbers of other countries: `+44 …` → E.164, or null. */
export function useForeignPhone(read: ForeignPhone) { foreign = read }

const mobile = /^1[3-9]\d{9}$/
const extension = String.raw`(?:\s*(?:-|转|ext\.?|分机号?|x|#|,|\()\s*:?\s*(\d{1,6})\)?)?`
const landline = new RegExp(String.raw`^\(?(0(?:10|2\d|[3-9]\d{2}))\)?[\s-]*([1-9]\d{2,3})[\s-]?(\d{4})${extension}$`, 'i')
const service = /^(?:9[56]\d{3,6}|1(?:[0-2]\d{3}|[12]\d))$/

/** One number; refused with what is wrong and, where possible, what was meant. */
function one(line: string): Parsed<string> {
  const scientific = fromScience(line)
  if (scientific) return scientific
  const digits = line.replace(/\.0+$/, '').replace(/[\s().·_-]/g, '')
  const home = digits.replace(/^(?:\+|00)?86(?=(?:0?1[3-9]\d{9}|[48]00\d{7}|0\d{9,11})$)/, '')
  const domestic = home.replace(/^0(?=1[3-9]\d{9}$)/, '')
  if (mobile.test(domestic)) return accept(domestic)
  if (/^[48]00\d{7}$/.test(home)) return accept(`${home.slice(0, 3)}-${home.slice(3, 6)}-${home.slice(6)}`)
  const fixed = landline.exec(line.replace(/^\(?(?:\+|00)86\)?[\s-]*(?:\(0\)|0)?\s*(?=\d)/, '0'))
  if (fixed) return accept(`${fixed[1]}-${fixed[2]}${fixed[3]}${fixed[4] ? `-${fixed[4]}` : ''}`)
  if (service.test(digits)) return accept(digits)
  if (/^(?:\+|00(?!0))(?!86)[\d\s().-]+$/.test(line)) {
    const international = foreign(line.replace(/^00/, '+'))
    return international === null ? refuse('phone.foreign') : accept(international)
  }
  return /^\d+\.\d+$/.test(line) ? refuse('phone.invalid') : damaged(domestic)
}

/** Excel writes long numbers as 1.39E+10. If all eleven digits are there it is only a spelling; otherwise they are gone for ever. */
function fromScience(line: string): Parsed<string> | null {
  const parts = /^(\d)(?:\.(\d+))?e\+?(\d{1,2})$/i.exec(line)
  if (!parts) return null
  const fraction = parts[2] ?? ''
  const number = shift(`${parts[1]}.${fraction || '0'}`, Number(parts[3]))
  return fraction.length >= Number(parts[3]) && mobile.test(number) ? accept(number) : refuse('phone.precisionLost')
}

function damaged(digits: string): Parsed<string> {
  if (!/^\d+$/.test(digits)) return refuse('phone.invalid')
  if (/^1[3-9]\d{3,8}$/.test(digits)) return refuse('phone.short', { digits: digits.length })
  if (/^1[3-9]\d{10,}$/.test(digits)) return refuse('phone.long', { digits: digits.length })
  if (/^0(?:10|2\d|[3-9]\d{2})[1-9]\d{2,5}$/.test(digits)) return refuse('phone.shortLandline')
  if (/^[2-9]\d{6,7}$/.test(digits)) return refuse('phone.areaCode')
  return refuse('phone.invalid')
}

/** Two numbers in one cell: the first is offered, nothing is lost silently. */
function several(line: string): Parsed<string> | null {
  let parts = line.split(/[、,;/|]+|或|和|\s{2,}/).map(part => part.trim()).filter(part => part.replace(/\D/g, '').length >= 5)
  if (parts.length < 2) parts = line.match(/(?<!\d)(?:\+?86[-\s]?)?1[3-9]\d(?:[-\s]?\d{4}){2}(?!\d)/g) ?? []
  if (parts.length < 2) return null
  for (const part of parts) {
    const first = one(part)
    if (!isRefused(first) && first.value !== null) return refuse('phone.several', { proposal: first.value }, first.value)
  }
  return null
}
