import type { FindQuery, FoundRow } from '#shared/api/sheet.ts'
import type { Filter } from '#shared/filter.ts'
import type { ObjectType } from '#shared/object.ts'
import type { Viewer } from '../access/viewer.ts'
import { objectOf } from '../catalog/catalog.ts'
import type { Db } from '../db/connect.ts'
import { and, or, raw, sql, type Sql } from '../db/sql.ts'
import { count } from './count.ts'
import { filterSql } from './filter.ts'
import { planOf } from './find.ts'
import { candidatesOf, matchSql, walkSql } from './match.ts'
import { beside, placeOf, rowsOf, type Placed } from './order.ts'
import { visibleColumns } from './relation.ts'
import { freshenSearch } from './search-index.ts'
import { orderOf, type OrderKey } from './sort.ts'

interface List { from: Sql; where: Sql }

/**
 * The next row of a list that holds these words, behind the record `after` and around the end, with its place. It looks where the search looks, and at the options
 * of choices. Some thousand matches are collected; of more, rows are looked at in the order of the list.
 */
export async function findInList(db: Db, viewer: Viewer, name: string, query: FindQuery): Promise<FoundRow> {
  const object = objectOf(name)
  await freshenSearch(db)
  const { from, where } = planOf(viewer, object, { filter: query.filter, q: query.q, fields: [] })
  const list = { from, where }
  const keys = orderOf(viewer, object, query.sort)
  const { found, told } = await matching(db, viewer, object, query.find, list)
  const start = query.after === undefined ? undefined : (await rowsOf(db, { from, where: sql`id = ${query.after}::uuid` }, keys, { limit: 1 }))[0]
  const next = await nextOf(db, found, keys, start, query.backwards === true)
  if (!next) return { row: null, id: null, total: 0, totalIsEstimate: false }
  const [row, total] = await Promise.all([
    placeOf(db, list, keys, next.position),
    count(db, found, told === 'exact' ? { total: 'exact' } : {}, { shown: 1, whole: undefined, walked: typeof told === 'number' ? told : undefined }),
  ])
  return { row, id: next.id, total: total.value, totalIsEstimate: total.isEstimate }
}

/** The rows that match; and their number where it is cheap to tell, or was guessed for a walk. */
async function matching(db: Db, viewer: Viewer, object: ObjectType, words: string, list: List): Promise<{ found: List; told: 'exact' | number | undefined }> {
  const options = optionsSql(viewer, object, words)
  const either = (match: Sql): List => ({ from: list.from, where: and([list.where, options ? or([match, options]) : match]) })
  const candidates = await candidatesOf(db, viewer, object, words)
  if (candidates) return { found: either(matchSql(viewer, object, words, candidates)), told: options ? undefined : 'exact' }
  const walk = await walkSql(db, viewer, object, words, { from: list.from, others: list.where })
  return walk ? { found: either(walk.where), told: walk.total } : { found: either(matchSql(viewer, object, words)), told: undefined }
}

/** Choices have no part in the search; their words are few and known. */
function optionsSql(viewer: Viewer, object: ObjectType, words: string): Sql | null {
  const wanted = words.normalize('NFKC').trim().toLowerCase()
  const parts = visibleColumns(viewer, object).flatMap(({ field, shown }): Filter[] => {
    if (shown === 'text' || (field.type !== 'choice' && field.type !== 'choices')) return []
    const labels = (field.options ?? []).filter(option => option.label.toLowerCase().includes(wanted)).map(option => option.label)
    return labels.length === 0 ? [] : [{ field: field.name, op: 'in', value: labels }]
  })
  return parts.length === 0 || wanted === '' ? null : filterSql(viewer, object, { or: parts })
}

/** Behind the start, else around the end: the first from the other side. */
async function nextOf(db: Db, found: List, keys: OrderKey[], start: Placed | undefined, backwards: boolean): Promise<Placed | undefined> {
  const first = (where: Sql) => rowsOf(db, { from: found.from, where: and([found.where, where]) }, keys, { limit: 1, backwards })
  if (start) {
    const [next] = await first(beside(keys, start.position, backwards ? 'before' : 'behind'))
    if (next) return next
  }
  return (await first(raw('true')))[0]
}
