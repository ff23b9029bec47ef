import { addDays, startOf, type Day } from '#shared/dates.ts'
import type { Filter } from '#shared/filter.ts'
import type { RecordOut } from '#shared/api/records.ts'
import type { FieldOut } from '#web/objects.ts'
import { writeMoment } from '#web/records/values.ts'

export type Spread = 'month' | 'week'

/** The days that are shown: whole weeks, from Monday on, around a day. */
export function daysOf(spread: Spread, day: Day): Day[] {
  const first = startOf('week', spread === 'month' ? startOf('month', day) : day)
  const weeks = spread === 'week' ? 1 : weeksOf(first, day)
  return Array.from({ length: weeks * 7 }, (_, i) => addDays(first, i))
}

const weeksOf = (first: Day, day: Day) => [4, 5, 6].find(weeks => addDays(first, weeks * 7).slice(0, 7) > day.slice(0, 7)) ?? 6

/** Records whose day lies between both, these included; of an instant it is the day in the company's time zone. */
export const onDays = (field: FieldOut, from: Day, to: Day): Filter =>
  ({ and: [{ field: field.name, op: 'gte', value: from }, { field: field.name, op: 'lt', value: addDays(to, 1) }] })

/** On which day a record stands. */
export function dayOf(field: FieldOut, record: RecordOut): Day | null {
  const value = record[field.name]
  if (typeof value !== 'string') return null
  return field.type === 'date' ? value : writeMoment(value).slice(0, 10)
}

/** Another day, the same time. */
export function movedTo(field: FieldOut, record: RecordOut, day: Day): string {
  const value = record[field.name]
  return field.type === 'date' || typeof value !== 'string' ? day : `${day} ${writeMoment(value).slice(11)}`
}
