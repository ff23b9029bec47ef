import type { Lang } from '../object.ts'

/** Fills `{name}` in a text. */
export const fill = (text: string, values: Record<string, string | number> = {}) =>
  text.replace(/\{(\w+)\}/g, (hole, name: string) => String(values[name] ?? hole))

export const langs: readonly Lang[] = ['zh-CN', 'en']
