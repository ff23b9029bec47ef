import type { Db } from '../db/connect.ts'
import { and, join, or, raw, sql, type Sql } from '../db/sql.ts'
import { keyColumns, orderBySql, positionIn, type Keyed, type OrderKey, type Position } from './sort.ts'

/** Rows of a relation. */
interface List { from: Sql; where: Sql }
export interface Placed { id: string; position: Position }

/** A stretch of a list in its order, or in the opposite one. */
export async function rowsOf(db: Db, list: List, keys: OrderKey[], { offset = 0, limit, backwards = false }: { offset?: number; limit: number; backwards?: boolean }): Promise<Placed[]> {
  const { inside, outside } = keyColumns(keys)
  const order = backwards ? oppositeSql(keys) : orderBySql(keys)
  const chosen = await db.query<{ id: string } & Keyed>(sql`
    select id, ${outside} from (select id, ${inside} from ${list.from} visible where ${list.where} ${order} offset ${raw(String(offset))} limit ${raw(String(limit))}) chosen`)
  return chosen.map(row => ({ id: row.id, position: positionIn(keys, row) }))
}

/** Empty values are last in a list, so they come first backwards. */
const oppositeSql = (keys: OrderKey[]): Sql =>
  sql`order by ${join(keys.map(key => sql`${key.expression} ${raw(key.descending ? 'asc' : 'desc')}${raw(key.nullable ? ' nulls first' : '')}`))}`

/** How many rows of a list come before a position: its place, counted from 0. */
export async function placeOf(db: Db, list: List, keys: OrderKey[], position: Position): Promise<number> {
  const [row] = await db.query<{ n: number }>(sql`select count(*)::int as n from ${list.from} visible where ${list.where} and ${beside(keys, position, 'before')}`)
  return row?.n ?? 0
}

/** Rows on one side of a position. What the first key can tell stands alone, so that an index can start right there. */
export function beside(keys: OrderKey[], position: Position, side: 'before' | 'behind'): Sql {
  const [key] = keys
  const value = position[0] ?? null
  const exact = onSide(keys, position, side)
  if (!key || value === null || (key.nullable && side === 'behind')) return exact
  return and([sql`${key.expression} ${raw(isLess(key, side) ? '<=' : '>=')} ${value}::text::${key.type}`, exact])
}

const isLess = (key: OrderKey, side: 'before' | 'behind') => key.descending === (side === 'behind')

function onSide(keys: OrderKey[], position: Position, side: 'before' | 'behind'): Sql {
  const [key, ...rest] = keys
  if (!key) return raw('false')
  const value = position[0] ?? null
  const further = () => onSide(rest, position.slice(1), side)
  if (value === null) {
    const same = sql`(${key.expression} is null and ${further()})`
    return side === 'before' ? or([sql`${key.expression} is not null`, same]) : same
  }
  const at = sql`${value}::text::${key.type}`
  return or([
    sql`${key.expression} ${raw(isLess(key, side) ? '<' : '>')} ${at}`,
    sql`(${key.expression} = ${at} and ${further()})`,
    ...(key.nullable && side === 'behind' ? [sql`${key.expression} is null`] : []),
  ])
}
