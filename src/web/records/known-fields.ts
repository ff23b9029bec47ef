import { parseSort, partOf, writeSort } from '#shared/filter.ts'
import type { ListAddress } from './list-address.ts'

/** What of an address asks for fields that are there, and the names of those that are not. Questions to related objects are theirs to answer. */
export function withoutUnknown({ filter, sort, ...rest }: ListAddress, isKnown: (field: string) => boolean): { address: ListAddress; gone: string[] } {
  const gone = new Set<string>()
  const knows = (field: string) => isKnown(field) || !gone.add(field)
  const keys = parseSort(sort ?? '').filter(key => knows(key.field))
  const kept = filter === undefined ? undefined : partOf(filter, asked => asked.op === 'has' || asked.op === 'hasNo' || knows(asked.field))
  return { address: { ...rest, ...(kept && { filter: kept }), ...(keys.length > 0 && { sort: writeSort(keys) }) }, gone: [...gone] }
}
