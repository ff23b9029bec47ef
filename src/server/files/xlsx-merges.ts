import type { Cell, SourceRow } from './read.ts'
import { attributes } from './xml-text.ts'
import { type Entry, inflate, type Zip } from './zip.ts'

/** A merged area that is more than one row high: rows as a person counts, its first column 0-based. */
export interface Merge {
  from: number
  to: number
  column: number
}

// Merged areas come early among what follows the rows; 16 MB hold more than half a million of them.
const MAX_TAIL = 16_000_000

/**
 * The merged areas of a sheet. They stand after all rows, so that the whole part is inflated once, keeping only its end.
 * That is also the proof, before any row is given out, that size and checksum are right: a broken file is never half read.
 */
export async function readMerges(zip: Zip, part: Entry): Promise<Merge[]> {
  const tail = await readTail(zip, part)
  return [...tail.matchAll(/<(?:[\w.-]+:)?mergeCell\s[^>]*>/g)]
    .flatMap(([tag]) => mergeOf(attributes(tag).ref ?? ''))
    .sort((a, b) => a.from - b.from)
}

/**
 * Gives each row of a vertical merge the value of its first: the customer's name beside three contacts.
 * Only downwards: a merge across columns is a heading, and its text is no value of the columns it covers.
 */
export function mergeFiller(merges: Merge[]): (row: SourceRow) => void {
  let next = 0
  let open: { merge: Merge; value: Cell }[] = []
  return row => {
    open = open.filter(({ merge }) => merge.to >= row.row)
    for (; next < merges.length; next++) {
      const merge = merges[next]
      if (!merge || merge.from > row.row) break
      const value = merge.from === row.row ? (row.cells[merge.column] ?? null) : null
      if (value !== null && merge.to > row.row) open.push({ merge, value })
    }
    // A row with nothing of its own stays empty: it is the lower end of a tall cell, not one more customer.
    if (!open.length || !row.cells.length) return
    for (const { merge, value } of open) fill(row.cells, merge.column, value)
  }
}

function fill(cells: Cell[], column: number, value: Cell) {
  while (cells.length <= column) cells.push(null)
  cells[column] ??= value
}

async function readTail(zip: Zip, part: Entry) {
  let ends: Buffer[] | null = null
  let before: Buffer = Buffer.alloc(0)
  const tail: Buffer[] = []
  let size = 0
  for await (const piece of inflate(zip, part)) {
    ends ??= rowEnds(piece)
    let after = piece
    if (!tail.length) {
      const joined = Buffer.concat([before, piece])
      const at = endOfRows(joined, ends)
      before = joined.subarray(Math.max(0, joined.length - 200))
      if (at < 0) continue
      after = joined.subarray(at)
    }
    if (size < MAX_TAIL) tail.push(after)
    size += after.length
  }
  return Buffer.concat(tail).toString(ends?.[0]?.[1] === 0 ? 'utf16le' : 'utf8')
}

/** The end tag of the rows in the document's encoding; both spellings end in `sheetData>`, whatever the prefix. */
function rowEnds(head: Buffer) {
  const encoding = head[1] === 0 || head[0] === 0xff ? 'utf16le' : 'utf8'
  const prefix = /<([\w.-]+:)?worksheet[\s>]/.exec(head.toString(encoding, 0, 4096))?.[1] ?? ''
  return [`</${prefix}sheetData>`, `<${prefix}sheetData/>`].map(tag => Buffer.from(tag, encoding))
}

function endOfRows(bytes: Buffer, ends: Buffer[]) {
  for (const end of ends) {
    const at = bytes.indexOf(end)
    if (at >= 0) return at + end.length
  }
  return -1
}

function mergeOf(ref: string): Merge[] {
  const area = /^\$?([A-Z]{1,3})\$?(\d+):\$?[A-Z]{1,3}\$?(\d+)$/.exec(ref)
  if (!area?.[1] || Number(area[3]) <= Number(area[2])) return []
  const column = [...area[1]].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1
  return [{ from: Number(area[2]), to: Number(area[3]), column }]
}
