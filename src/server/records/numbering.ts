import type { Day } from '#shared/dates.ts'
import { dateParts, expressionOf, numberOf, periodOf, readNumber, stemOf } from '#shared/number-pattern.ts'
import type { Field, ObjectType } from '#shared/object.ts'
import type { Db } from '../db/connect.ts'
import { ident, raw, sql, type Sql } from '../db/sql.ts'

/** Pieces of the statement that stores a new record: what is counted before, the further column, its value, where that comes from. */
export interface Numbered { taken: Sql; column: Sql; value: Sql; from: Sql }

const none: Numbered = { taken: raw(''), column: raw(''), value: raw(''), from: raw('') }

const numberField = (object: ObjectType) => object.fields.find(each => each.name === object.numberField)

/**
 * The human number is taken from the counter in the very statement that stores the record, so that the counter's row is locked
 * for a moment only and a refused save leaves no gap. A number given by hand lifts its counter when it fits the pattern.
 */
export function numbered(object: ObjectType, stored: Map<Field, unknown>, day: Day): Numbered {
  const field = numberField(object)
  const pattern = object.numberPattern
  if (!field || !pattern) return none
  if (stored.get(field)) return { ...none, taken: liftedBy(object, stored) }
  stored.delete(field)
  if (pattern.manual) return none
  return {
    taken: sql`taken as (insert into numberings (object, period, next) values (${object.name}, ${periodOf(pattern, day)}, 2) on conflict (object, period) do update set next = numberings.next + 1 returning next - 1 as n),`,
    column: sql`, ${ident(field.column)}`,
    value: sql`, ${stemOf(pattern, day)}::text || lpad(taken.n::text, greatest(${pattern.digits}, length(taken.n::text)), '0')`,
    from: raw(', taken'),
  }
}

/** A number that people gave, in a new record or an old one: what is counted goes on behind it. */
export function liftedBy(object: ObjectType, stored: Map<Field, unknown>): Sql {
  const field = numberField(object)
  const given = field && stored.get(field)
  const read = object.numberPattern && typeof given === 'string' ? readNumber(object.numberPattern, given) : null
  return read === null ? raw('') : sql`lifted as (${liftSql(object, read.period, read.ordinal + 1)}),`
}

const liftSql = (object: ObjectType, period: string, next: number): Sql =>
  sql`insert into numberings (object, period, next) values (${object.name}, ${period}, ${next}) on conflict (object, period) do update set next = excluded.next where numberings.next < excluded.next`

/** Numbers for so many records without one, in their order; `given` by hand lift their counters first. */
export async function takeNumbers(db: Db, object: ObjectType, given: readonly string[], count: number, day: Day): Promise<string[]> {
  const pattern = object.numberPattern
  if (!pattern) return []
  const highest = new Map<string, number>()
  for (const { period, ordinal } of given.flatMap(number => readNumber(pattern, number) ?? [])) highest.set(period, Math.max(highest.get(period) ?? 0, ordinal))
  for (const [period, ordinal] of [...highest].sort(([a], [b]) => a.localeCompare(b))) await db.query(liftSql(object, period, ordinal + 1))
  if (pattern.manual || count === 0) return []
  const [counter] = await db.query<{ next: number }>(sql`
    insert into numberings (object, period, next) values (${object.name}, ${periodOf(pattern, day)}, ${count + 1})
    on conflict (object, period) do update set next = numberings.next + ${count}::bigint returning next`)
  const first = (counter?.next ?? 0) - count
  return Array.from({ length: count }, (_, i) => numberOf(pattern, day, first + i))
}

/** Every counter goes on behind the highest number that is there, deleted records too: after rows came in beside the door, or the pattern became another. */
export async function countOn(db: Db, object: ObjectType): Promise<void> {
  const highest = highestSql(object)
  if (highest === null) return
  await db.query(sql`
    insert into numberings (object, period, next) select ${object.name}::text, period, highest + 1 from (${highest}) found
    on conflict (object, period) do update set next = greatest(numberings.next, excluded.next)`)
}

/** The next numbers of this day, as the object would give them. */
export async function nextNumbers(db: Db, object: ObjectType, day: Day, count = 3): Promise<string[]> {
  const pattern = object.numberPattern
  const highest = highestSql(object)
  if (!pattern || pattern.manual || highest === null) return []
  const period = periodOf(pattern, day)
  const [row] = await db.query<{ next: number }>(sql`
    select greatest(1, (select next from numberings where object = ${object.name} and period = ${period}), (select highest + 1 from (${highest}) found where period = ${period}))::int as next`)
  return Array.from({ length: count }, (_, i) => numberOf(pattern, day, (row?.next ?? 1) + i))
}

function highestSql(object: ObjectType): Sql | null {
  const field = numberField(object)
  const pattern = object.numberPattern
  if (!field || !pattern) return null
  const expression = expressionOf(pattern)
  const parts = sql`regexp_match(${ident(field.column)}, ${expression})`
  const period = pattern.reset === undefined ? sql`''` : sql`left((${parts})[1], ${dateParts[pattern.reset]})`
  const ordinal = sql`(${parts})[${raw(pattern.date === undefined ? '1' : '2')}]::bigint`
  return sql`select ${period} as period, max(${ordinal}) as highest from ${ident(object.table)} where ${ident(field.column)} ~ ${expression} group by 1`
}
