import { useInfiniteQuery } from '@tanstack/react-query'
import { aggregateRecords, queryRecords, type Page, type RecordOut } from '#shared/api/records.ts'
import type { ObjectOut } from '#shared/api/objects.ts'
import type { Filter } from '#shared/filter.ts'
import type { Problem } from '#shared/problem.ts'
import { read } from '#web/api.ts'
import type { FieldOut } from '#web/objects.ts'
import { queries, useRead } from '#web/queries.ts'
import type { ListAddress } from '#web/records/list-address.ts'
import { both } from './view-settings.ts'

/** Rows that come at once. */
const step = 30

export type Query = Pick<ListAddress, 'filter' | 'q' | 'sort'>
type Pages = { pages: Page[]; pageParams: unknown[] }

const keyOf = (object: string, place: string, query: object) => [object, 'place', place, query]

/** The records of one place, the first ones at once and more on demand: a column of a board, a day of a calendar, a whole gallery. */
export function useRecordsOf(object: ObjectOut, place: string, condition: Filter | undefined, { filter, q, sort }: Query, fields: string[]) {
  const query = { ...(condition ? { filter: both(filter, condition) } : filter && { filter }), ...(q && { q }), ...(sort && { sort }), fields: neededOf(object, fields) }
  return useInfiniteQuery<Page, Problem, Pages, unknown[], string | null>({
    queryKey: keyOf(object.name, place, query),
    queryFn: ({ pageParam, signal }) => read(queryRecords, { params: { object: object.name }, body: { ...query, limit: step, ...(pageParam === null ? {} : { cursor: pageParam }), total: 'none' as const }, signal }),
    initialPageParam: null,
    getNextPageParam: page => page.next,
  })
}

/** What a card shows, and what names a record. */
export const neededOf = (object: ObjectOut, fields: string[]) =>
  [...new Set([object.title, ...(object.numberField ? [object.numberField] : []), ...fields])].filter(name => object.fields.some(field => field.name === name))

/** How many records each column has, and the sum of their money, in one question. */
export function useColumnSums(object: ObjectOut, field: FieldOut, money: FieldOut | undefined, { filter, q }: Query) {
  const measures = [{ op: 'count' as const, as: 'records' }, ...(money ? [{ op: 'sum' as const, field: money.name, as: 'amount' }] : [])]
  return useRead(aggregateRecords, { params: { object: object.name }, body: { ...(filter && { filter }), ...(q && { q }), group: [field.name], measures } }, { keep: true })
}

/** A record that was saved, with its new version, wherever it is shown: it may be carried on at once. */
export function renew(object: string, saved: RecordOut) {
  queries.setQueriesData<Pages>({ queryKey: [object, 'place'] }, known => known && { ...known, pages: known.pages.map(page => ({ ...page, records: page.records.map(each => (each.id === saved.id ? saved : each)) })) })
}

/** Shows a move before the server has it: out of one place, on top of the other. */
export function place(object: string, record: RecordOut, from: string, to: string) {
  queries.setQueriesData<Pages>({ queryKey: [object, 'place', from] }, known => known && { ...known, pages: known.pages.map(page => ({ ...page, records: page.records.filter(each => each.id !== record.id) })) })
  queries.setQueriesData<Pages>({ queryKey: [object, 'place', to] }, known => known && { ...known, pages: known.pages.map((page, i) => (i === 0 ? { ...page, records: [record, ...page.records.filter(each => each.id !== record.id)] } : page)) })
}
