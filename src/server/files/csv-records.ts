import type { Cell } from './read.ts'
import { unguardFormula } from './formula-guard.ts'

export interface CsvRecord {
  cells: Cell[]
  /** The field that opens a quote and never closes it; the record ends with its line. */
  isUnclosed: boolean
}

const QUOTE = 34
const LF = 10
const CR = 13
// Excel holds 32,767 characters in a cell: a quote still open after four times that was never meant to close.
const MAX_QUOTED = 131_072

/**
 * RFC 4180, tolerant where files are: CRLF, LF and CR end a record, even mixed; a quote inside a field is a character.
 * A quote that never closes costs its own line only: the rest of the file is read.
 */
export async function* csvRecords(texts: AsyncIterable<string>, delimiter: string): AsyncGenerator<CsvRecord[]> {
  const code = delimiter.charCodeAt(0)
  let rest = ''
  for await (const text of texts) {
    const { records, next } = readRecords(rest + text, code, false)
    rest = (rest + text).slice(next)
    if (records.length) yield records
  }
  const { records } = readRecords(rest, code, true)
  if (records.length) yield records
}

function readRecords(text: string, delimiter: number, isLast: boolean) {
  const records: CsvRecord[] = []
  let next = 0
  while (next < text.length) {
    const found = readRecord(text, next, delimiter, isLast)
    if (!found) break
    records.push(found.record)
    next = found.next
  }
  return { records, next }
}

/** null: the record may go on in text that has not come yet. */
function readRecord(text: string, from: number, delimiter: number, isLast: boolean) {
  const cells: Cell[] = []
  let at = from
  for (;;) {
    if (text.charCodeAt(at) === QUOTE) {
      const field = readQuoted(text, at, delimiter, isLast)
      if (field === 'more') return null
      if (field === 'unclosed') return unclosed(text, at, cells, isLast)
      cells.push(cellOf(field.value))
      at = field.next
    } else {
      const end = fieldEnd(text, at, delimiter)
      if (end === text.length && !isLast) return null
      cells.push(cellOf(text.slice(at, end)))
      at = end
    }
    if (text.charCodeAt(at) === delimiter) at++
    else return ended(text, at, { cells, isUnclosed: false }, isLast)
  }
}

const cellOf = (text: string) => unguardFormula(text) || null

function unclosed(text: string, at: number, cells: Cell[], isLast: boolean) {
  const end = fieldEnd(text, at, LF)
  return ended(text, end, { cells: [...cells, { error: 'csv.unclosedQuote', raw: text.slice(at, end) }], isUnclosed: true }, isLast)
}

/** Behind the line end; a CR at the very end of a piece may be half of a CRLF. */
function ended(text: string, at: number, record: CsvRecord, isLast: boolean) {
  if (text.charCodeAt(at) !== CR) return { record, next: Math.min(at + 1, text.length) }
  if (at + 1 === text.length && !isLast) return null
  return { record, next: text.charCodeAt(at + 1) === LF ? at + 2 : at + 1 }
}

function fieldEnd(text: string, from: number, delimiter: number) {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === delimiter || code === LF || code === CR) return at
  }
  return text.length
}

function readQuoted(text: string, from: number, delimiter: number, isLast: boolean) {
  let at = from + 1
  for (;;) {
    const quote = text.indexOf('"', at)
    if (quote < 0 || quote - from > MAX_QUOTED) return isLast || text.length - from > MAX_QUOTED ? 'unclosed' : 'more'
    if (quote + 1 === text.length && !isLast) return 'more'
    const after = text.charCodeAt(quote + 1)
    if (after === QUOTE) {
      at = quote + 2
    } else if (after === delimiter || after === LF || after === CR || quote + 1 === text.length) {
      return { value: text.slice(from + 1, quote).replaceAll('""', '"'), next: quote + 1 }
    } else if (/[\r\n]/.test(text.slice(from + 1, quote))) {
      // A quote in the middle of a word, lines after the opening one: it opens another field, ours was never closed.
      return 'unclosed'
    } else {
      at = quote + 1
    }
  }
}
