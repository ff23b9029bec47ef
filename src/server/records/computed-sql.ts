import { fieldTypes } from '#shared/fields/all.ts'
import { fieldOf, type Field, type ObjectType } from '#shared/object.ts'
import { system } from '../access/viewer.ts'
import { allObjects, targetOf } from '../catalog/catalog.ts'
import { ident, raw, sql, type Sql } from '../db/sql.ts'
import { filterSql } from './filter.ts'
import { formulaSql, keptNumber } from './formula-sql.ts'
import { relation } from './relation.ts'
import { labelSql } from './storage.ts'

/** What a computed field holds, as an expression over the columns of `record`. */
export function computedSql(object: ObjectType, field: Field): Sql {
  const type = raw(fieldTypes[field.type].sql)
  const value = field.formula !== undefined ? formulaSql(object, field) : field.rollup ? rollupSql(field) : lookupSql(object, field)
  return sql`(${value})::${type}`
}

/** Whoever asks: all related records count, seen or not, or else the same number would differ from person to person. */
const counting = system('rollup')

function rollupSql(field: Field): Sql {
  const { rollup } = field
  const other = allObjects().find(each => each.name === rollup?.object)
  const link = other && rollup && fieldOf(other, rollup.link)
  if (!rollup || !other || !link) return raw('null')
  const of = rollup.field === undefined ? undefined : fieldOf(other, rollup.field)
  const column = of ? sql`related.${ident(of.column)}` : raw('null')
  const where = rollup.filter ? filterSql(counting, other, rollup.filter) : raw('true')
  return sql`select ${made(rollup.take, field, column)} from ${relation(counting, other)} related where related.${ident(link.column)} = record.id and ${where}`
}

/** Nothing sums up to 0, but has no average and no latest day. */
function made(take: NonNullable<Field['rollup']>['take'], field: Field, column: Sql): Sql {
  if (take === 'count') return raw('count(*)')
  if (take === 'sum') return keptNumber(field, sql`coalesce(sum(${column}), 0)`)
  if (take === 'average') return keptNumber(field, sql`(sum(${column}) + 0e-20) / nullif(count(${column}), 0)`)
  return take === 'min' || take === 'earliest' ? sql`min(${column})` : sql`max(${column})`
}

/** A choice is looked up as its word: its options belong to the other object. */
function lookupSql(object: ObjectType, { lookup }: Field): Sql {
  const through = lookup && fieldOf(object, lookup.through)
  const target = through && targetOf(through)
  const of = target && fieldOf(target, lookup.field)
  if (!through || !target || !of) return raw('null')
  const column = sql`related.${ident(of.column)}`
  const value = of.type === 'choice' || of.type === 'choices' ? labelSql(of, column) : column
  return sql`select ${value} from ${ident(target.table)} related where related.id = record.${ident(through.column)} and related.deleted_at is null`
}
