/** Operators of conditions. `within` takes a relative span: `{last: 7, unit: 'day'}`, `{next: 1, unit: 'month'}`, `{this: 'week'}`. */
export const ops = ['eq', 'ne', 'in', 'notIn', 'contains', 'startsWith', 'empty', 'notEmpty', 'lt', 'lte', 'gt', 'gte', 'between', 'within', 'has', 'hasNo'] as const
export type Op = (typeof ops)[number]

export type Unit = 'day' | 'week' | 'month' | 'quarter' | 'year'
export type Span = { last: number; unit: Unit } | { next: number; unit: Unit } | { this: Unit }

export interface Condition { field: string; op: Op; value?: unknown }

/** A tree of conditions; at most 50 nodes and 5 levels deep. `has`/`hasNo` name a related object in `field` and hold a Filter in `value`. */
export type Filter = { and: Filter[] } | { or: Filter[] } | { not: Filter } | Condition

export const limits = { nodes: 50, depth: 5 }

export interface SortKey { field: string; descending: boolean }

/** `-createdAt,name` → keys in order. */
export const parseSort = (text: string): SortKey[] =>
  text.split(',').map(part => part.trim()).filter(part => part !== '')
    .map(part => ({ field: part.replace(/^[-+]/, ''), descending: part.startsWith('-') }))

export const writeSort = (keys: SortKey[]) => keys.map(key => (key.descending ? '-' : '') + key.field).join(',')

/** Every field that a filter asks about. */
export const fieldsIn = (filter: Filter): string[] => {
  if ('and' in filter) return filter.and.flatMap(fieldsIn)
  if ('or' in filter) return filter.or.flatMap(fieldsIn)
  return 'not' in filter ? fieldsIn(filter.not) : [filter.field]
}

/** A filter without the conditions that are not kept; nothing where none is left. */
export function partOf(filter: Filter, keeps: (condition: Condition) => boolean): Filter | undefined {
  const parts = (all: Filter[]) => all.flatMap(part => partOf(part, keeps) ?? [])
  if ('and' in filter) return joined(parts(filter.and), and => ({ and }))
  if ('or' in filter) return joined(parts(filter.or), or => ({ or }))
  if ('not' in filter) {
    const inner = partOf(filter.not, keeps)
    return inner && { not: inner }
  }
  return keeps(filter) ? filter : undefined
}

const joined = (parts: Filter[], join: (parts: Filter[]) => Filter) => (parts.length < 2 ? parts[0] : join(parts))
