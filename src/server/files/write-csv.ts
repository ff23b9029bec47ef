import { createHash } from 'node:crypto'
import { Readable, type Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { guardFormula } from './formula-guard.ts'
import { gather } from './gather.ts'
import { rowCursor } from './row-cursor.ts'
import { type Column, type ColumnKind, isDecimal, type Rows, textOf } from './table.ts'
import { wallClock } from './wall-clock.ts'

export interface CsvTable {
  columns: Column[]
  rows: Rows
}

const CELLS = 2500

/** UTF-8 with its mark and CRLF, as Excel and WPS want it; to a stream that it ends. Texts that look like formulas are guarded. */
export async function writeCsv(stream: Writable, { columns, rows }: CsvTable): Promise<{ rows: number; sha256: string }> {
  const piece = Math.ceil(CELLS / columns.length)
  const cursor = rowCursor(rows, piece)
  const write = columns.map(({ kind }) => csvField[kind])

  async function* pieces() {
    yield csvHeader(columns)
    while (await cursor.hasMore()) {
      // Joined, not added up: see `CellWriter`.
      yield cursor.take(piece).map(values => `${write.map((field, column) => field(values[column])).join(',')}\r\n`).join('')
    }
  }
  const sha256 = await writeHashed(stream, gather(pieces()))
  return { rows: cursor.taken(), sha256 }
}

/** Writes to a stream that it ends; gives the checksum of all that was written. */
export async function writeHashed(stream: Writable, bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const hash = createHash('sha256')
  async function* hashed() {
    for await (const piece of bytes) {
      hash.update(piece)
      yield piece
    }
  }
  await pipeline(Readable.from(hashed(), { objectMode: false }), stream)
  return hash.digest('hex')
}

export const csvHeader = (columns: Column[]) => `\ufeff${columns.map(({ header }) => textField(header)).join(',')}\r\n`

/** Most cells begin with a letter, a digit or a Chinese character and hold nothing special: they are written as they are. */
const textField = (value: unknown) => (typeof value === 'string' && (value === '' || plain.test(value)) ? value : quoted(guardFormula(textOf(value))))
const plain = /^(?!sep=)[\w\u4e00-\u9fff](?:[^"\r\n,;\t|\x1a]*[^"\r\n,;\t|\x1a\s])?$/

/** A number needs no guard, and a minus sign must stay what it is; whatever else stands in its column is text. */
const numberField = (value: unknown) => {
  const text = textOf(value)
  return isDecimal(text) ? text : textField(value)
}

/** How a value of a column stands in a csv. */
export const csvField: Record<ColumnKind, (value: unknown) => string> = {
  text: textField,
  number: numberField,
  money: numberField,
  percent: value => (isDecimal(textOf(value)) ? `${textOf(value)}%` : textField(value)),
  date: textField,
  datetime: value => quoted(guardFormula(wallClock(textOf(value)))),
}

/** Also quoted: other delimiters, so that a reader's guess cannot go wrong, and blanks that some programs trim. */
const quoted = (text: string) => (/["\r\n,;\t|\x1a]|^\s|\s$|^sep=/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
