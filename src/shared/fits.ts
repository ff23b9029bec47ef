import { spanInstants, spanOf } from './dates.ts'
import { fieldTypes, parseField } from './fields/all.ts'
import { isEmpty, isRefused, type ParseContext } from './fields/field.ts'
import type { Condition, Filter, Span } from './filter.ts'
import type { Field } from './object.ts'

/** What a condition needs to be understood: the fields that it may name, the clock, and who `me` is. */
export interface Surroundings { fields: readonly Omit<Field, 'column'>[]; context: ParseContext; me?: string }

type Values = Readonly<Record<string, unknown>>

/**
 * Whether a record, as the API shows it, fits a filter: the answer that the database would give about the record's own fields.
 * Rules across fields and colours ask here. What cannot be answered from the record alone (`has`, an unknown field) does not fit.
 */
export function fits(filter: Filter, values: Values, surroundings: Surroundings): boolean {
  if ('and' in filter) return filter.and.every(part => fits(part, values, surroundings))
  if ('or' in filter) return filter.or.some(part => fits(part, values, surroundings))
  if ('not' in filter) return !fits(filter.not, values, surroundings)
  const field = surroundings.fields.find(each => each.name === filter.field)
  // The storage column is the server's business; the field types never look at it.
  return field !== undefined && holds({ ...field, column: '' }, values[field.name] ?? null, filter, surroundings)
}

function holds(field: Field, value: unknown, { op, value: wanted }: Condition, surroundings: Surroundings): boolean {
  const one = (input: unknown) => understood(field, input, surroundings)
  const many = () => (Array.isArray(wanted) ? wanted.map(one) : [])
  if (op === 'empty') return isEmpty(value)
  if (isEmpty(value)) return op === 'ne' || op === 'notIn'
  if (op === 'notEmpty') return true
  if (Array.isArray(value)) return holdsAmong(value.map(String), listed(field, wanted, surroundings), op)
  switch (op) {
    case 'eq': return isSame(field, value, one(wanted))
    case 'ne': return !isSame(field, value, one(wanted))
    case 'in': return many().some(each => isSame(field, value, each))
    case 'notIn': return !many().some(each => isSame(field, value, each))
    case 'contains': return folded(value).includes(folded(wanted))
    case 'startsWith': return folded(value).startsWith(folded(wanted))
    case 'lt': return order(field, value, one(wanted)) < 0
    case 'lte': return order(field, value, one(wanted)) <= 0
    case 'gt': return order(field, value, one(wanted)) > 0
    case 'gte': return order(field, value, one(wanted)) >= 0
    case 'between': { const [from, to] = many(); return order(field, value, from) >= 0 && order(field, value, to) <= 0 }
    case 'within': return isWithin(field, String(value), wanted as Span, surroundings.context)
    default: return false
  }
}

function holdsAmong(has: string[], wanted: string[], op: Condition['op']): boolean {
  const all = wanted.every(each => has.includes(each))
  const some = wanted.some(each => has.includes(each))
  const answers: Partial<Record<Condition['op'], boolean>> = { contains: all, in: some, notIn: !some, eq: all && has.every(each => wanted.includes(each)), ne: !all || !has.every(each => wanted.includes(each)) }
  return answers[op] ?? false
}

const listed = (field: Field, wanted: unknown, surroundings: Surroundings): string[] => {
  const list = understood(field, wanted, surroundings)
  return Array.isArray(list) ? list.map(String) : []
}

/** A text that the field would refuse is still a text to compare with. */
function understood(field: Field, input: unknown, { context, me }: Surroundings): unknown {
  if (field.type === 'person' && input === 'me') return { id: me ?? '' }
  const parsed = parseField({ ...field, required: false }, input, context)
  return isRefused(parsed) ? input : parsed.value
}

const folded = (value: unknown) => String(value).toLowerCase()
const idOf = (value: unknown) => (typeof value === 'object' && value !== null && 'id' in value ? String(value.id) : String(value))

const isSame = (field: Field, a: unknown, b: unknown): boolean => {
  if (isEmpty(b)) return false
  return fieldTypes[field.type].sql === 'uuid' ? idOf(a) === idOf(b) : a === b || order(field, a, b) === 0
}

/** NaN where there is nothing to compare with, so that no comparison holds. */
const order = (field: Field, a: unknown, b: unknown): number => (isEmpty(b) ? Number.NaN : fieldTypes[field.type].compare(a, b, field))

function isWithin(field: Field, value: string, wanted: Span, { today, timeZone }: ParseContext): boolean {
  const days = spanOf(wanted, today)
  if (!days) return false
  if (field.type === 'date') return value >= days.from && value <= days.to
  const instants = spanInstants(wanted, today, timeZone)
  return instants !== null && Date.parse(value) >= Date.parse(instants.from) && Date.parse(value) < Date.parse(instants.to)
}
