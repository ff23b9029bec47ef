import type { Db, Pool } from '#server/db/connect.ts'
import { enqueue } from '#server/db/queue.ts'
import { ident, raw, sql } from '#server/db/sql.ts'
import { allObjects, objectOf } from '#server/catalog/catalog.ts'
import { computedFields, readersOf } from '#server/catalog/computed.ts'
import { hints } from '#server/records/hints.ts'
import { fillComputed } from '#server/records/keep-computed.ts'
import { isWrong, readFormula } from '#shared/formula/read.ts'
import type { Field, ObjectType } from '#shared/object.ts'

/** Records of one step: whoever works on one of them waits for a moment only. */
const some = 250

/** Orders that a computed field is worked out for every record, in the background: it is new, or means something else now. */
export async function orderFill(tx: Db, object: string, name: string): Promise<void> {
  await tx.query(sql`
    insert into field_fills (object, name, began) values (${object}, ${name}, pg_snapshot_xmin(pg_current_snapshot())::text)
    on conflict (object, name) do update set last = null, done = 0, total = 0, began = excluded.began`)
  await enqueue(tx, 'field.fill', { object, name }, `fill ${object} ${name}`)
}

/** The same for what reads a field whose words or type became others. */
export async function orderReaders(tx: Db, object: string, name: string): Promise<void> {
  for (const reader of readersOf(object, name)) await orderFill(tx, reader.object.name, reader.field.name)
}

/** What a stop of the program interrupted. */
export const unfinishedFills = (db: Db): Promise<{ object: string; name: string }[]> => db.query(sql`select object, name from field_fills`)

/** Works a field out in steps beside everybody's work; each step and the mark how far it is are one transaction. What was saved meanwhile is looked at again. */
export async function fillField(pool: Pool, signal: AbortSignal | undefined, object: string, name: string): Promise<void> {
  if (!(await begin(pool, object, name))) return
  while (await step(pool, object, name)) {
    if (signal?.aborted) throw new Error('the program stops')
  }
  await pool.transaction(async tx => {
    const found = find(object, name)
    if (found) {
      const changed = await tx.query<{ id: string }>(sql`select distinct record_id as id from changes where object = ${object} and xid >= (select began::xid8 from field_fills where object = ${object} and name = ${name})`)
      for (let i = 0; i < changed.length; i += some) await fillComputed(tx, found.object, found.field, changed.slice(i, i + some).map(row => row.id))
    }
    await tx.query(sql`delete from field_fills where object = ${object} and name = ${name}`)
  })
  hints.emit(object, [])
}

function find(objectName: string, name: string): { object: ObjectType; field: Field } | undefined {
  return allObjects().some(each => each.name === objectName) ? computedFields().find(({ object, field }) => object.name === objectName && field.name === name) : undefined
}

/** False when there is nothing (any more) to fill. */
async function begin(pool: Pool, object: string, name: string): Promise<boolean> {
  const found = find(object, name)
  if (!found) {
    const [living] = await pool.query(sql`select from fields where object = ${object} and name = ${name} and retired_at is null`)
    // Another node made it a moment ago: the queue tries again.
    if (living) throw new Error(`${object}.${name} is not known here yet`)
    await pool.query(sql`delete from field_fills where object = ${object} and name = ${name}`)
    return false
  }
  const rows = await pool.query(sql`update field_fills set total = (select count(*) from ${ident(found.object.table)}) where object = ${object} and name = ${name} returning name`)
  return rows.length > 0
}

async function step(pool: Pool, objectName: string, name: string): Promise<boolean> {
  return pool.transaction(async tx => {
    const [fill] = await tx.query<{ last: string | null }>(sql`select last from field_fills where object = ${objectName} and name = ${name} for update`)
    const found = find(objectName, name)
    if (!fill || !found) return false
    const ids = (await tx.query<{ id: string }>(sql`
      select id from ${ident(found.object.table)} where ${fill.last === null ? raw('true') : sql`id > ${fill.last}::uuid`} order by id limit ${raw(String(some))}`)).map(row => row.id)
    await fillComputed(tx, found.object, found.field, ids)
    await tx.query(sql`update field_fills set last = ${ids.at(-1) ?? fill.last}::uuid, done = done + ${ids.length} where object = ${objectName} and name = ${name}`)
    return ids.length === some
  })
}

/** Once a day, soon after midnight: what tells something else every day. */
export async function orderDaily(db: Db): Promise<void> {
  for (const { object, field } of computedFields()) if (tellsTheDay(object, field)) await orderFill(db, object.name, field.name)
}

function tellsTheDay(object: ObjectType, { formula, rollup }: Field): boolean {
  if (rollup?.filter) return JSON.stringify(rollup.filter).includes('"within"')
  if (formula === undefined) return false
  const read = readFormula(formula, objectOf(object.name).fields, 'names')
  return !isWrong(read) && read.usesToday
}
