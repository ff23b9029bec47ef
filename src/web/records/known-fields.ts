import type { Filter } from '#shared/filter.ts'
import { parseSort, writeSort } from '#shared/filter.ts'
import type { ListAddress } from './list-address.ts'

/** What of an address asks for fields that are there, and the names of those that are not. Questions to related objects are theirs to answer. */
export function withoutUnknown({ filter, sort, ...rest }: ListAddress, isKnown: (field: string) => boolean): { address: ListAddress; gone: string[] } {
  const gone = new Set<string>()
  const knows = (field: string) => isKnown(field) || !gone.add(field)
  const keys = parseSort(sort ?? '').filter(key => knows(key.field))
  const kept = filter === undefined ? undefined : known(filter, knows)
  return { address: { ...rest, ...(kept && { filter: kept }), ...(keys.length > 0 && { sort: writeSort(keys) }) }, gone: [...gone] }
}

function known(filter: Filter, knows: (field: string) => boolean): Filter | undefined {
  const parts = (all: Filter[]) => all.flatMap(part => known(part, knows) ?? [])
  if ('and' in filter) return joined(parts(filter.and), and => ({ and }))
  if ('or' in filter) return joined(parts(filter.or), or => ({ or }))
  if ('not' in filter) {
    const inner = known(filter.not, knows)
    return inner && { not: inner }
  }
  return filter.op === 'has' || filter.op === 'hasNo' || knows(filter.field) ? filter : undefined
}

const joined = (parts: Filter[], join: (parts: Filter[]) => Filter) => (parts.length < 2 ? parts[0] : join(parts))
