import { queryRecords } from '#shared/api/records.ts'
import type { Filter } from '#shared/filter.ts'
import { read } from '#web/api.ts'

/** Ticked rows: these ids, or everything in the filter but these ids. */
export interface Chosen { all: boolean; ids: ReadonlySet<string> }

interface Query { filter?: Filter; q?: string }

const everything: Filter = { and: [] }

/** What a bulk act is sent: ids, or the filter itself, so that a million rows need not travel. */
export async function targetsOf(object: string, chosen: Chosen, query: Query): Promise<{ ids: string[] } | { filter: Filter; q?: string }> {
  if (!chosen.all) return { ids: [...chosen.ids] }
  if (chosen.ids.size === 0) return { filter: query.filter ?? everything, ...(query.q && { q: query.q }) }
  // "All but these" has no filter of its own: the ids are fetched, page by page.
  const ids: string[] = []
  let cursor: string | null = null
  do {
    const page: { records: { id: string }[]; next: string | null } = await read(queryRecords, { params: { object }, body: { ...(query.filter && { filter: query.filter }), ...(query.q && { q: query.q }), fields: [], limit: 500, total: 'none', ...(cursor && { cursor }) } })
    ids.push(...page.records.map(record => record.id).filter(id => !chosen.ids.has(id)))
    cursor = page.next
  } while (cursor !== null)
  return { ids }
}
