import { addDays, addMonths, dayOf, excelDate, localTime, startOf, type Day, type Instant } from '../dates.ts'
import { accept, isRefused, refuse, type ParseContext, type Parsed } from './field.ts'
import { cleanLine, halfWidth, textOf } from './letters.ts'

/** A day with what stood beside it. `from` says when it was worked out and not written. */
export interface ReadDate {
  day: Day
  /** Time of day, `HH:MM:SS`. */
  time: string | null
  /** Set where an offset made it an instant; `day` is then the company's day. */
  instant?: Instant
  from?: 'serial' | 'relative'
}

type Words = RegExpExecArray
interface Spelling { pattern: RegExp; read(words: Words, context: ParseContext): Parsed<ReadDate> }

const clockTime = String.raw`(?:[T\s]*(上午|下午|晚上|中午|凌晨|早上|am|pm)?\s*(\d{1,2})(?:[:时点](?:(\d{1,2})(?:[:分](\d{1,2})(?:\.(\d{1,9}))?秒?)?分?)?)\s*(am|pm)?\s*(z|utc|[+-]\d\d:?\d\d)?)?`
const written = (day: string) => new RegExp(`^${day}(?:\\s*[(（]?(?:星期|周)[一二三四五六日天][)）]?)?${clockTime}$`, 'i')

/** Every spelling that means exactly one day. The first that fits decides. */
const spellings: Spelling[] = [
  // 2024-5-10, 2024/05/10, 2024.5.10, 2024年5月10日, each also with a time; the two-digit day may run into it: 2024-05-1014:30.
  { pattern: written(String.raw`(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?![\d:])(?:\s*[日号])?`), read: (words, context) => ymd(words, 1, 2, 3, context) },
  { pattern: written(String.raw`(\d{4})[-/.年](\d{2})[-/.月](\d{2})[日号]?`), read: (words, context) => ymd(words, 1, 2, 3, context) },
  { pattern: written(String.raw`(\d{4})(\d{2})(\d{2})`), read: (words, context) => ymd(words, 1, 2, 3, context) },
  { pattern: /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/, read: ([, y, m, d, hh, mm, ss]) => full(Number(y), Number(m), Number(d), { text: `${hh}:${mm}:${ss}` }) },
  // 5月10日: this year.
  { pattern: written(String.raw`(\d{1,2})\s*月\s*(\d{1,2})(?![\d:])(?:\s*[日号])?`), read: (words, context) => ymd(words, null, 1, 2, context) },
  { pattern: /^([今明后昨前]天|今日|明日|昨日|大前天|大后天|today|tomorrow|yesterday)$/i, read: (words, context) => relative(words[1] ?? '', context) },
  { pattern: /^(\d{1,4})\s*(天|日|周|星期|个?月|年)\s*(后|前|以后|以前|之后|之前)$/, read: counted },
  { pattern: /^(上|这|本|下|下下)?(?:个)?(?:星期|周|礼拜)([一二三四五六日天])$/, read: weekday },
  { pattern: /^(本|这个?|下个?|上个?)?月底$/, read: (words, context) => monthEnd(words[1] ?? '', context) },
  { pattern: /^(\d{1,2})[-\s/]*([a-z]{3,9})\.?[-\s/,]*(\d{4}|\d{2})$/i, read: ([, d, month, y]) => english(y, month, d) },
  { pattern: /^([a-z]{3,9})\.?\s*(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})$/i, read: ([, month, d, y]) => english(y, month, d) },
  { pattern: /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$/, read: ([, a, b, y]) => yearLast(Number(y), Number(a), Number(b)) },
  { pattern: /^(\d{2})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})[日号]?$/, read: ([, y, m, d]) => shortYear(Number(y), Number(m), Number(d)) },
  { pattern: /^(\d{4})\s*[-/.年]\s*(\d{1,2})月?$/, read: ([, y, m]) => refuse('date.incomplete', undefined, dayOf(Number(y), Number(m), 1) ?? undefined) },
  { pattern: /^\d{5}(?:\.\d+)?$/, read: ([serial]) => fromSerial(Number(serial)) },
]

/** Reads a day as a person or a spreadsheet writes it: a text, a serial number of Excel, or a Date. */
export function readDate(input: unknown, context: ParseContext): Parsed<ReadDate> {
  if (input instanceof Date) return Number.isNaN(input.getTime()) ? refuse('date.invalid') : moment(input.toISOString(), context)
  if (typeof input === 'number') return fromSerial(input)
  const text = typeof input === 'boolean' ? null : textOf(input)
  if (text === null) return refuse('date.invalid')
  const line = halfWidth(cleanLine(text)).trim()
  if (line === '') return accept<ReadDate>(null)
  for (const { pattern, read } of spellings) {
    const words = pattern.exec(line)
    if (words) return read(words, context)
  }
  return refuse('date.invalid')
}

