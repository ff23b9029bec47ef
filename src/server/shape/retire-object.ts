import { daysRetired } from '#shared/api/fields.ts'
import type { ShapedObject } from '#shared/api/shaped-objects.ts'
import { ownObject } from '#shared/objects/own.ts'
import { Problem } from '#shared/problem.ts'
import { basesOf, objectRows } from '#server/catalog/bases.ts'
import { isComputed } from '#server/catalog/computed.ts'
import { catalogOf, shaped, shapeOf } from '#server/catalog/shaped.ts'
import { writeAudit } from '#server/audit/write.ts'
import { system, type Viewer } from '#server/access/viewer.ts'
import type { Db } from '#server/db/connect.ts'
import { ident, sql } from '#server/db/sql.ts'
import { orderFill } from './fill-field.ts'
import { checkObjectLabel } from './object-words.ts'
import { endObjectShaping, isKept, refuseTooMany, shapedObject } from './shaped-objects.ts'
import { oneAtATime, refuseAll } from './shaping.ts'

/** Out of rail, search, imports and API; its records stay for `daysRetired` days. What other objects point to cannot go. */
export async function retireObject(tx: Db, viewer: Viewer, name: string, version?: number): Promise<ShapedObject> {
  await oneAtATime(tx)
  const current = await shapedObject(tx, name)
  if (current.retiredAt !== null) throw new Problem('object.unknown', { name })
  if (current.isStandard) throw new Problem('shape.objectStandard', { label: current.label[viewer.lang] })
  if (version !== undefined && version !== current.version) throw new Problem('record.conflict', {}, { details: { current } })
  const users = (await catalogOf(tx)).filter(object => object.name !== name)
    .flatMap(object => object.fields.filter(field => field.target === name || field.rollup?.object === name).map(field => `${object.label[viewer.lang]} · ${field.label[viewer.lang]}`))
  if (users.length > 0) throw new Problem('shape.objectInUse', { label: current.label[viewer.lang], fields: users.join('、') })
  await tx.query(sql`update objects set retired_at = now(), retired_by = ${viewer.id}::uuid, version = version + 1 where name = ${name}`)
  await writeAudit(tx, viewer, { action: 'object.retire', object: name, changes: [{ field: 'object', before: current.label['zh-CN'], after: null }] })
  await endObjectShaping(tx)
  return shapedObject(tx, name)
}

/** Back where it was, with its records and everybody's rights; unless another has taken its name, or what its fields point to is retired itself. */
export async function restoreObject(tx: Db, viewer: Viewer, name: string): Promise<ShapedObject> {
  await oneAtATime(tx)
  const rows = await objectRows(tx)
  const row = rows.find(each => each.name === name && isKept(each))
  if (!row || row.table === null) throw new Problem('object.unknown', { name })
  refuseTooMany(rows.filter(each => each !== row))
  const bases = await basesOf(tx)
  refuseAll(checkObjectLabel(bases, row.traits.label['zh-CN']))
  const { fields } = shaped(ownObject(name, row.table, row.traits), await shapeOf(tx, name))
  const missing = fields.find(field => field.target !== undefined && field.target !== name && !bases.some(base => base.name === field.target))
  if (missing) throw new Problem('shape.objectPointsToRetired', { field: missing.label[viewer.lang] })
  await tx.query(sql`update objects set retired_at = null, retired_by = null, version = version + 1 where name = ${name}`)
  // What they read may have changed while nobody kept them.
  for (const field of fields.filter(isComputed)) await orderFill(tx, name, field.name)
  await writeAudit(tx, viewer, { action: 'object.restore', object: name, changes: [{ field: 'object', before: null, after: row.traits.label['zh-CN'] }] })
  await endObjectShaping(tx)
  return shapedObject(tx, name)
}

/** The end of objects that nobody brought back in time: their records, fields and rights. Tables that are in use are left for the next day. */
export async function dropRetiredObjects(owner: Db): Promise<void> {
  const over = await owner.query<{ name: string; table: string }>(sql`
    select name, table_name as "table" from objects where table_name is not null and retired_at < now() - make_interval(days => ${daysRetired})`)
  for (const { name, table } of over) {
    await owner.transaction(async tx => {
      await tx.query(sql`set local lock_timeout = '50ms'`)
      for (const rows of ['fields', 'field_orders', 'search_waiting', 'numberings']) await tx.query(sql`delete from ${ident(rows)} where object = ${name}`)
      await tx.query(sql`delete from objects where name = ${name}`)
      await tx.query(sql`update roles set objects = objects - ${name}::text, fields = fields - ${name}::text where objects ? ${name} or fields ? ${name}`)
      await writeAudit(tx, system('upkeep'), { action: 'object.drop', object: name, changes: [{ field: 'object', before: null, after: null }] })
      await tx.query(sql`drop table if exists ${ident(table)}`)
      await tx.query(sql`drop table if exists ${ident(`search_doc_${name}`)}`)
    }).catch((error: { code?: string }) => { if (error.code !== '55P03') throw error })
  }
}
