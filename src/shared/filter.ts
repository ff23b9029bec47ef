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
