/** What a person put right in the preview; the file itself stays as it is. */
export interface Fixes {
  /** One cell: `12 phone` → text. */
  cells: ReadonlyMap<string, string>
  /** Every cell of a field with this text. */
  texts: ReadonlyMap<string, string>
}

export type Fix = { row: number; field: string; to: string } | { field: string; from: string; to: string }

export const noFixes: Fixes = { cells: new Map(), texts: new Map() }

export function fixesOf(list: readonly Fix[]): Fixes {
  const cells = new Map<string, string>()
  const texts = new Map<string, string>()
  for (const fix of list) {
    if ('row' in fix) cells.set(`${fix.row} ${fix.field}`, fix.to)
    else texts.set(`${fix.field} ${fix.from.trim()}`, fix.to)
  }

  return { cells, texts }
}
