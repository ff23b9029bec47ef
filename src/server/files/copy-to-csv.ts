import type { Writable } from 'node:stream'
import { copyCell, wholeRows } from './copy-rows.ts'
import type { Column, ColumnKind } from './table.ts'
import { csvField, csvHeader, writeHashed } from './write-csv.ts'

/**
 * The rows of a COPY as the csv that `writeCsv` would make of them, byte for byte. Nearly all cells begin with a letter, a digit or a Chinese character and hold nothing
 * that a csv quotes: their bytes stay as they are, for a fifth of what it costs to make texts of them and bytes again. Only about the others is `csvField` asked.
 */
export async function writeCopyAsCsv(stream: Writable, { columns, pieces }: { columns: Column[]; pieces: AsyncIterable<Uint8Array> }, onRows: (count: number) => void): Promise<{ rows: number; sha256: string }> {
  const kinds = columns.map(({ kind }) => kind)
  let rows = 0
  async function* bytes() {
    yield Buffer.from(csvHeader(columns))
    for await (const whole of wholeRows(pieces)) {
      const csv = csvOf(whole, kinds)
      rows += csv.rows
      onRows(rows)
      yield csv.bytes
    }
  }
  const sha256 = await writeHashed(stream, bytes())
  return { rows, sha256 }
}

const [TAB, LINE_END, COMMA, LETTER_T] = [9, 10, 44, 84]
const CRLF = Buffer.from('\r\n')

/** What a byte means inside a cell: nothing, that the cell ends, or that `csvField` must look at it. */
const [ORDINARY, END, SPECIAL] = [0, 1, 2]
const meaning = new Uint8Array(256)
for (const letter of '"\r,;|\x1a\\') meaning[letter.charCodeAt(0)] = SPECIAL
meaning[TAB] = meaning[LINE_END] = END

/** The tabs of `lines` become commas where they stand. */
function csvOf(lines: Uint8Array, kinds: ColumnKind[]): { bytes: Buffer; rows: number } {
  const parts: Uint8Array[] = []
  let [from, start, column, rows, isSpecial] = [0, 0, 0, 0, false]
  for (let i = 0; i < lines.length; i++) {
    const byte = lines[i] ?? 0
    if (meaning[byte] === ORDINARY) continue
    if (meaning[byte] === SPECIAL) {
      isSpecial = true
      continue
    }
    const kind = kinds[column] ?? 'text'
    if (i > start && (isSpecial || !isPlain(lines, start, i, kind))) {
      parts.push(lines.subarray(from, start), Buffer.from(csvField[kind](copyCell(lines.subarray(start, i)))))
      from = i
    }
    if (byte === TAB) {
      lines[i] = COMMA
      column++
    } else {
      parts.push(lines.subarray(from, i), CRLF)
      from = i + 1
      column = 0
      rows++
    }
    start = i + 1
    isSpecial = false
  }
  return { bytes: Buffer.concat(parts), rows }
}

/** Whether `csvField` would leave a cell without special bytes as it is. Where in doubt, it is asked. */
function isPlain(bytes: Uint8Array, start: number, end: number, kind: ColumnKind): boolean {
  const first = bytes[start] ?? 0
  if (!isLetter(first) || (first === 115 && bytes[start + 1] === 101)) return false
  if (kind === 'percent' || (kind === 'datetime' && bytes.subarray(start, end).includes(LETTER_T))) return false
  const last = bytes[end - 1] ?? 0
  if (last < 0x80) return last > 32
  // The last character has three bytes and is no blank: those begin with other bytes, or are U+3000.
  const lead = bytes[end - 3] ?? 0
  return isHan(lead) || (lead === 0xe3 && !(bytes[end - 2] === 0x80 && last === 0x80))
}

/** 0–9, A–Z, a–z, or the first byte of a Chinese character. */
const isLetter = (byte: number) => (byte >= 48 && byte <= 57) || (byte >= 65 && byte <= 90) || (byte >= 97 && byte <= 122) || isHan(byte)
/** The first byte of U+4000 to U+9FFF. */
const isHan = (byte: number) => byte >= 0xe4 && byte <= 0xe9
