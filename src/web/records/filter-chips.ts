import { limits, ops, type Filter } from '#shared/filter.ts'

/** The chips of the bar: the parts of the outermost `and`, each of which can be taken away alone. */
export const chipsOf = (filter: Filter | undefined): Filter[] => (filter === undefined ? [] : 'and' in filter ? filter.and : [filter])
export const fromChips = (chips: Filter[]): Filter | undefined => (chips.length < 2 ? chips[0] : { and: chips })

/** A filter from a URL: anything malformed, too large or too deep is no filter. */
export const readFilter = (value: unknown): Filter | undefined => (isFilter(value, limits.depth) && size(value) <= limits.nodes ? value : undefined)

function isFilter(value: unknown, depth: number): value is Filter {
  if (depth === 0 || typeof value !== 'object' || value === null) return false
  if ('and' in value) return Array.isArray(value.and) && value.and.length > 0 && value.and.every(part => isFilter(part, depth - 1))
  if ('or' in value) return Array.isArray(value.or) && value.or.length > 0 && value.or.every(part => isFilter(part, depth - 1))
  if ('not' in value) return isFilter(value.not, depth - 1)
  return 'field' in value && typeof value.field === 'string' && 'op' in value && ops.some(op => op === value.op)
}

function size(filter: Filter): number {
  const parts = 'and' in filter ? filter.and : 'or' in filter ? filter.or : 'not' in filter ? [filter.not] : []
  return 1 + parts.reduce((sum, part) => sum + size(part), 0)
}
