import { fieldOf, type Field, type ObjectType } from '#shared/object.ts'
import { allObjects, targetOf } from '../catalog/catalog.ts'
import { computedFields, type Computed } from '../catalog/computed.ts'
import type { Db } from '../db/connect.ts'
import { ident, join, raw, sql, type Sql } from '../db/sql.ts'
import { computedSql } from './computed-sql.ts'
import { hints } from './hints.ts'

/** What was written just now: records of an object, and which of their fields. `all`: they are new, gone, or back. */
export interface Written {
  object: ObjectType
  ids: readonly string[]
  fields: readonly Field[] | 'all'
  /** What references among these fields pointed to before. */
  before?: readonly { field: Field; id: unknown }[]
}

/**
 * Formulas, rollups and lookups that depend on what was written become true again, in the same transaction, here and on every record that is reached.
 * The one place for it: whatever writes records says so here. Costs nothing where no computed field reads what was written.
 */
export async function keepComputed(db: Db, written: Written): Promise<void> {
  if (written.ids.length === 0) return
  const all = computedFields()
  if (!all.some(each => isConcerned(each, written))) return
  await workOut(db, all, dirtyFrom(written))
}

/** One computed field of these records, and what depends on it. */
export async function fillComputed(db: Db, object: ObjectType, field: Field, ids: readonly string[]): Promise<void> {
  const dirty = dirtyFrom({ object, ids: [], fields: [] })
  dirty.asked = { object: object.name, field: field.name, ids }
  await workOut(db, computedFields(), dirty)
}

const isConcerned = ({ object, sources }: Computed, { object: of, fields }: Written) =>
  fields === 'all' ? object.name === of.name || sources.some(source => source.object === of.name) : sources.some(source => source.object === of.name && isAmong(fields, source.field))

/** Every save says when it was. */
const isAmong = (fields: readonly Field[], name: string) => name === 'updatedAt' || fields.some(field => field.name === name)

/** Which records hold something new, by object and field. */
interface Dirty {
  written: Written
  changed: Map<string, Set<string>>
  asked?: { object: string; field: string; ids: readonly string[] }
}

const dirtyFrom = (written: Written): Dirty => ({ written, changed: new Map() })
const key = (object: string, field: string) => `${object} ${field}`

function idsIn({ written, changed }: Dirty, object: string, field: string): string[] {
  const isWritten = written.object.name === object && (written.fields === 'all' || isAmong(written.fields, field))
  return [...(isWritten ? written.ids : []), ...changed.get(key(object, field)) ?? []]
}

async function workOut(db: Db, all: Computed[], dirty: Dirty): Promise<void> {
  const touched = new Map<string, Set<string>>()
  for (const group of groupsOf(all)) {
    const { object } = group[0] ?? {}
    if (!object) continue
    const ids = [...new Set((await Promise.all(group.map(each => recordsFor(db, each, dirty)))).flat())]
    if (ids.length === 0) continue
    await hold(db, object, ids, group)
    const changed = await write(db, object, group, ids)
    for (const { field } of group) dirty.changed.set(key(object.name, field.name), new Set([...dirty.changed.get(key(object.name, field.name)) ?? [], ...changed]))
    touched.set(object.name, new Set([...touched.get(object.name) ?? [], ...changed]))
  }
  await tell(db, dirty.written, touched)
}

/** Formulas of one object on one level are worked out together. */
const groupsOf = (all: Computed[]): Computed[][] =>
  [...Map.groupBy(all, each => (each.field.formula === undefined ? key(each.object.name, each.field.name) : `${each.object.name} ${each.level} formulas`)).values()].sort((a, b) => (a[0]?.level ?? 0) - (b[0]?.level ?? 0))

