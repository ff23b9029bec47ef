import { addMonths, type Day } from '../dates.ts'
import type { Finding } from '../problem.ts'
import { readDate, type ReadDate } from './date-text.ts'
import { accept, isRefused, type FieldType, type ParseContext } from './field.ts'
import { compareText } from './letters.ts'
import { hidden, hideSql } from './mask.ts'
import { dateOps } from './ops.ts'

/** A day, `YYYY-MM-DD`. A time of day beside it is dropped; an instant is the day it has in the company's time zone. */
export const date: FieldType<Day> = {
  name: 'date',
  sql: 'date',
  ops: dateOps,
  parse(input, _field, context) {
    const read = readDate(input, context)
    if (isRefused(read)) return read
    return read.value === null ? accept<Day>(null) : accept(read.value.day, ...doubts(read.value, context))
  },
  format: value => value,
  compare: compareText,
  mask: () => hidden,
  maskSql: hideSql,
}

/** What a person should look at: days that nobody's business is in, and days that were worked out from something else. */
export function doubts({ day, from }: ReadDate, context: ParseContext): Finding[] {
  const findings: Finding[] = []
  if (day < '1900-01-01' || day > addMonths(context.today, 1200)) findings.push({ code: 'date.implausible', values: { value: day } })
  if (from === 'serial') findings.push({ code: 'date.serial', values: { value: day } })
  if (from === 'relative' && context.fromFile) findings.push({ code: 'date.relative', values: { value: day } })
  return findings
}
