import type { Field, ObjectType } from '#shared/object.ts'
import { fieldTypes } from '#shared/fields/all.ts'
import type { Sight } from '../access/mask.ts'
import { sightOf } from '../access/mask.ts'
import { conditionOf, scopesOf, type RowAction } from '../access/scope.ts'
import type { Viewer } from '../access/viewer.ts'
import { targetOf } from '../catalog/catalog.ts'
import { ident, join, raw, sql, type Sql } from '../db/sql.ts'
import { derivedOf } from './derived.ts'
import { labelSql } from './storage.ts'

/**
 * A column of the authorised relation. Where a mask may show, it holds text: filters, sorts and groups see what the viewer sees.
 * Partial: on some rows it is masked or empty, so that an expression stands for it.
 */
export interface Column { field: Field; shown: 'plain' | 'text'; partial: boolean }

/** The recycle bin instead of the living; rows that an action covers; or blind: masked values are empty, so that nothing is found through a mask. */
export interface RelationOptions { deleted?: boolean; action?: RowAction; blind?: boolean }

/** Always there, on every relation. */
const kept = ['id', 'version', 'owner_id', 'owner_department_id', 'created_at', 'updated_at', 'deleted_at', 'deleted_by']

/**
 * `select <what this viewer may see> from t where <which rows>`: the only way to business data.
 * A hidden column does not exist in it, a masked one holds the masked text.
 */
export function relation(viewer: Viewer, object: ObjectType, options: RelationOptions = {}): Sql {
  const columns = visibleColumns(viewer, object).filter(column => column.partial || !kept.includes(column.field.column))
  const list = [
    ...kept.filter(name => !columns.some(column => column.field.column === name)).map(ident),
    ...columns.map(column => !column.partial ? ident(column.field.column) : sql`${maskedExpression(viewer, object, column.field, options.blind === true)} as ${ident(column.field.column)}`),
    ...readableDerived(viewer, object),
  ]
  const rows = conditionOf(viewer, scopesOf(viewer, object, 'view'))
  const further = options.action ? sql` and ${conditionOf(viewer, scopesOf(viewer, object, options.action))}` : raw('')
  return sql`(select ${join(list)} from ${ident(object.table)} where deleted_at is ${raw(options.deleted ? 'not null' : 'null')} and ${rows}${further})`
}

/** The fields whose names exist for this viewer. References are shown or not; they have no mask. */
export function visibleColumns(viewer: Viewer, object: ObjectType): Column[] {
  return object.fields.flatMap((field): Column[] => {
    const sight = sightOf(viewer, object, field)
    if (sight.read.length === 0 && (sight.masked.length === 0 || targetOf(field))) return []
    const partial = !isPlain(viewer, object, sight)
    return [{ field, shown: partial && !targetOf(field) ? 'text' : 'plain', partial }]
  })
}

const isPlain = (viewer: Viewer, object: ObjectType, sight: Sight) => {
  const rows = scopesOf(viewer, object, 'view')
  return sight.masked.length === 0 && rows.every(scope => sight.read.includes(scope) || sight.read.includes('all'))
}

function maskedExpression(viewer: Viewer, object: ObjectType, field: Field, blind: boolean): Sql {
  const sight = sightOf(viewer, object, field)
  const column = ident(field.column)
  if (targetOf(field)) return sql`case when ${conditionOf(viewer, sight.read)} then ${column} end`
  const type = fieldTypes[field.type]
  const text = labelSql(field, column)
  if (blind) return sql`case when ${conditionOf(viewer, sight.read)} then ${text} end`
  return sql`case when ${conditionOf(viewer, sight.read)} then ${text}
    when ${conditionOf(viewer, sight.masked)} then ${maskOf(type.maskSql, field, text)} end`
}

/** The mask reads the value as text: a masked amount is a masked text. */
const maskOf = (maskSql: (column: string, field: Field) => string, field: Field, text: Sql): Sql =>
  sql`(select ${raw(maskSql('shown.text', field))} from (select ${text} as text) shown)`

/** What is worked out from a field exists only where the field itself is read. */
const readableDerived = (viewer: Viewer, object: ObjectType): Sql[] => derivedOf(object, object.fields).flatMap(({ field, column }) => {
  const sight = sightOf(viewer, object, field)
  if (isPlain(viewer, object, sight)) return [ident(column)]
  return [sql`case when ${conditionOf(viewer, sight.read)} then ${ident(column)} end as ${ident(column)}`]
})
