import { fieldTypes, parseField } from '#shared/fields/all.ts'
import { isEmpty, isRefused } from '#shared/fields/field.ts'
import type { ParseContext, Parsed } from '#shared/fields/field.ts'
import type { Field, Lang } from '#shared/object.ts'
import type { Finding } from '#shared/problem.ts'
import { today } from '#shared/dates.ts'
import { currentLang } from '#web/i18n.ts'
import { currentSession } from '#web/session/me.ts'
import { isReference } from './shape.ts'
import type { FieldOut } from '#web/objects.ts'

// The storage column is the server's business; the field types never look at it.
const whole = (field: FieldOut): Field => ({ ...field, column: '' })

/** What the surroundings of this screen know: today in the company's time zone. */
export function context(): ParseContext {
  const session = currentSession()
  const timeZone = 'me' in session ? session.me.timeZone : 'Asia/Shanghai'
  return { today: today(timeZone), timeZone }
}

/** Understands what was typed, as form, grid and server do. */
export const understand = (field: FieldOut, input: unknown): Parsed<unknown> => parseField(whole(field), input, context())

/** The same for a value that is asked about, not stored: empty is fine, length does not matter. */
export const understandLoosely = (field: FieldOut, input: unknown): Parsed<unknown> => {
  const { required: _required, maxLength: _maxLength, ...rest } = whole(field)
  return parseField(rest, input, context())
}

export function refusalOf(field: FieldOut, input: unknown): Finding | null {
  const parsed = understand(field, input)
  return isRefused(parsed) ? parsed.refusal : null
}

/** What deserves a look without being wrong. */
export function adviceOf(field: FieldOut, input: unknown): Finding | null {
  const parsed = understand(field, input)
  return isRefused(parsed) ? null : parsed.findings?.[0] ?? null
}

/** The value as people read it. What is masked, or still raw as it was typed, is shown as it is. */
export function write(value: unknown, field: FieldOut, lang: Lang = currentLang()): string {
  if (isEmpty(value)) return ''
  if (isReference(value)) return value.label ?? ''
  if (field.access === 'masked') return String(value)
  const parsed = understandLoosely(field, value)
  if (!isRefused(parsed) && field.type === 'datetime' && typeof parsed.value === 'string') return writeMoment(parsed.value)
  if (isRefused(parsed) || parsed.value === null) return Array.isArray(value) ? value.join(', ') : String(value)
  return fieldTypes[field.type].format(parsed.value as never, whole(field), lang)
}

/** The value as one edits it: numbers without separators, dates as YYYY-MM-DD. */
export function editText(value: unknown, field: FieldOut): string {
  if (isEmpty(value)) return ''
  if (field.type === 'number' || field.type === 'money' || field.type === 'rating') return String(value).replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '')
  if (field.type === 'datetime' || field.type === 'percent' || field.type === 'phone') return write(value, field)
  return String(value)
}

/** Short for lists: 05-10 this year, 2024-05-10 else. The exact form belongs into a title. */
export function writeShort(value: unknown, field: FieldOut): string {
  const text = write(value, field)
  const isDated = field.type === 'date' || field.type === 'datetime'
  return isDated && text.startsWith(`${context().today.slice(0, 4)}-`) ? text.slice(5) : text
}

/** A moment of the system, `2024-05-10T14:30:00+08:00`, in the company's time zone. */
export function writeMoment(iso: string, isShort = false): string {
  const { timeZone, today } = context()
  const text = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(new Date(iso))
  if (!isShort) return text
  if (text.startsWith(today)) return text.slice(11)
  return text.startsWith(today.slice(0, 4)) ? text.slice(5) : text.slice(0, 10)
}
