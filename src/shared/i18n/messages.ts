import type { Lang } from '../object.ts'

/** Fills `{name}` in a text; `{name:row|rows}` is the first word for one, the second for any other number. */
export const fill = (text: string, values: Record<string, string | number> = {}) =>
  text.replace(/\{(\w+)(?::([^|{}]*)\|([^|{}]*))?\}/g, (hole, name: string, one?: string, many?: string) =>
    one === undefined || many === undefined ? String(values[name] ?? hole) : String(values[name]) === '1' ? one : many)

export const langs: readonly Lang[] = ['zh-CN', 'en']
