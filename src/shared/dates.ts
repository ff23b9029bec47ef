import type { Span, Unit } from './filter.ts'

/** A day, `YYYY-MM-DD`: no time, no zone. Texts of this shape sort as the days do. */
export type Day = string
/** An instant as JSON writes it: `2024-05-10T06:30:00.000Z`. */
export type Instant = string

/** Days: both ends belong to it. Instants: `to` is the first that does not. */
export interface Range { from: string; to: string }

let companyZone = 'Asia/Shanghai'

/** The company's time zone for everything that shows times; set once at the start of the program. */
export function useTimeZone(timeZone: string) { companyZone = timeZone }
export const timeZone = () => companyZone

export const today = (zone: string, now = new Date()): Day => localTime(now.toISOString(), zone).day

/** Is there such a day? The years 1 to 9999 of the Gregorian calendar. */
export function isDay(text: string): text is Day {
  const parts = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text)
  return parts !== null && parts[1] !== '0000' && text === dayOf(Number(parts[1]), Number(parts[2]), Number(parts[3]))
}

/** The day, or null if there is no such day (30 February). */
export function dayOf(year: number, month: number, day: number): Day | null {
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return null
  return write(year, month, day)
}

export function addDays(day: Day, days: number): Day {
  const date = new Date(`${day}T00:00:00Z`)
  date.setUTCDate(date.getUTCDate() + days)
  return date.toISOString().slice(0, 10)
}

/** 31 January and one month is the last day of February. */
export function addMonths(day: Day, months: number): Day {
  const [year, month, date] = read(day)
  const count = year * 12 + month - 1 + months
  const inYear = Math.floor(count / 12)
  const inMonth = count - inYear * 12 + 1
  return write(inYear, inMonth, Math.min(date, daysIn(inYear, inMonth)))
}

export const daysBetween = (from: Day, to: Day) => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000)

/** The first day of the week (Monday), month, quarter or year that `day` lies in. */
export function startOf(unit: Unit, day: Day): Day {
  const [year, month] = read(day)
  if (unit === 'day') return day
  if (unit === 'week') return addDays(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7))
  if (unit === 'year') return write(year, 1, 1)
  return write(year, unit === 'month' ? month : month - ((month - 1) % 3), 1)
}

export function addUnits(day: Day, count: number, unit: Unit): Day {
  if (unit === 'day' || unit === 'week') return addDays(day, unit === 'day' ? count : count * 7)
  return addMonths(day, count * { month: 1, quarter: 3, year: 12 }[unit])
}

/**
 * The first and the last day of a relative span, or null if it is none (filters come from outside). `last` and `next` hold today:
 * the last 7 days are today and the six before. A span beyond the years 1 to 9999 is none.
 */
export function spanOf(span: unknown, today: Day): Range | null {
  if (typeof span !== 'object' || span === null) return null
  const { this: current, last, next, unit = current } = span as { this?: unknown; last?: unknown; next?: unknown; unit?: unknown }
  if (!isUnit(unit)) return null
  if (current !== undefined) {
    const from = startOf(unit, today)
    return last === undefined && next === undefined ? { from, to: addDays(addUnits(from, 1, unit), -1) } : null
  }
  const count = last ?? next
  if (typeof count !== 'number' || !Number.isInteger(count) || count < 1 || count > 3000 || (last !== undefined && next !== undefined)) return null
  const range = last === undefined ? { from: today, to: addDays(addUnits(today, count, unit), -1) } : { from: addUnits(addDays(today, 1), -count, unit), to: today }
  return isDay(range.from) && isDay(range.to) ? range : null
}

/** The same span as instants, half open: from the first midnight to the midnight after the last day, in the time zone. */
export function spanInstants(span: Span, today: Day, zone: string): Range | null {
  const days = spanOf(span, today)
  return days && { from: instantOf(days.from, '00:00', zone), to: instantOf(addDays(days.to, 1), '00:00', zone) }
}

const isUnit = (unit: unknown): unit is Unit => typeof unit === 'string' && ['day', 'week', 'month', 'quarter', 'year'].includes(unit)

const clocks = new Map<string, Intl.DateTimeFormat>()

function clock(zone: string) {
  let made = clocks.get(zone)
  if (!made) {
    made = new Intl.DateTimeFormat('en-CA', {
      timeZone: zone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit', era: 'short',
    })
    clocks.set(zone, made)
  }
  return made
}

/** The day and the time of day (`HH:MM:SS`) that the clocks of a time zone show. */
export function localTime(instant: Instant, zone: string): { day: Day; time: string } {
  const part: Record<string, string> = {}
  for (const { type, value } of clock(zone).formatToParts(new Date(instant))) part[type] = value
  const year = (part['year'] ?? '').padStart(4, '0')
  return { day: `${year}-${part['month']}-${part['day']}`, time: `${part['hour']}:${part['minute']}:${part['second']}` }
}

/** The instant at which the clocks of a time zone show this day and time. A time that a clock change skips is the one after the gap. */
export function instantOf(day: Day, time: string, zone: string): Instant {
  const [hour = 0, minute = 0, second = 0] = time.split(':').map(Number)
  const wall = Date.parse(`${day}T00:00:00Z`) + ((hour * 60 + minute) * 60 + second) * 1000
  const guess = wall - offset(wall, zone)
  return new Date(wall - offset(guess, zone)).toISOString()
}

/** Milliseconds that a zone is ahead of UTC at an instant. */
function offset(instant: number, zone: string) {
  const at = Math.floor(instant / 1000) * 1000
  const { day, time } = localTime(new Date(at).toISOString(), zone)
  return Date.parse(`${day}T${time}Z`) - at
}

/**
 * A serial number of Excel as day and time of day, or null where it names no day (29 February 1900, time only, after 9999).
 * Excel counts from 1899-12-30; before 1 March 1900 it is one off, Lotus 1-2-3's leap-year bug. Macs once counted from 1904-01-01.
 */
export function excelDate(serial: number, from1904 = false): { day: Day; time: string } | null {
  const lowest = from1904 ? 0 : 1
  const highest = from1904 ? 2_957_003 : 2_958_465
  if (!(serial >= lowest && serial < highest + 1)) return null
  // Times in Excel are fractions of a day: rounded to the second.
  const seconds = Math.round(serial * 86_400)
  const days = Math.floor(seconds / 86_400)
  if (!from1904 && days === 60) return null
  const epoch = from1904 ? '1904-01-01' : days < 60 ? '1899-12-31' : '1899-12-30'
  return { day: addDays(epoch, days), time: new Date((seconds % 86_400) * 1000).toISOString().slice(11, 19) }
}

const read = (day: Day): [number, number, number] => [Number(day.slice(0, 4)), Number(day.slice(5, 7)), Number(day.slice(8, 10))]
const write = (year: number, month: number, day: number): Day => `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`

function daysIn(year: number, month: number) {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}
