import { daysRetired, type ShapedField } from '#shared/api/fields.ts'
import { fieldsIn } from '#shared/filter.ts'
import type { Field, ObjectType } from '#shared/object.ts'
import { Problem, type Finding } from '#shared/problem.ts'
import { allObjects, objectOf, requireField } from '#server/catalog/catalog.ts'
import { isComputed, readersOf } from '#server/catalog/computed.ts'
import { fieldFrom } from '#server/catalog/shaped.ts'
import { writeAudit } from '#server/audit/write.ts'
import { system, type Viewer } from '#server/access/viewer.ts'
import type { Db } from '#server/db/connect.ts'
import { ident, raw, sql } from '#server/db/sql.ts'
import { understandComputed } from './computed-field.ts'
import { orderFill } from './fill-field.ts'
import { beginShaping, canComeBack, endShaping, refuseAll, shownField } from './shaping.ts'
import { checkLabel } from './traits.ts'

/** Out of sheet, forms, filters and API; the values stay for `daysRetired` days. */
export async function retireField(tx: Db, viewer: Viewer, objectName: string, name: string, version?: number): Promise<ShapedField> {
  const shaping = await beginShaping(tx, objectName)
  const row = shaping.shape.rows.find(each => each.name === name)
  requireField(shaping.object, name)
  if (!row || row.column === null) throw new Problem('shape.standard', { label: name })
  if (version !== undefined && version !== row.version) throw new Problem('record.conflict', {}, { details: { current: shownField(shaping, name) } })
  checkUnread(shaping.object, name)
  await tx.query(sql`update fields set retired_at = now(), retired_by = ${viewer.id}::uuid, version = version + 1 where object = ${objectName} and name = ${name}`)
  await writeAudit(tx, viewer, { action: 'field.retire', object: objectName, changes: [{ field: name, before: row.traits, after: null }] })
  return shownField(await endShaping(tx, objectName), name)
}

/** What others are computed from, or asked for by, stays; or these go first. */
export function checkUnread(object: ObjectType, name: string): void {
  const ruled = object.fields.filter(field => [field.requiredWhen, field.visibleWhen].some(filter => filter && fieldsIn(filter).includes(name)))
  const readers = [
    ...readersOf(object.name, name).map(reader => (reader.object.name === object.name ? '' : `${reader.object.label['zh-CN']} · `) + reader.field.label['zh-CN']),
    ...ruled.map(field => field.label['zh-CN']),
  ]
  if (readers.length > 0) throw new Problem('shape.usedBy', { label: requireField(object, name).label['zh-CN'], fields: readers.join('、') })
}

/** Back where it was, with its values; under its own label, unless another field has taken it meanwhile. */
export async function restoreField(tx: Db, viewer: Viewer, objectName: string, name: string): Promise<ShapedField> {
  const { object, shape } = await beginShaping(tx, objectName)
  const row = shape.rows.find(each => each.name === name && canComeBack(each))
  if (!row) throw new Problem('name.unknown', { name })
  const field = fieldFrom(row)
  const isAlone = field.target !== undefined && !allObjects().some(each => each.name === field.target)
  refuseAll([...checkLabel(object, name, field.label['zh-CN']), ...(isAlone ? [{ field: 'target', code: 'shape.targetUnknown', value: field.target }] : []), ...unreadable(object, field)])
  await tx.query(sql`update fields set retired_at = null, retired_by = null, version = version + 1 where object = ${objectName} and name = ${name}`)
  if (isComputed(field)) await orderFill(tx, objectName, name)
  await writeAudit(tx, viewer, { action: 'field.restore', object: objectName, changes: [{ field: name, before: null, after: row.traits }] })
  return shownField(await endShaping(tx, objectName), name)
}

/** A computed field whose own fields went meanwhile would be empty for ever. */
function unreadable(object: ObjectType, field: Field): Finding[] {
  if (!isComputed(field)) return []
  const understood = understandComputed(object, field.name, { formula: field.formula, rollup: field.rollup, lookup: field.lookup })
  return 'findings' in understood ? understood.findings : []
}

/** The end of fields that nobody brought back in time. A table that is in use is left for the next day. */
export async function dropRetiredFields(owner: Db): Promise<void> {
  const over = await owner.query<{ object: string; name: string; column: string }>(sql`
    select object, name, column_name as column from fields where column_name is not null and retired_at < now() - make_interval(days => ${daysRetired})`)
  for (const { object, name, column } of over) {
    await owner.transaction(async tx => {
      await tx.query(sql`set local lock_timeout = '50ms'`)
      await tx.query(sql`delete from fields where object = ${object} and name = ${name}`)
      await writeAudit(tx, system('upkeep'), { action: 'field.drop', object, changes: [{ field: name, before: null, after: null }] })
      await tx.query(sql`alter table ${ident(objectOf(object).table)} drop column if exists ${raw(`"${column}"`)}`)
    }).catch((error: { code?: string }) => { if (error.code !== '55P03') throw error })
  }
}
