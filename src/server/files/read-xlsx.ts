import { Problem } from '#shared/problem.ts'
import type { OpenOptions, Reading, SourceRow } from './read.ts'
import { readRow } from './xlsx-cells.ts'
import { type Merge, mergeFiller, readMerges } from './xlsx-merges.ts'
import { openWorkbook, type Sheet, type Workbook } from './xlsx-workbook.ts'
import { decodeXml, xmlBlocks } from './xml-text.ts'
import { inflate, type Zip } from './zip.ts'

// A batch is bounded by its cells: a million rows of one far-away cell each must not fill the memory.
const BATCH_CELLS = 20_000

/** One sheet of a workbook: the one asked for, or the first visible one that has rows. */
export async function readXlsx(zip: Zip, options: OpenOptions): Promise<Reading> {
  const book = await openWorkbook(zip)
  const sheet = options.sheet === undefined ? await firstWithRows(book) : book.sheets.find(one => one.name === options.sheet)
  if (!sheet) throw new Problem('file.sheetUnknown', { sheet: options.sheet ?? '' })

  const merges = await readMerges(zip, sheet.part)
  return {
    format: 'xlsx',
    encoding: null,
    sheets: book.sheets.map(({ name, hidden }) => ({ name, hidden })),
    sheet: sheet.name,
    findings: [],
    rows: () => rowsOf(book, sheet, merges),
  }
}

async function firstWithRows(book: Workbook) {
  for (const sheet of book.sheets) {
    if (sheet.hidden) continue
    for await (const _ of rowsOf(book, sheet, [])) return sheet
  }
  throw new Problem('file.empty')
}

async function* rowsOf(book: Workbook, sheet: Sheet, merges: Merge[]): AsyncGenerator<SourceRow[]> {
  const fillMerged = mergeFiller(merges)
  let batch: SourceRow[] = []
  let size = 0
  let last = 0
  for await (const { prefix, xml } of xmlBlocks(decodeXml(inflate(book.zip, sheet.part)), 'sheetData', 'row')) {
    for (const one of xml) {
      const row = readRow(one, prefix, last, book)
      last = row.row
      if (!row.cells.length) continue
      fillMerged(row)
      batch.push(row)
      size += row.cells.length
      if (size < BATCH_CELLS) continue
      yield batch
      batch = []
      size = 0
    }
  }
  if (batch.length) yield batch
}
