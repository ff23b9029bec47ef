import { uuidv7 } from 'uuidv7'
import type { ShapedField } from '#shared/api/fields.ts'
import type { Field, ObjectType, Option } from '#shared/object.ts'
import { requireField } from '#server/catalog/catalog.ts'
import { writeAudit } from '#server/audit/write.ts'
import type { Viewer } from '#server/access/viewer.ts'
import type { Db, Pool } from '#server/db/connect.ts'
import { ident, raw, sql, type Sql } from '#server/db/sql.ts'
import { hints } from '#server/records/hints.ts'
import { keepComputed } from '#server/records/keep-computed.ts'
import { apiSql } from '#server/records/storage.ts'
import { beginShaping, endShaping, refuseAll, shownField, writeRow } from './shaping.ts'
import { orderReaders } from './fill-field.ts'
import { renamed } from './options.ts'

/** Records of one transaction: whoever works on them waits for a moment only. */
const some = 5_000

/**
 * Two options that mean one. First nobody is offered the old one any more, then its records change in steps, each with an entry in its history,
 * then it is gone; what was written with its name means the other from now on. Interrupted, it is simply done again.
 */
export async function mergeOptions(pool: Pool, viewer: Viewer, objectName: string, name: string, { from, into }: { from: string; into: string }): Promise<{ field: ShapedField; records: number }> {
  const { object, field } = await pool.transaction(tx => offerNoMore(tx, viewer, objectName, name, from, into))
  let records = 0
  for (;;) {
    const moved = await pool.transaction(tx => moveSome(tx, viewer, object, field, from, into))
    records += moved
    if (moved < some) break
  }
  return { field: await pool.transaction(tx => removeOption(tx, viewer, objectName, name, { from, into, records })), records }
}

async function offerNoMore(tx: Db, viewer: Viewer, objectName: string, name: string, from: string, into: string): Promise<{ object: ObjectType; field: Field }> {
  const { object, shape } = await beginShaping(tx, objectName)
  const field = requireField(object, name)
  if (field.computed) refuseAll([{ field: 'options', code: 'shape.computed' }])
  refuseAll(optionsOf(field, from, into) ? [] : [{ field: 'options', code: 'shape.mergeSame' }])
  const row = shape.rows.find(each => each.name === name)
  const options = (field.options ?? []).map(option => (option.id === from ? { ...option, retired: true } : option))
  await writeRow(tx, viewer.id, { object: objectName, name, column: row?.column ?? null, traits: { ...row?.traits, options } })
  await endShaping(tx, objectName)
  return { object, field }
}

function optionsOf(field: Field, from: string, into: string): { old: Option; other: Option } | null {
  const [old, other] = [from, into].map(id => field.options?.find(option => option.id === id))
  return old && other && !other.retired && old !== other ? { old, other } : null
}

async function moveSome(tx: Db, viewer: Viewer, object: ObjectType, field: Field, from: string, into: string): Promise<number> {
  const [table, column] = [ident(object.table), ident(field.column)]
  const isList = field.type === 'choices'
  const rows = await tx.query<{ id: string }>(sql`select id from ${table} where ${isList ? sql`${from} = any(${column})` : sql`${column} = ${from}`} order by id limit ${raw(String(some))} for update`)
  if (rows.length === 0) return 0
  const ids = rows.map(row => row.id)
  const next = isList ? listWith(field, column, from, into) : sql`${into}::text`
  await tx.query(sql`
    with changed as (update ${table} set ${column} = ${next}, version = version + 1, updated_at = now(), updated_by = ${viewer.id}::uuid where id = any(${ids}::uuid[])),
    fed as (insert into changes (object, record_id, kind) select ${object.name}, id, 'change' from unnest(${ids}::uuid[]) id)
    insert into audit (id, viewer_id, viewer_name, action, object, record_id, changes, source)
    select entry.id, ${viewer.id}, ${viewer.name}, 'change', ${object.name}, record.id,
      jsonb_build_array(jsonb_build_object('field', ${field.name}::text, 'before', ${apiSql(field, column)}, 'after', ${apiSql(field, isList ? sql`(${next})` : next)})), 'bulk'
    from unnest(${ids.map(() => uuidv7())}::uuid[], ${ids}::uuid[]) entry(id, record_id) join ${table} record on record.id = entry.record_id`)
  await keepComputed(tx, { object, ids, fields: [field] })
  tx.afterCommit(() => hints.emit(object.name, ids))
  return ids.length
}

/** Without the old option, with the other, in the order of the options. */
const listWith = (field: Field, column: Sql, from: string, into: string): Sql => {
  const order = (field.options ?? []).map(option => option.id)
  return sql`(select array_agg(item order by array_position(${order}::text[], item)) from (select distinct case when each = ${from} then ${into} else each end as item from unnest(${column}) each) items)`
}

async function removeOption(tx: Db, viewer: Viewer, objectName: string, name: string, { from, into, records }: { from: string; into: string; records: number }): Promise<ShapedField> {
  const shaping = await beginShaping(tx, objectName)
  const field = requireField(shaping.object, name)
  const both = optionsOf(field, from, into)
  if (!both) return shownField(shaping, name)
  const { old, other } = both
  const options = (field.options ?? []).filter(option => option !== old)
    .map(option => (option === other ? { ...option, formerly: [...new Set([...option.formerly ?? [], old.label, ...old.formerly ?? []])] } : option))
  const row = shaping.shape.rows.find(each => each.name === name)
  const given = field.default === undefined ? {} : { default: renamed(field.default, [{ ...old, id: other.id }, ...options], options) }
  await writeRow(tx, viewer.id, { object: objectName, name, column: row?.column ?? null, traits: { ...row?.traits, options, ...given } })
  await orderReaders(tx, objectName, name)
  await writeAudit(tx, viewer, { action: 'field.merge', object: objectName, changes: [{ field: name, before: old.label, after: other.label }, { field: 'records', before: null, after: records }] })
  return shownField(await endShaping(tx, objectName), name)
}
