import { fieldTypes } from './fields/all.ts'
import type { Condition, Filter, Op, Span } from './filter.ts'
import type { records } from './i18n/zh-CN/records.ts'
import type { Field, Lang } from './object.ts'

export type SentenceKey = keyof typeof records
export type Say = (key: SentenceKey, values?: Record<string, string | number>) => string

/** What a sentence needs to be read aloud: the fields, the language, its words, and how a value of a field is written. */
export interface Reader<F extends Told = Told> { object: { fields: readonly F[] }; lang: Lang; say: Say; write: (value: unknown, field: F) => string }
/** A field as far as a sentence tells of it. */
type Told = Omit<Field, 'column'>

/** A piece of the sentence; the chip sets field and value apart from the words between them. */
export interface Piece { kind: 'field' | 'word' | 'value'; text: string }

const dated: Partial<Record<Op, SentenceKey>> = { lt: 'ops.before', gt: 'ops.after', lte: 'ops.notAfter', gte: 'ops.notBefore', eq: 'ops.eq' }
/** A field that holds several values is asked whether it has all, any or none of them. */
const listed: Partial<Record<Op, SentenceKey>> = { contains: 'ops.hasAll', in: 'ops.hasAny', notIn: 'ops.hasNone' }
const isDated = (field: Told) => field.type === 'date' || field.type === 'datetime'

/** The word of an operator, as it fits the type: a date is 早于, a number is 小于. */
export const opWord = (field: Told, op: Op, negated: boolean): SentenceKey => {
  if (negated) return negations[op] ?? 'ops.not'
  if (field.type === 'choices' || field.type === 'tags') return listed[op] ?? words[op]
  return (isDated(field) ? dated[op] : undefined) ?? words[op]
}

const words: Record<Op, SentenceKey> = {
  eq: 'ops.eq', ne: 'ops.ne', in: 'ops.in', notIn: 'ops.notIn', contains: 'ops.contains', startsWith: 'ops.startsWith', empty: 'ops.empty', notEmpty: 'ops.notEmpty',
  lt: 'ops.lt', lte: 'ops.lte', gt: 'ops.gt', gte: 'ops.gte', between: 'ops.between', within: 'ops.within', has: 'ops.has', hasNo: 'ops.hasNo',
}
const negations: Partial<Record<Op, SentenceKey>> = { contains: 'ops.containsNot', within: 'ops.withinNot', eq: 'ops.ne', in: 'ops.notIn', startsWith: 'ops.startsWithNot', empty: 'ops.notEmpty', notEmpty: 'ops.empty', between: 'ops.betweenNot' }

/** `等级 是 重点客户`: one filter as pieces in reading order. */
export function piecesOf<F extends Told>(filter: Filter, reader: Reader<F>, negated = false): Piece[] {
  if ('not' in filter) return piecesOf(filter.not, reader, !negated)
  if ('and' in filter) return groupPieces(filter.and, 'filterBar.and', reader, negated)
  if ('or' in filter) return groupPieces(filter.or, 'filterBar.or', reader, negated)
  return conditionPieces(filter, reader, negated)
}

export const sentenceOf = <F extends Told>(filter: Filter, reader: Reader<F>) => piecesOf(filter, reader).map(piece => piece.text).join(' ')

/** As a program writes values that nobody typed. */
export const writtenIn = (lang: Lang) => (value: unknown, field: Field) => (typeof value === 'string' ? value : fieldTypes[field.type].format(value, field, lang))

function groupPieces<F extends Told>(parts: Filter[], joint: SentenceKey, reader: Reader<F>, negated: boolean): Piece[] {
  const word = (text: string): Piece => ({ kind: 'word', text })
  const inner = parts.flatMap((part, i) => {
    const pieces = piecesOf(part, reader)
    const isNested = 'and' in part || 'or' in part
    return [...(i > 0 ? [word(reader.say(joint))] : []), ...(isNested ? [word('('), ...pieces, word(')')] : pieces)]
  })
  return negated ? [word(reader.say('ops.not')), word('('), ...inner, word(')')] : inner
}

function conditionPieces<F extends Told>(condition: Condition, reader: Reader<F>, negated: boolean): Piece[] {
  const field = reader.object.fields.find(each => each.name === condition.field)
  if (field === undefined) return [{ kind: 'field', text: condition.field }, { kind: 'word', text: reader.say(words[condition.op]) }]
  const pieces: Piece[] = [{ kind: 'field', text: field.label[reader.lang] }, { kind: 'word', text: reader.say(opWord(field, condition.op, negated)) }]
  const value = valueText(condition, field, reader)
  return value === '' ? pieces : [...pieces, { kind: 'value', text: value }]
}

function valueText<F extends Told>(condition: Condition, field: F, reader: Reader<F>): string {
  const { op, value } = condition
  if (op === 'empty' || op === 'notEmpty') return ''
  if (op === 'within') return isSpan(value) ? spanText(value, reader.say) : ''
  const one = (item: unknown) => (item === 'me' && field.type === 'person' ? reader.say('value.me') : isReference(item) ? item.label ?? item.id : reader.write(item, field))
  if (!Array.isArray(value)) return one(value)
  return value.map(one).join(reader.say(op === 'between' ? 'filterBar.to' : op === 'contains' ? 'filterBar.listAnd' : 'filterBar.listOr'))
}

const isReference = (value: unknown): value is { id: string; label?: string | null } => typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string'

export const isSpan = (value: unknown): value is Span =>
  typeof value === 'object' && value !== null && ('this' in value || ('unit' in value && ('last' in value || 'next' in value)))

const these: Record<'day' | 'week' | 'month' | 'quarter' | 'year', SentenceKey> =
  { day: 'span.thisDay', week: 'span.thisWeek', month: 'span.thisMonth', quarter: 'span.thisQuarter', year: 'span.thisYear' }
const units: Record<'day' | 'week' | 'month' | 'quarter' | 'year', SentenceKey> =
  { day: 'span.day', week: 'span.week', month: 'span.month', quarter: 'span.quarter', year: 'span.year' }

/** 最近 7 天, 未来 1 个月, 本周. */
export function spanText(span: Span, say: Say): string {
  if ('this' in span) return say(these[span.this])
  const count = 'last' in span ? span.last : span.next
  return say('last' in span ? 'span.last' : 'span.next', { count, unit: say(units[span.unit]) })
}

export const unitKeys = units
export const thisKeys = these
