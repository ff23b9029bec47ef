/** How a column is written: as text, or as a value that a spreadsheet can sort and add up. */
export type ColumnKind = 'text' | 'number' | 'money' | 'date' | 'datetime' | 'percent'

export interface Column {
  header: string
  kind: ColumnKind
  /** In characters of the standard font; by kind and header when left out. */
  width?: number
}

/** Rows as the API gives them, in batches: decimals as strings, dates `YYYY-MM-DD`, instants ISO 8601, references `{ label }`, lists. */
export type Rows = AsyncIterable<readonly (readonly unknown[])[]>

/** A value as a person reads it; empty when there is none. */
export function textOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (Array.isArray(value)) return value.map(textOf).filter(Boolean).join('、')
  if (typeof value !== 'object') return String(value)
  return 'label' in value ? textOf(value.label) : JSON.stringify(value)
}

export const isDecimal = (text: string) => /^-?\d+(\.\d+)?$/.test(text)

/** Spreadsheets keep 15 digits: a longer number would come back as another one. */
export const isExactNumber = (text: string) => isDecimal(text) && (text.length <= 15 || text.replace(/^-?0*\.?0*|\.(?=\d*$)/g, '').length <= 15)
