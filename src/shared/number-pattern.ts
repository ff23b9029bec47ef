import type { Day } from './dates.ts'

/** Date parts of a number, and how many digits each has. */
export const dateParts = { year: 4, month: 6, day: 8 } as const
export type DatePart = keyof typeof dateParts

/**
 * How the human numbers of an object are made: prefix, the day of acceptance down to a part, a joint, a sequence.
 * `C001` is prefix and three digits; `C-20261125-1` counts the customers of a day; `CUST-2026-001` those of a year.
 */
export interface NumberPattern {
  prefix: string
  /** The sequence has at least so many digits, with leading zeros; it grows beyond them. */
  digits: number
  date?: DatePart | undefined
  /** Between date and sequence. */
  joint?: string | undefined
  /** The sequence begins again with every year, month or day, which the date must tell apart. Absent: it goes on for ever. */
  reset?: DatePart | undefined
  /** Given by people: nothing is made, and a number must be typed. */
  manual?: boolean | undefined
}

const order: DatePart[] = ['year', 'month', 'day']

/** Whether two numbers of the pattern can never be the same: what begins again with every month needs the month in the number. */
export const isTold = ({ date, reset }: NumberPattern) => reset === undefined || (date !== undefined && order.indexOf(date) >= order.indexOf(reset))

const compact = (day: Day, part: DatePart) => day.replaceAll('-', '').slice(0, dateParts[part])

/** What stands before the sequence in a number of this day. */
export const stemOf = ({ prefix, date, joint = '' }: NumberPattern, day: Day) => (date === undefined ? prefix : `${prefix}${compact(day, date)}${joint}`)

/** Which sequence a number of this day belongs to; `''` is the one that goes on for ever. */
export const periodOf = ({ reset }: NumberPattern, day: Day) => (reset === undefined ? '' : compact(day, reset))

export const numberOf = (pattern: NumberPattern, day: Day, ordinal: number) => `${stemOf(pattern, day)}${String(ordinal).padStart(pattern.digits, '0')}`

/** A number of this pattern, read back; null for any other. */
export function readNumber(pattern: NumberPattern, number: string): { period: string; ordinal: number } | null {
  const match = new RegExp(expressionOf(pattern)).exec(number)
  if (!match) return null
  const ordinal = Number(match.at(-1))
  return { period: pattern.reset === undefined ? '' : (match[1] ?? '').slice(0, dateParts[pattern.reset]), ordinal }
}

/** The pattern as a regular expression that JavaScript and PostgreSQL read alike: the date, where there is one, and the sequence. */
export const expressionOf = ({ prefix, date, joint = '' }: NumberPattern) =>
  `^${escaped(prefix)}${date === undefined ? '' : `([0-9]{${dateParts[date]}})${escaped(joint)}`}([0-9]{1,12})$`

const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|-]/g, mark => `\\${mark}`)

/** Patterns that companies write down. */
export const presets: { name: 'plain' | 'daily' | 'yearly' | 'manual'; pattern: NumberPattern }[] = [
  { name: 'plain', pattern: { prefix: 'C', digits: 3 } },
  { name: 'daily', pattern: { prefix: 'C-', date: 'day', joint: '-', digits: 1, reset: 'day' } },
  { name: 'yearly', pattern: { prefix: 'CUST-', date: 'year', joint: '-', digits: 3, reset: 'year' } },
  { name: 'manual', pattern: { prefix: '', digits: 1, manual: true } },
]
