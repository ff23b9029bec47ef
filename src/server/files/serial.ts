import { excelDate, isDay } from '#shared/dates.ts'

const UNIX_EPOCH = 25_569
const DAY = 86_400

/** 'YYYY-MM-DD', with 'THH:mm:ss' when there is a time; null when no such day exists (1900-02-29, negative, after 9999). */
export function dateOfSerial(serial: number, from1904: boolean): string | null {
  if (!(Math.abs(serial) < 10_000_000)) return null
  const seconds = Math.round(serial * DAY)
  const days = Math.floor(seconds / DAY)
  const day = dayOf(days, from1904)
  const rest = seconds - days * DAY
  return day === null || rest === 0 ? day : `${day}T${clock(rest)}`
}

/** A time of day or a duration as 'HH:mm:ss'; hours may exceed 24. */
export const timeOfSerial = (serial: number) => clock(Math.round(serial * DAY))

const two = (part: number) => (part < 10 ? `0${part}` : String(part))
const clock = (seconds: number) => `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`

// A list has few different days and millions of dates.
const knownDays = new Map<number, string | null>()
const MOST_DAYS = 100_000

function dayOf(serial: number, from1904: boolean) {
  // Halves keep the days of both calendars apart.
  const key = from1904 ? serial + 0.5 : serial
  let day = knownDays.get(key)
  if (day === undefined) {
    if (knownDays.size > MOST_DAYS) knownDays.clear()
    day = excelDate(serial, from1904)?.day ?? null
    knownDays.set(key, day)
  }
  return day
}

/** The serial of 'YYYY-MM-DD' or 'YYYY-MM-DD HH:mm:ss' (or with a T); null when there is no such day or Excel counts it wrongly (before 1900-03-01). */
export function serialOfDate(date: string): number | null {
  const day = date.slice(0, 10)
  const time = date.slice(11) || '00:00:00'
  if (!isDay(day) || !/^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/.test(time)) return null
  const serial = Date.parse(`${day}T${time}Z`) / 1000 / DAY + UNIX_EPOCH
  return serial >= 61 ? serial : null
}
