/** How a number format shows a number: as a date, a time of day, a duration, or (null) as a number. */
export type DateKind = 'date' | 'time' | 'elapsed' | null

// Excel stores dates as days since 1899-12-30; the days before 1900-03-01 are one off: Lotus 1-2-3's leap-year bug.
const UNIX_EPOCH = 25_569
const DAY = 86_400
const DAYS_FROM_1904 = 1462
const AFTER_9999 = 2_958_466

/** 'YYYY-MM-DD', with 'THH:mm:ss' when there is a time; null when no such day exists (1900-02-29, negative, after 9999). */
export function dateOfSerial(serial: number, from1904: boolean): string | null {
  let days = from1904 ? serial + DAYS_FROM_1904 : serial
  if (!(days >= 1 && days < AFTER_9999)) return null
  if (days >= 60 && days < 61) return null
  if (days < 60) days++
  const iso = new Date(Math.round((days - UNIX_EPOCH) * DAY) * 1000).toISOString()
  return iso.endsWith('T00:00:00.000Z') ? iso.slice(0, 10) : iso.slice(0, 19)
}

/** A time of day or a duration as 'HH:mm:ss'; hours may exceed 24. */
export function timeOfSerial(serial: number): string {
  const seconds = Math.round(serial * DAY)
  const two = (part: number) => String(part).padStart(2, '0')
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
}

/** The serial of 'YYYY-MM-DD' or 'YYYY-MM-DD[T ]HH:mm:ss'; null when Excel has none (before 1900-03-01 it counts wrongly). */
export function serialOfDate(date: string): number | null {
  const match = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?)?$/.exec(date)
  if (!match) return null
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1).map(part => Number(part ?? 0))
  const time = Date.UTC(year, month - 1, day, hour, minute, second)
  if (new Date(time).toISOString().slice(0, 10) !== date.slice(0, 10)) return null
  const serial = time / 1000 / DAY + UNIX_EPOCH
  return serial >= 61 && serial < AFTER_9999 ? serial : null
}