/** Year, month and day at their places among the words; the clock follows them. */
function ymd(words: Words, year: number | null, month: number, day: number, context: ParseContext): Parsed<ReadDate> {
  const y = year === null ? Number(context.today.slice(0, 4)) : Number(words[year])
  const [before, hour, minute, second, fraction, after, offset] = words.slice(day + 1)
  const time = hour === undefined ? undefined : { text: `${hour24(Number(hour), before ?? after)}:${minute ?? '0'}:${second ?? '0'}` }
  const read = full(y, Number(words[month]), Number(words[day]), time)
  if (isRefused(read) || read.value === null || offset === undefined) return read
  const zone = /^[+-]/.test(offset) ? offset.replace(/^(...)(\d\d)$/, '$1:$2') : 'Z'
  const instant = new Date(`${read.value.day}T${read.value.time ?? '00:00:00'}.${(fraction ?? '0').slice(0, 3).padEnd(3, '0')}${zone}`)
  return Number.isNaN(instant.getTime()) ? refuse('date.invalid') : moment(instant.toISOString(), context)
}

function full(year: number, month: number, day: number, clock?: { text: string }): Parsed<ReadDate> {
  const date = dayOf(year, month, day)
  if (date === null) return refuse('date.invalid')
  if (!clock) return accept({ day: date, time: null })
  const [hour = 0, minute = 0, second = 0] = clock.text.split(':').map(Number)
  if (hour > 24 || minute > 59 || second > 59 || (hour === 24 && minute + second > 0)) return refuse('date.invalid')
  // 24:00 is the midnight at the end of the day.
  if (hour === 24) return accept({ day: addDays(date, 1), time: '00:00:00' })
  return accept({ day: date, time: [hour, minute, second].map(part => String(part).padStart(2, '0')).join(':') })
}

function hour24(hour: number, half: string | undefined) {
  if (half === undefined || hour > 12) return hour
  if (/下午|晚上|pm/i.test(half)) return hour === 12 ? 12 : hour + 12
  if (half === '中午') return hour < 10 ? hour + 12 : hour
  return hour === 12 ? 0 : hour
}

function moment(instant: Instant, context: ParseContext): Parsed<ReadDate> {
  const year = new Date(instant).getUTCFullYear()
  return year < 2 || year > 9998 ? refuse('date.invalid') : accept({ ...reading(instant, context), instant })
}

function reading(instant: Instant, context: ParseContext) {
  const { day, time } = localTime(instant, context.timeZone)
  return { day, time }
}

function fromSerial(serial: number): Parsed<ReadDate> {
  const read = excelDate(serial)
  return read ? accept({ day: read.day, time: Number.isInteger(serial) ? null : read.time, from: 'serial' as const }) : refuse('date.invalid')
}

const near: Record<string, number> = { 大前天: -3, 前天: -2, 昨天: -1, 昨日: -1, yesterday: -1, 今天: 0, 今日: 0, today: 0, 明天: 1, 明日: 1, tomorrow: 1, 后天: 2, 大后天: 3 }
const workedOut = (day: Day): Parsed<ReadDate> => accept({ day, time: null, from: 'relative' as const })

const relative = (word: string, { today }: ParseContext) => workedOut(addDays(today, near[word.toLowerCase()] ?? 0))

function counted([, count = '', unit = '', side = '']: Words, { today }: ParseContext) {
  const steps = side.includes('后') ? Number(count) : -Number(count)
  if (/[天日]/.test(unit)) return workedOut(addDays(today, steps))
  if (/[周星]/.test(unit)) return workedOut(addDays(today, steps * 7))
  const day = unit === '年' && Math.abs(steps) > 1000 ? null : addMonths(today, unit === '年' ? steps * 12 : steps)
  return day === null ? refuse('date.invalid') : workedOut(day)
}

function weekday([, week = '', day = '']: Words, { today }: ParseContext) {
  const weeks = { 上: -1, 下: 1, 下下: 2 }[week] ?? 0
  return workedOut(addDays(startOf('week', today), weeks * 7 + Math.min(6, '一二三四五六日天'.indexOf(day))))
}

function monthEnd(which: string, { today }: ParseContext) {
  const months = which.startsWith('下') ? 1 : which.startsWith('上') ? -1 : 0
  return workedOut(addDays(addMonths(startOf('month', today), months + 1), -1))
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

function english(year = '', month = '', day = ''): Parsed<ReadDate> {
  const number = months.indexOf(month.slice(0, 3).toLowerCase()) + 1
  return number === 0 ? refuse('date.invalid') : full(year.length === 2 ? century(Number(year)) : Number(year), number, Number(day))
}

/** 03/04/2024 is two days; 25/12/2024 and 05/05/2024 are one. */
function yearLast(year: number, a: number, b: number): Parsed<ReadDate> {
  const american = dayOf(year, a, b)
  const european = dayOf(year, b, a)
  if (american === null && european === null) return refuse('date.invalid')
  if (american !== null && european !== null && american !== european) return refuse('date.ambiguous', { first: american, second: european }, american)
  return accept({ day: american ?? european ?? '', time: null })
}

/** 24-5-10 may begin or end with the year: offered, not taken. */
function shortYear(year: number, month: number, day: number): Parsed<ReadDate> {
  const first = dayOf(century(year), month, day)
  const last = dayOf(century(day), month, year) ?? dayOf(century(day), year, month)
  if (first === null) return refuse('date.invalid', undefined, last ?? undefined)
  return refuse('date.ambiguous', { first, second: last ?? first }, first)
}

const century = (year: number) => year + (year < 70 ? 2000 : 1900)
