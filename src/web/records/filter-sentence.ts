import type { ObjectOut } from '#shared/api/objects.ts'
import type { Condition, Filter, Op, Span } from '#shared/filter.ts'
import type { Lang } from '#shared/object.ts'
import { fieldNamed, isReference } from './shape.ts'
import type { Key } from '#web/i18n.ts'
import type { FieldOut } from '#web/objects.ts'

export type Say = (key: Key, values?: Record<string, string | number>) => string

/** What a sentence needs to be read aloud: the object, the language, its words, and how a value of a field is written. */
export interface Reader { object: ObjectOut; lang: Lang; say: Say; write: (value: unknown, field: FieldOut) => string }

/** A piece of the sentence; the chip sets field and value apart from the words between them. */
export interface Piece { kind: 'field' | 'word' | 'value'; text: string }

const dated: Partial<Record<Op, Key>> = { lt: 'ops.before', gt: 'ops.after', lte: 'ops.notAfter', gte: 'ops.notBefore', eq: 'ops.eq' }
/** A field that holds several values is asked whether it has all, any or none of them. */
const listed: Partial<Record<Op, Key>> = { contains: 'ops.hasAll', in: 'ops.hasAny', notIn: 'ops.hasNone' }
const isDated = (field: FieldOut) => field.type === 'date' || field.type === 'datetime'

/** The word of an operator, as it fits the type: a date is 早于, a number is 小于. */
export const opWord = (field: FieldOut, op: Op, negated: boolean): Key => {
  if (negated) return negations[op] ?? 'ops.not'
  if (field.type === 'choices' || field.type === 'tags') return listed[op] ?? words[op]
  return (isDated(field) ? dated[op] : undefined) ?? words[op]
}

const words: Record<Op, Key> = {
  eq: 'ops.eq', ne: 'ops.ne', in: 'ops.in', notIn: 'ops.notIn', contains: 'ops.contains', startsWith: 'ops.startsWith', empty: 'ops.empty', notEmpty: 'ops.notEmpty',
  lt: 'ops.lt', lte: 'ops.lte', gt: 'ops.gt', gte: 'ops.gte', between: 'ops.between', within: 'ops.within', has: 'ops.has', hasNo: 'ops.hasNo',
}
const negations: Partial<Record<Op, Key>> = { contains: 'ops.containsNot', within: 'ops.withinNot', eq: 'ops.ne', in: 'ops.notIn', startsWith: 'ops.startsWithNot', empty: 'ops.notEmpty', notEmpty: 'ops.empty', between: 'ops.betweenNot' }

/** `等级 是 重点客户`: one filter as pieces in reading order. */
export function piecesOf(filter: Filter, reader: Reader, negated = false): Piece[] {
  if ('not' in filter) return piecesOf(filter.not, reader, !negated)
  if ('and' in filter) return groupPieces(filter.and, 'filterBar.and', reader, negated)
  if ('or' in filter) return groupPieces(filter.or, 'filterBar.or', reader, negated)
  return conditionPieces(filter, reader, negated)
}

export const sentenceOf = (filter: Filter, reader: Reader) => piecesOf(filter, reader).map(piece => piece.text).join(' ')

function groupPieces(parts: Filter[], joint: Key, reader: Reader, negated: boolean): Piece[] {
  const word = (text: string): Piece => ({ kind: 'word', text })
  const inner = parts.flatMap((part, i) => {
    const pieces = piecesOf(part, reader)
    const isNested = 'and' in part || 'or' in part
    return [...(i > 0 ? [word(reader.say(joint))] : []), ...(isNested ? [word('('), ...pieces, word(')')] : pieces)]
  })
  return negated ? [word(reader.say('ops.not')), word('('), ...inner, word(')')] : inner
}

function conditionPieces(condition: Condition, reader: Reader, negated: boolean): Piece[] {
  const field = fieldNamed(reader.object, condition.field)
  if (field === undefined) return [{ kind: 'field', text: condition.field }, { kind: 'word', text: reader.say(words[condition.op]) }]
  const pieces: Piece[] = [{ kind: 'field', text: field.label[reader.lang] }, { kind: 'word', text: reader.say(opWord(field, condition.op, negated)) }]
  const value = valueText(condition, field, reader)
  return value === '' ? pieces : [...pieces, { kind: 'value', text: value }]
}

function valueText(condition: Condition, field: FieldOut, reader: Reader): string {
  const { op, value } = condition
  if (op === 'empty' || op === 'notEmpty') return ''
  if (op === 'within') return isSpan(value) ? spanText(value, reader.say) : ''
  const one = (item: unknown) => (item === 'me' && field.type === 'person' ? reader.say('value.me') : isReference(item) ? item.label ?? item.id : reader.write(item, field))
  if (!Array.isArray(value)) return one(value)
  return value.map(one).join(reader.say(op === 'between' ? 'filterBar.to' : op === 'contains' ? 'filterBar.listAnd' : 'filterBar.listOr'))
}

export const isSpan = (value: unknown): value is Span =>
  typeof value === 'object' && value !== null && ('this' in value || ('unit' in value && ('last' in value || 'next' in value)))

const these: Record<'day' | 'week' | 'month' | 'quarter' | 'year', Key> =
  { day: 'span.thisDay', week: 'span.thisWeek', month: 'span.thisMonth', quarter: 'span.thisQuarter', year: 'span.thisYear' }
const units: Record<'day' | 'week' | 'month' | 'quarter' | 'year', Key> =
  { day: 'span.day', week: 'span.week', month: 'span.month', quarter: 'span.quarter', year: 'span.year' }

/** 最近 7 天, 未来 1 个月, 本周. */
export function spanText(span: Span, say: Say): string {
  if ('this' in span) return say(these[span.this])
  const count = 'last' in span ? span.last : span.next
  return say('last' in span ? 'span.last' : 'span.next', { count, unit: say(units[span.unit]) })
}

export const unitKeys = units
export const thisKeys = these
