import type { AggregateQuery, Page, RecordOut, RecordQuery } from '#shared/api/records.ts'
import type { ObjectType } from '#shared/object.ts'
import { fieldTypes } from '#shared/fields/all.ts'
import { Problem } from '#shared/problem.ts'
import type { RowAction } from '../access/scope.ts'
import type { Viewer } from '../access/viewer.ts'
import { objectOf } from '../catalog/catalog.ts'
import type { Db } from '../db/connect.ts'
import { and, ident, join, raw, sql, type Sql } from '../db/sql.ts'
import { count } from './count.ts'
import { dress } from './dress.ts'
import { columnFor, filterSql } from './filter.ts'
import { candidatesOf, matchSql, nextReach, reaches, walkSql } from './match.ts'
import { relation, visibleColumns, type Column } from './relation.ts'
import { keyColumns, orderBySql, orderOf, phases, positionIn, readCursor, writeCursor, type Keyed, type OrderKey, type Position } from './sort.ts'
import { freshenSearch } from './search-index.ts'
import { isDecimal, labelSql } from './storage.ts'

/** A query made ready: which relation, which rows of it, which columns. */
interface Plan {
  viewer: Viewer
  object: ObjectType
  from: Sql
  where: Sql
  /** `where` without the words that are searched for. */
  others: Sql
  columns: Column[]
  /** Its rows have the number of all of them. */
  counts?: boolean
}

/** Where words were looked for and all that hold them collected, a row knows how many there are. */
interface Row { id: string; position: Position; total: number | undefined }

/** A page of records as this viewer sees them, as the JSON text of a `Page`: PostgreSQL builds it, nobody parses it on the way. */
export async function find(db: Db, viewer: Viewer, name: string, query: RecordQuery): Promise<string> {
  const object = objectOf(name)
  const plan = planOf(viewer, object, query)
  if (query.q?.trim()) await freshenSearch(db)
  const keys = orderOf(viewer, object, query.sort)
  const limit = query.limit ?? 50
  const position = query.cursor ? await readCursor(db, query.cursor, keys) : null
  const { rows, walked, total: told }: Found = query.q?.trim()
    ? await pageFound(db, plan, query, keys, position, limit + 1)
    : { rows: query.offset === undefined ? await pageAfter(db, plan, keys, position, limit + 1) : await pageAt(db, plan, keys, query.offset, limit + 1) }
  const isAll = walked === undefined && !query.cursor && !query.offset && rows.length <= limit
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  const next = rows.length > limit && last ? await writeCursor(db, last.position) : null
  const [records, total] = await Promise.all([
    dress(db, plan, idsOf(shown)),
    count(db, plan, query, { shown: shown.length, whole: isAll ? rows.length : told ?? rows[0]?.total, walked }),
  ])
  return `{"records":[${records}],"next":${JSON.stringify(next)},"total":${total.value},"totalIsEstimate":${total.isEstimate}}`
}

/** Every record of a query, in pages, for who needs the records themselves; a list that only passes through is streamed, see `stream.ts`. */
export async function* findAll(db: Db, viewer: Viewer, name: string, query: Omit<RecordQuery, 'limit' | 'cursor' | 'offset' | 'total'> & { ids?: readonly string[] | undefined }): AsyncGenerator<RecordOut[]> {
  const object = objectOf(name)
  const plan = planOf(viewer, object, query)
  if (query.q?.trim()) await freshenSearch(db)
  const keys = orderOf(viewer, object, query.sort)
  let position: Position | null = null
  for (;;) {
    const rows: Row[] = await pageAfter(db, plan, keys, position, 2000)
    if (rows.length > 0) yield JSON.parse(`[${await dress(db, plan, idsOf(rows))}]`) as RecordOut[]
    if (rows.length < 2000) return
    position = rows.at(-1)?.position ?? null
  }
}

/** A page, and of how many it is the beginning where that was only guessed for a walk. */
interface Found { rows: Row[]; walked?: number; total?: number }

