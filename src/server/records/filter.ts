import { fieldTypes } from '#shared/fields/all.ts'
import { isRefused, type ParseContext } from '#shared/fields/field.ts'
import { parseField } from '#shared/fields/all.ts'
import { spanOf } from '#shared/dates.ts'
import { limits, ops, type Condition, type Filter, type Op, type Span } from '#shared/filter.ts'
import type { Field, ObjectType } from '#shared/object.ts'
import { Problem } from '#shared/problem.ts'
import { today, type Viewer } from '../access/viewer.ts'
import { allObjects } from '../catalog/catalog.ts'
import { and, ident, join, or, raw, sql, type Sql } from '../db/sql.ts'
import { relation, visibleColumns, type Column } from './relation.ts'
import { toStored } from './storage.ts'

/** A filter as a condition over the columns of the authorised relation: it can only ask about what the viewer sees. */
export function filterSql(viewer: Viewer, object: ObjectType, filter: Filter): Sql {
  measure(filter)
  return node(viewer, object, filter)
}

/** Refuses what is too large or no filter at all, before anything is compiled. */
function measure(filter: Filter) {
  let nodes = 0
  const visit = (part: unknown, depth: number) => {
    nodes += 1
    if (nodes > limits.nodes || depth > limits.depth) throw new Problem('filter.tooLarge', limits)
    if (typeof part !== 'object' || part === null || Array.isArray(part)) throw new Problem('filter.value', { detail: JSON.stringify(part)?.slice(0, 80) ?? '' })
    // PostgreSQL's texts cannot hold a NUL; nothing is equal to one.
    if ('value' in part && JSON.stringify(part.value)?.includes('\\u0000')) throw new Problem('filter.value', { detail: 'NUL' })
    for (const child of childrenOf(part as Filter)) visit(child, depth + 1)
  }
  visit(filter, 1)
}

function childrenOf(filter: Filter): Filter[] {
  if ('and' in filter) return list(filter.and)
  if ('or' in filter) return list(filter.or)
  if ('not' in filter) return [filter.not]
  return filter.op === 'has' || filter.op === 'hasNo' ? [filter.value as Filter].filter(value => value !== undefined) : []
}

const list = (value: unknown): Filter[] => {
  if (!Array.isArray(value)) throw new Problem('filter.value', { detail: 'and/or' })
  return value as Filter[]
}

function node(viewer: Viewer, object: ObjectType, filter: Filter): Sql {
  const unknown = Object.keys(filter).find(key => !['and', 'or', 'not', 'field', 'op', 'value'].includes(key))
  if (unknown) throw new Problem('name.unknown', { name: unknown })
  if ('and' in filter) return and(filter.and.map(part => node(viewer, object, part)))
  if ('or' in filter) return or(filter.or.map(part => node(viewer, object, part)))
  if ('not' in filter) return sql`(${node(viewer, object, filter.not)} is not true)`
  if (filter.op === 'has' || filter.op === 'hasNo') return related(viewer, object, filter)
  return condition(viewer, object, filter)
}

/** `has`/`hasNo`: records of another object that point here, as far as this viewer sees them. */
function related(viewer: Viewer, object: ObjectType, filter: Condition): Sql {
  const other = allObjects().find(each => each.name === filter.field)
  const links = other ? visibleColumns(viewer, other).filter(({ field }) => field.type === 'reference' && field.target === object.name).map(({ field }) => ident(field.column)) : []
  if (!other || links.length === 0) throw new Problem('name.unknown', { name: filter.field })
  const inner = filter.value === undefined ? raw('true') : node(viewer, other, filter.value as Filter)
  const exists = sql`id in (${join(links.map(link => sql`select ${link} from ${relation(viewer, other)} related where ${inner} and ${link} is not null`), ' union all ')})`
  return filter.op === 'has' ? sql`(${exists})` : sql`(not ${exists})`
}

function condition(viewer: Viewer, object: ObjectType, filter: Condition): Sql {
  const column = columnFor(viewer, object, filter.field)
  if (!ops.includes(filter.op) || !allowed(column).includes(filter.op)) throw new Problem('filter.operator', { field: filter.field, op: String(filter.op) })
  const value = ident(column.field.column)
  if (column.shown === 'text') return textOps(value, filter)
  return fieldTypes[column.field.type].sql === 'text[]' ? arrayOps(viewer, column.field, value, filter) : plainOps(viewer, column.field, value, filter)
}

/** The visible column of a name; a hidden one is as unknown as a nonsense name. */
export function columnFor(viewer: Viewer, object: ObjectType, name: string): Column {
  const column = visibleColumns(viewer, object).find(each => each.field.name === name)
  if (!column) throw new Problem('name.unknown', { name })
  return column
}

/** A masked column is a text, whatever lies under the mask. */
const maskedOps: Op[] = ['eq', 'ne', 'in', 'notIn', 'contains', 'startsWith', 'empty', 'notEmpty']
export const allowed = (column: Column): readonly Op[] => (column.shown === 'text' ? maskedOps : fieldTypes[column.field.type].ops)

