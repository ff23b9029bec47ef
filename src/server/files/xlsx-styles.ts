import { attributes } from './xml-text.ts'

/** How a number format shows a number: a date, a time of day, a duration, a percentage, or (null) the number. */
export type FormatKind = 'date' | 'time' | 'elapsed' | 'percent' | null

// ECMA-376 18.8.30 with the Chinese additions: formats that every workbook has without writing them down.
const builtIn = new Map<number, FormatKind>([
  ...[14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58].map(id => [id, 'date'] as const),
  ...[18, 19, 20, 21, 32, 33, 34, 35, 45, 47, 55, 56].map(id => [id, 'time'] as const),
  [46, 'elapsed'],
  [9, 'percent'],
  [10, 'percent'],
])

/** For every cell style, by its index, how it shows a number. */
export function formatKinds(styles: string): FormatKind[] {
  const own = new Map<number, FormatKind>()
  for (const [tag] of styles.matchAll(/<(?:\w+:)?numFmt\s[^>]*>/g)) {
    const { numFmtId, formatCode } = attributes(tag)
    own.set(Number(numFmtId), formatKind(formatCode ?? ''))
  }
  const cellStyles = /<(?:\w+:)?cellXfs[^>]*>([\s\S]*?)<\/(?:\w+:)?cellXfs>/.exec(styles)?.[1] ?? ''
  return [...cellStyles.matchAll(/<(?:\w+:)?xf\s[^>]*>/g)].map(([tag]) => {
    const id = Number(attributes(tag).numFmtId)
    return own.get(id) ?? builtIn.get(id) ?? null
  })
}

/** Reads a format code such as `yyyy"年"m"月"` or `[h]:mm`; words in quotes, colours and locales say nothing. */
export function formatKind(code: string): FormatKind {
  const first = code.replace(/"[^"]*"|\\.|_.|\*./g, '').split(';')[0] ?? ''
  if (/\[(h+|m+|s+)\]/i.test(first)) return 'elapsed'
  const bare = first.replace(/\[[^\]]*\]/g, '').replace(/am\/pm|a\/p|general|standard/gi, '')
  if (bare.includes('%')) return 'percent'
  if (/[yd]/i.test(bare)) return 'date'
  if (/[hs]/i.test(bare)) return 'time'
  return /m/i.test(bare) ? 'date' : null
}