/** A page of a search: from the next rows of the order where its words are frequent, else from all that hold them. */
async function pageFound(db: Db, plan: Plan, { q = '', offset = 0 }: RecordQuery, keys: OrderKey[], position: Position | null, limit: number): Promise<Found> {
  const { viewer, object } = plan
  const likely = keys[0]?.isIndexed ? await walkSql(db, viewer, object, q, plan) : null
  // Further down, a walk looks at more rows than there are matches.
  const walk = likely && offset > 0 && (offset + limit) * likely.among > likely.total ** 2 ? null : likely
  const near = walk && await pageNear(db, plan, walk.where, keys, position, { offset, limit })
  if (near) return { rows: near, walked: walk.total }
  // Some thousands are collected soon. Where they are more, looking further along the order is the shorter way.
  const candidates = walk ? await candidatesOf(db, viewer, object, q) : undefined
  const further = walk && candidates === null ? await pageNear(db, plan, walk.where, keys, position, { offset, limit }, reaches.most) ?? await pageFar(db, plan, walk.where, keys, { offset, limit }) : null
  if (walk && further) return { rows: further, walked: walk.total }
  const all = withTotal(candidates ? { ...plan, where: and([plan.others, matchSql(viewer, object, q, candidates)]) } : plan)
  if (offset === 0) return { rows: await pageAfter(db, all, keys, position, limit) }
  const rows = await pageAt(db, all, keys, offset, limit)
  // Behind the end no row tells of how many it would be one.
  return rows.length > 0 ? { rows } : { rows, total: (await pageAt(db, all, keys, 0, 1))[0]?.total ?? 0 }
}

/** To find a page of what a search finds, all of it is collected: then it is counted as well, beside the rows. */
const withTotal = (plan: Plan): Plan => ({ ...plan, counts: true, where: raw('true'), from: sql`(select *, count(*) over () as found_in_all from ${plan.from} visible where ${plan.where})` })

const idsOf = (rows: Row[]) => rows.map(row => row.id)

export const parsePage = (text: string) => JSON.parse(text) as Page

/** Also for who streams the rows; an action narrows them to those that it covers. */
export function planOf(viewer: Viewer, object: ObjectType, query: Pick<RecordQuery, 'filter' | 'q' | 'fields' | 'deleted'> & { ids?: readonly string[] | undefined }, action?: RowAction): Plan {
  const others = [
    ...(query.ids ? [sql`id = any(${query.ids}::uuid[])`] : []),
    ...(query.filter ? [filterSql(viewer, object, query.filter)] : []),
  ]
  const words = query.q?.trim() ? [matchSql(viewer, object, query.q)] : []
  const wanted = query.fields?.map(name => columnFor(viewer, object, name))
  return {
    viewer, object, where: and([...others, ...words]), others: and(others), columns: wanted ?? visibleColumns(viewer, object),
    from: relation(viewer, object, { ...(query.deleted ? { deleted: true } : {}), ...(action ? { action } : {}) }),
  }
}

async function pageAfter(db: Db, plan: Plan, keys: OrderKey[], position: Position | null, limit: number): Promise<Row[]> {
  const rows: Row[] = []
  for (const phase of phases(keys, position)) {
    if (rows.length >= limit) break
    rows.push(...await select(db, plan, keys, sql`where ${plan.where} and ${phase.where} ${orderBySql(phase.keys)} limit ${raw(String(limit - rows.length))}`))
  }
  return rows
}

interface Slice { offset: number; limit: number }

/** A page of frequent words from among the next rows of the order; null where they are not that frequent. */
async function pageNear(db: Db, plan: Plan, walk: Sql, keys: OrderKey[], position: Position | null, { offset, limit }: Slice, reach: number = reaches.first): Promise<Row[] | null> {
  const [phase] = phases(keys, position)
  if (!phase) return null
  const wanted = offset + limit
  const order = orderBySql(phase.keys)
  const next = sql`(select * from ${plan.from} visible where ${plan.others} and ${phase.where} ${order} limit ${raw(String(reach))})`
  const rows = await select(db, { ...plan, from: next }, keys, sql`where ${walk} ${order} limit ${raw(String(wanted))}`)
  if (rows.length === wanted) return rows.slice(offset)
  const further = reach === reaches.first ? nextReach(rows.length, wanted) : null
  return further === null ? null : pageNear(db, plan, walk, keys, position, { offset, limit }, further)
}

/** A page further down, by looking at one row after the other; null where these end before. */
async function pageFar(db: Db, plan: Plan, walk: Sql, keys: OrderKey[], { offset, limit }: Slice): Promise<Row[] | null> {
  const [phase] = phases(keys, null)
  if (!phase) return null
  const rows = await select(db, plan, keys, sql`where ${plan.others} and ${phase.where} and ${walk} ${orderBySql(phase.keys)} offset ${raw(String(offset))} limit ${raw(String(limit))}`)
  return rows.length === limit ? rows : null
}

/**
 * A jump to any row: counted off on the index alone, where it has all that the order needs. Such an index holds only rows that have the key,
 * so those that lack it come by a statement of their own.
 */