const like = (text: string) => text.replace(/[\\%_]/g, mark => `\\${mark}`)

function textOps(column: Sql, filter: Condition): Sql {
  const text = () => (typeof filter.value === 'string' ? filter.value : refuse(filter))
  const texts = () => (Array.isArray(filter.value) ? filter.value.map(String) : refuse(filter))
  switch (filter.op) {
    case 'eq': return sql`(${column} = ${text()})`
    case 'ne': return sql`(${column} is distinct from ${text()})`
    case 'in': return sql`(${column} = any(${texts()}::text[]))`
    case 'notIn': return sql`(${column} is null or ${column} <> all(${texts()}::text[]))`
    case 'contains': return sql`(${column} ilike ${`%${like(text())}%`})`
    case 'startsWith': return sql`(${column} ilike ${`${like(text())}%`})`
    case 'empty': return sql`(${column} is null or ${column} = '')`
    case 'notEmpty': return sql`(${column} is not null and ${column} <> '')`
    default: return refuse(filter)
  }
}

function arrayOps(viewer: Viewer, field: Field, column: Sql, filter: Condition): Sql {
  const items = () => toStored(field, understood(viewer, field, filter, filter.value)) as string[]
  switch (filter.op) {
    case 'eq': return sql`(${column} @> ${items()}::text[] and ${column} <@ ${items()}::text[])`
    case 'ne': return sql`(${column} is null or not (${column} @> ${items()}::text[] and ${column} <@ ${items()}::text[]))`
    case 'contains': return sql`(${column} @> ${items()}::text[])`
    case 'in': return sql`(${column} && ${items()}::text[])`
    case 'notIn': return sql`(${column} is null or not ${column} && ${items()}::text[])`
    case 'empty': return sql`(${column} is null or cardinality(${column}) = 0)`
    case 'notEmpty': return sql`(cardinality(${column}) > 0)`
    default: return refuse(filter)
  }
}

function plainOps(viewer: Viewer, field: Field, column: Sql, filter: Condition): Sql {
  const type = raw(fieldTypes[field.type].sql)
  const one = (input: unknown) => toStored(field, understood(viewer, field, filter, input))
  const many = () => (Array.isArray(filter.value) ? filter.value.map(one) : refuse(filter))
  const pair = () => (Array.isArray(filter.value) && filter.value.length === 2 ? filter.value.map(one) : refuse(filter))
  switch (filter.op) {
    case 'eq': return sql`(${column} = ${one(filter.value)}::${type})`
    case 'ne': return sql`(${column} is distinct from ${one(filter.value)}::${type})`
    case 'in': return sql`(${column} = any(${many()}::${type}[]))`
    case 'notIn': return sql`(${column} is null or ${column} <> all(${many()}::${type}[]))`
    case 'lt': return sql`(${column} < ${one(filter.value)}::${type})`
    case 'lte': return sql`(${column} <= ${one(filter.value)}::${type})`
    case 'gt': return sql`(${column} > ${one(filter.value)}::${type})`
    case 'gte': return sql`(${column} >= ${one(filter.value)}::${type})`
    case 'between': { const [from, to] = pair(); return sql`(${column} between ${from}::${type} and ${to}::${type})` }
    case 'within': return within(viewer, field, column, filter)
    default: return field.type === 'date' || fieldTypes[field.type].sql !== 'text' ? emptiness(column, filter) : textOps(column, filter)
  }
}

const emptiness = (column: Sql, filter: Condition): Sql => {
  if (filter.op === 'empty') return sql`(${column} is null)`
  return filter.op === 'notEmpty' ? sql`(${column} is not null)` : refuse(filter)
}

/** Relative spans are counted in days of the company's time zone. */
function within(viewer: Viewer, field: Field, column: Sql, filter: Condition): Sql {
  const span = spanOf(filter.value as Span, today(viewer))
  if (!span) return refuse(filter)
  if (field.type === 'date') return sql`(${column} between ${span.from}::date and ${span.to}::date)`
  return sql`(${column} >= (${span.from}::date)::timestamp at time zone ${viewer.timeZone} and ${column} < (${span.to}::date + 1)::timestamp at time zone ${viewer.timeZone})`
}

function understood(viewer: Viewer, field: Field, filter: Condition, input: unknown): unknown {
  if (field.type === 'person' && input === 'me') return { id: viewer.id, label: viewer.name }
  const parsed = parseField({ ...field, required: false }, input, contextOf(viewer))
  if (!isRefused(parsed) && parsed.value !== null) return parsed.value
  // A text that the field would refuse may still be looked for: it is only a question.
  return fieldTypes[field.type].sql === 'text' && field.type !== 'choice' && typeof input === 'string' ? input : refuse(filter)
}

export const contextOf = (viewer: Viewer): ParseContext => ({ today: today(viewer), timeZone: viewer.timeZone })

function refuse(filter: Condition): never {
  throw new Problem('filter.value', { detail: `${filter.field} ${filter.op} ${JSON.stringify(filter.value)?.slice(0, 80) ?? ''}` })
}

