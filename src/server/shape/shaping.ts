import { randomInt } from 'node:crypto'
import { daysRetired, type ShapedField } from '#shared/api/fields.ts'
import type { Field, ObjectType } from '#shared/object.ts'
import { Problem, type Finding } from '#shared/problem.ts'
import { baseOf } from '#server/catalog/bases.ts'
import { putInCatalog } from '#server/catalog/catalog.ts'
import { fieldFrom, shaped, shapeOf, type FieldRow, type Shape } from '#server/catalog/shaped.ts'
import type { Db } from '#server/db/connect.ts'
import { raw, sql, type Sql } from '#server/db/sql.ts'
import { hints } from '#server/records/hints.ts'

/** What hints call a change of the catalog. */
export const fieldsHint = 'fields'

/** An object while it is being shaped: as it is now, and what the company says of it. One shapes at a time. */
export interface Shaping { object: ObjectType; shape: Shape }

export async function beginShaping(tx: Db, name: string): Promise<Shaping> {
  await oneAtATime(tx)
  const base = await baseOf(tx, name)
  const shape = await shapeOf(tx, name)
  return { object: shaped(base, shape), shape }
}

export async function oneAtATime(tx: Db): Promise<void> {
  await tx.query(sql`select pg_advisory_xact_lock(hashtext('kebu shape'))`)
}

/** After the last write of a shaping: once it is committed, this process knows it at once, other nodes and browsers by a hint. */
export async function endShaping(tx: Db, name: string): Promise<Shaping> {
  const shape = await shapeOf(tx, name)
  const object = shaped(await baseOf(tx, name), shape)
  tx.afterCommit(() => {
    putInCatalog([object])
    hints.emit(fieldsHint, [])
  })
  return { object, shape }
}

/** Every field in its order, then the retired ones. */
export async function listFields(db: Db, name: string): Promise<{ fields: ShapedField[] }> {
  const base = await baseOf(db, name)
  const shape = await shapeOf(db, name)
  const living = shaped(base, shape).fields
  const fills = await fillsOf(db, name)
  return { fields: [...living.map(field => ({ ...shownAs(field, shape), ...fills.get(field.name) })), ...shape.rows.filter(canComeBack).map(row => shownAs(fieldFrom(row), shape))] }
}

/** How far computed fields are worked out, where they are not yet. */
const fillsOf = async (db: Db, object: string) =>
  new Map((await db.query<{ name: string; done: number; total: number }>(sql`select name, done, total from field_fills where object = ${object}`)).map(({ name, done, total }) => [name, { filling: { done, total } }]))

/** A retired field whose values are still kept. */
export const canComeBack = ({ retiredAt }: FieldRow) => retiredAt !== null && Date.now() - Date.parse(retiredAt) < daysRetired * 86_400_000

export function shownField({ object, shape }: Shaping, name: string): ShapedField {
  const row = shape.rows.find(each => each.name === name)
  const field = row?.retiredAt ? fieldFrom(row) : object.fields.find(each => each.name === name)
  if (!field) throw new Problem('name.unknown', { name })
  return shownAs(field, shape)
}

function shownAs({ column: _, ...field }: Field, { rows }: Shape): ShapedField {
  const row = rows.find(each => each.name === field.name)
  return { ...field, isStandard: row?.column === null || row === undefined, version: row?.version ?? 0, retiredAt: row?.retiredAt ?? null }
}

export async function writeRow(tx: Db, viewerId: string, row: Pick<FieldRow, 'object' | 'name' | 'column' | 'traits'>): Promise<void> {
  await tx.query(sql`
    insert into fields (object, name, column_name, traits, created_by) values (${row.object}, ${row.name}, ${row.column}, ${JSON.stringify(row.traits)}::jsonb, ${viewerId}::uuid)
    on conflict (object, name) do update set traits = excluded.traits, version = fields.version + 1`)
}

/** Puts a field behind another, or first. All names are written down, so that the order stays whatever is declared later. */
export async function place(tx: Db, object: ObjectType, name: string, after: string | null): Promise<void> {
  const others = object.fields.map(field => field.name).filter(each => each !== name)
  const at = after === null ? -1 : others.indexOf(after)
  if (after !== null && at < 0) throw new Problem('record.invalid', { count: 1 }, { fields: [{ field: 'after', code: 'shape.afterUnknown', value: after }] })
  const names = [...others.slice(0, at + 1), name, ...others.slice(at + 1)]
  await tx.query(sql`insert into field_orders (object, names) values (${object.name}, ${names}) on conflict (object) do update set names = excluded.names`)
}

/** ms that a change of a table may wait in one go. */
const patience = 3_000

/**
 * The last statement of a shaping. An index that is being made waits for every transaction that began before it, this one too, while this one
 * waits for the index: so it gives up soon and the whole write begins again, as after any collision.
 */
export async function changeTable(tx: Db, change: Sql): Promise<void> {
  await tx.query(sql`set local statement_timeout = ${raw(String(patience))}`)
  await tx.query(change).catch((error: { code?: string }) => {
    throw error.code === cancelled ? Object.assign(new Error('the table is in use'), { code: collision }) : error
  })
}

const [cancelled, collision] = ['57014', '40001']

export function refuseAll(findings: Finding[]): void {
  if (findings.length > 0) throw new Problem('record.invalid', { count: findings.length }, { fields: findings })
}

/** A short id that no label decides: columns and options are renamed freely. */
export const shortId = () => Array.from({ length: 10 }, () => 'abcdefghijklmnopqrstuvwxyz0123456789'.charAt(randomInt(36))).join('')