async function pageAt(db: Db, plan: Plan, keys: OrderKey[], offset: number, limit: number): Promise<Row[]> {
  const at = (where: Sql, order: OrderKey[], from: number, most: number) =>
    select(db, plan, keys, sql`where ${plan.where} and ${where} ${orderBySql(order)} offset ${raw(String(from))} limit ${raw(String(most))}`)
  const [present, absent] = phases(keys, null)
  if (!present || !absent || !keys[0]?.isIndexed) return at(raw('true'), keys, offset, limit)
  const rows = await at(present.where, present.keys, offset, limit)
  if (rows.length === limit) return rows
  const passed = rows.length > 0 ? offset : await counted(db, plan, present.where)
  return [...rows, ...await at(absent.where, absent.keys, Math.max(0, offset - passed), limit - rows.length)]
}

async function counted(db: Db, plan: Plan, where: Sql): Promise<number> {
  const [row] = await db.query<{ n: number }>(sql`select count(*)::int as n from ${plan.from} visible where ${plan.where} and ${where}`)
  return row?.n ?? 0
}

/**
 * Ids first, by the narrowest columns and planned for these very values; then only the rows of the page are dressed.
 * The keys become texts outside, for the rows of the page and not for all that are passed over or sorted.
 */
async function select(db: Db, plan: Plan, keys: OrderKey[], tail: Sql): Promise<Row[]> {
  const { inside, outside } = keyColumns(keys)
  const total = plan.counts ? raw('found_in_all::int') : raw('null::int')
  const chosen = await db.query<{ id: string; total: number | null } & Keyed>(sql`
    select id, total, ${outside} from (select id, ${total} as total, ${inside} from ${plan.from} visible ${tail}) chosen`)
  return chosen.map(row => ({ id: row.id, position: positionIn(keys, row), total: row.total ?? undefined }))
}

/** Counts and sums over what the viewer sees. A measure over a masked column is refused: there is no number to see. */
export async function aggregate(db: Db, viewer: Viewer, name: string, query: AggregateQuery): Promise<{ rows: Record<string, unknown>[] }> {
  const object = objectOf(name)
  const plan = planOf(viewer, object, { filter: query.filter, q: query.q })
  if (query.q?.trim()) await freshenSearch(db)
  const groups = (query.group ?? []).map(group => columnFor(viewer, object, group))
  if (groups.length > 3 || query.measures.length > 20) throw new Problem('request.malformed', { detail: 'group, measures' })
  const groupList = groups.map(({ field, shown }) => sql`${shown === 'text' ? ident(field.column) : labelSql(field, ident(field.column))} as ${quoted(field.name)}`)
  const measures = query.measures.map(measure => sql`${measureSql(viewer, object, measure)} as ${quoted(measure.as)}`)
  const grouped = groups.length > 0 ? sql`group by ${join(groups.map((_, i) => raw(String(i + 1))))} order by ${join(groups.map((_, i) => raw(String(i + 1))))} limit 1000` : raw('')
  return { rows: await db.query(sql`select ${join([...groupList, ...measures])} from ${plan.from} visible where ${plan.where} ${grouped}`) }
}

function quoted(name: string): Sql {
  if (!/^[A-Za-z_][A-Za-z0-9_]{0,40}$/.test(name)) throw new Problem('request.malformed', { detail: name.slice(0, 40) })
  return raw(`"${name}"`)
}

function measureSql(viewer: Viewer, object: ObjectType, measure: AggregateQuery['measures'][number]): Sql {
  if (measure.op === 'count') return raw('count(*)::int')
  const column = columnFor(viewer, object, measure.field ?? '')
  const value = ident(column.field.column)
  if (measure.op === 'filled') return sql`count(${value})::int`
  if (column.shown === 'text' || !measures[measure.op].includes(fieldTypes[column.field.type].sql)) throw new Problem('filter.operator', { field: measure.field ?? '', op: measure.op })
  if (!isDecimal(column.field)) return sql`${raw(measure.op)}(${value})`
  const digits = column.field.decimals ?? 2
  return sql`round(${raw(measure.op === 'average' ? 'avg' : measure.op)}(${value}), ${raw(String(digits))})::text`
}

const numbers = ['numeric']
const ordered = ['numeric', 'date', 'timestamptz']
const measures: Record<'sum' | 'average' | 'min' | 'max', string[]> = { sum: numbers, average: numbers, min: ordered, max: ordered }
