import { excelDate, isDay } from '#shared/dates.ts'

const UNIX_EPOCH = 25_569
const DAY = 86_400

/** 'YYYY-MM-DD', with 'THH:mm:ss' when there is a time; null when no such day exists (1900-02-29, negative, after 9999). */
export function dateOfSerial(serial: number, from1904: boolean): string | null {
  const found = excelDate(serial, from1904)
  if (!found) return null
  return found.time === '00:00:00' ? found.day : `${found.day}T${found.time}`
}

/** A time of day or a duration as 'HH:mm:ss'; hours may exceed 24. */
export function timeOfSerial(serial: number): string {
  const seconds = Math.round(serial * DAY)
  const two = (part: number) => String(part).padStart(2, '0')
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
}

/** The serial of 'YYYY-MM-DD' or 'YYYY-MM-DD HH:mm:ss' (or with a T); null when there is no such day or Excel counts it wrongly (before 1900-03-01). */
export function serialOfDate(date: string): number | null {
  const day = date.slice(0, 10)
  const time = date.slice(11) || '00:00:00'
  if (!isDay(day) || !/^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/.test(time)) return null
  const serial = Date.parse(`${day}T${time}Z`) / 1000 / DAY + UNIX_EPOCH
  return serial >= 61 ? serial : null
}