/** The records whose field may have become another. */
async function recordsFor(db: Db, { object, field, sources }: Computed, dirty: Dirty): Promise<string[]> {
  const { written, asked } = dirty
  const own = asked?.object === object.name && asked.field === field.name ? asked.ids : []
  const made = written.object.name === object.name && written.fields === 'all' ? written.ids : []
  const from = sources.map(source => ({ source, ids: idsIn(dirty, source.object, source.field) }))
  if (field.formula !== undefined) return [...own, ...made, ...from.flatMap(({ ids }) => ids)]
  if (field.rollup) return [...own, ...made, ...await parentsOf(db, field, from.flatMap(({ ids }) => ids), written)]
  const [through, target] = from
  return [...own, ...made, ...through?.ids ?? [], ...(target && target.ids.length > 0 ? await childrenOf(db, object, field, target.ids) : [])]
}

/** Where those records belong now, and where they belonged before. */
async function parentsOf(db: Db, { rollup }: Field, ids: string[], written: Written): Promise<string[]> {
  const other = allObjects().find(each => each.name === rollup?.object)
  const link = other && rollup && fieldOf(other, rollup.link)
  if (!other || !link) return []
  const before = written.object.name === other.name ? (written.before ?? []).flatMap(({ field, id }) => (field.name === link.name && typeof id === 'string' ? [id] : [])) : []
  if (ids.length === 0) return before
  const now = await db.query<{ id: string }>(sql`select distinct ${ident(link.column)} as id from ${ident(other.table)} where id = any(${ids}::uuid[]) and ${ident(link.column)} is not null`, 'prepared')
  return [...before, ...now.map(row => row.id)]
}

async function childrenOf(db: Db, object: ObjectType, { lookup }: Field, ids: string[]): Promise<string[]> {
  const through = lookup && fieldOf(object, lookup.through)
  if (!through) return []
  const rows = await db.query<{ id: string }>(sql`select id from ${ident(object.table)} where ${ident(through.column)} = any(${ids}::uuid[])`, 'prepared')
  return rows.map(row => row.id)
}

/**
 * The statement that works a value out must begin after whoever wrote at the same time has committed, or it would not see what they wrote:
 * so the records are held first, and what is looked up is kept from changing.
 */
async function hold(db: Db, object: ObjectType, ids: string[], group: Computed[]): Promise<void> {
  await db.query(sql`select from ${ident(object.table)} where id = any(${ids}::uuid[]) order by id for no key update`, 'prepared')
  for (const { field: { lookup } } of group) {
    const through = lookup && fieldOf(object, lookup.through)
    const target = through && targetOf(through)
    if (target) await db.query(sql`select from ${ident(target.table)} where id in (select ${ident(through.column)} from ${ident(object.table)} where id = any(${ids}::uuid[])) order by id for share`, 'prepared')
  }
}

/** Only what really changes is written: most of what may have changed has not. */
async function write(db: Db, object: ObjectType, group: Computed[], ids: string[]): Promise<string[]> {
  const columns = group.map(({ field }) => ident(field.column))
  const rows = (alias: Sql) => sql`row(${join(columns.map(column => sql`${alias}.${column}`))})`
  const changed = await db.query<{ id: string }>(sql`
    update ${ident(object.table)} kept set ${join(columns.map(column => sql`${column} = fresh.${column}`))}
    from (select record.id, ${join(group.map(({ field }) => sql`${computedSql(object, field)} as ${ident(field.column)}`))} from ${ident(object.table)} record where record.id = any(${ids}::uuid[]) offset 0) fresh
    where kept.id = fresh.id and ${rows(raw('kept'))} is distinct from ${rows(raw('fresh'))} returning kept.id`, 'prepared')
  return changed.map(row => row.id)
}

/** Records that only followed are news as well: for who watches them, and for programs that follow the changes. */
async function tell(db: Db, { object, ids: written }: Written, touched: Map<string, Set<string>>): Promise<void> {
  for (const [name, changed] of touched) {
    const ids = [...changed].filter(id => name !== object.name || !written.includes(id))
    if (ids.length === 0) continue
    await db.query(sql`insert into changes (object, record_id, kind) select ${name}, id, 'change' from unnest(${ids}::uuid[]) id`, 'prepared')
    db.afterCommit(() => hints.emit(name, ids))
  }
}
