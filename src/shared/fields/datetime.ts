import { instantOf, localTime, timeZone, type Instant } from '../dates.ts'
import { readDate } from './date-text.ts'
import { doubts } from './date.ts'
import { accept, isRefused, type FieldType } from './field.ts'
import { compareText } from './letters.ts'
import { hidden, hideSql } from './mask.ts'
import { dateOps } from './ops.ts'

/** An instant, ISO 8601 in UTC with milliseconds. Written without an offset it is the company's time; without a time, the start of the day. */
export const datetime: FieldType<Instant> = {
  name: 'datetime',
  sql: 'timestamptz',
  ops: dateOps,
  parse(input, _field, context) {
    const read = readDate(input, context)
    if (isRefused(read)) return read
    if (read.value === null) return accept<Instant>(null)
    const { day, time, instant } = read.value
    return accept(instant ?? instantOf(day, time ?? '00:00', context.timeZone), ...doubts(read.value, context))
  },
  format(value) {
    const { day, time } = localTime(value, timeZone())
    return time.endsWith(':00') ? `${day} ${time.slice(0, 5)}` : `${day} ${time}`
  },
  compare: compareText,
  mask: () => hidden,
  maskSql: hideSql,
}
