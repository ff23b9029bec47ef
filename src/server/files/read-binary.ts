import type { CellObject, WorkSheet } from '@e965/xlsx'
import { Problem } from '#shared/problem.ts'
import type { Bytes } from './bytes.ts'
import type { Cell, Format, OpenOptions, Reading, SourceRow } from './read.ts'
import { formatKind } from './xlsx-styles.ts'
import { numberOf } from './xlsx-cells.ts'
import { type Merge, mergeFiller } from './xlsx-merges.ts'
import { inflate, openZip } from './zip.ts'

// These formats are read whole into memory.
const MAX_SIZE = 20_000_000
const BATCH_ROWS = 1000

/** .xls, .xlsb, .ods and the XML of Excel 2003, through SheetJS; to be run in a worker. */
export async function readBinary(bytes: Bytes, format: Format, options: OpenOptions): Promise<Reading> {
  if (bytes.size > MAX_SIZE) throw new Problem('file.tooLarge', { limit: '20 MB' })
  if (format === 'xlsb' || format === 'ods') await checkZip(bytes)
  const book = await parse(bytes)
  const from1904 = book.Workbook?.WBProps?.date1904 === true
  const sheets = book.SheetNames.map((name, index) => ({ name, hidden: (book.Workbook?.Sheets?.[index]?.Hidden ?? 0) !== 0 }))
  const rowsIn = (name: string) => rowsOf(book.Sheets[name] ?? {}, from1904)

  const sheet = options.sheet ?? sheets.find(one => !one.hidden && rowsIn(one.name).length > 0)?.name
  if (sheet === undefined) throw new Problem('file.empty')
  if (!book.Sheets[sheet]) throw new Problem('file.sheetUnknown', { sheet })
  const rows = rowsIn(sheet)
  return { format, encoding: null, sheets, sheet, findings: [], rows: () => inBatches(rows) }
}

export async function* inBatches(rows: SourceRow[]) {
  for (let at = 0; at < rows.length; at += BATCH_ROWS) yield rows.slice(at, at + BATCH_ROWS)
}

/** SheetJS believes the sizes that a zip declares; read once by our own rules, a bomb or a broken file ends here. */
async function checkZip(bytes: Bytes) {
  const zip = openZip(bytes)
  for (const entry of zip.entries.values()) for await (const _ of inflate(zip, entry));
}

/** Loaded only when needed: the library and the tables of its old Chinese code pages weigh more than all other readers. */
async function parse(bytes: Bytes) {
  const { read, set_cptable } = await import('@e965/xlsx')
  set_cptable(await import('@e965/xlsx/dist/cpexcel.full.mjs'))
  try {
    return read(bytes.read(0, bytes.size), { type: 'buffer', dense: true, cellDates: false, cellNF: true, cellText: false, cellHTML: false })
  } catch (error) {
    throw new Problem(error instanceof Error && /password/i.test(error.message) ? 'file.encrypted' : 'file.corrupt')
  }
}

function rowsOf(sheet: WorkSheet, from1904: boolean): SourceRow[] {
  const fillMerged = mergeFiller(mergesOf(sheet))
  const data: (CellObject | undefined)[][] = sheet['!data'] ?? []
  const rows: SourceRow[] = []
  for (const [index, source] of data.entries()) {
    if (!source) continue
    const cells = Array.from(source, cell => (cell ? cellOf(cell, from1904) : null))
    while (cells.length && cells.at(-1) === null) cells.pop()
    if (!cells.length) continue
    const row = { row: index + 1, hidden: sheet['!rows']?.[index]?.hidden === true, cells }
    fillMerged(row)
    rows.push(row)
  }
  return rows
}

const mergesOf = (sheet: WorkSheet): Merge[] =>
  (sheet['!merges'] ?? [])
    .filter(({ s, e }) => e.r > s.r)
    .map(({ s, e }) => ({ from: s.r + 1, to: e.r + 1, column: s.c }))
    .sort((a, b) => a.from - b.from)

function cellOf(cell: CellObject, from1904: boolean): Cell {
  if (cell.t === 'e') return { error: 'cell.errorValue', raw: cell.w ?? String(cell.v) }
  if (cell.t === 'n') return numberOf(String(cell.v), formatKind(String(cell.z ?? '')), from1904)
  if (typeof cell.v === 'boolean') return cell.v
  return cell.v === undefined ? null : String(cell.v) || null
}
