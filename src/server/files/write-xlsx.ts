import type { Writable } from 'node:stream'
import { type CellWriter, cellWriter, textCell } from './xlsx-cell-write.ts'
import { columnName, contentTypesXml, listSheetXml, packageRelationsXml, propertiesXml, sheetBegin, type SheetPart, style, stylesXml, workbookRelationsXml, workbookXml } from './xlsx-parts.ts'
import { escapeXml } from './xml-write.ts'
import { type RowCursor, rowCursor } from './row-cursor.ts'
import type { Column, ColumnKind, Rows } from './table.ts'
import { zipWriter } from './zip-write.ts'

export interface XlsxTable {
  sheet: string
  columns: Column[]
  rows: Rows
  /** A merged line above the header. */
  title?: string
  /** Who exported when: on every printed page, and in the properties of the file. */
  watermark?: string
  /** Drop-down lists for the cells of a column, by its 0-based position. */
  validations?: { column: number; options: string[] }[]
}

// Measured on 100,000 × 20 cells: level 1 makes files a fifth larger than level 6 in less than half of its time.
const LEVEL = 1
const MAX_ROWS = 1_048_576
// A part of 4 GB would need another kind of zip: the next sheet begins well before.
const MAX_SHEET = 3_000_000_000
const CELLS = 500

/**
 * Writes one table as a workbook, in constant memory, to a stream that it ends. Texts are texts, never formulas;
 * rows that do not fit on one sheet go on to another. `cut` counts the cells that were longer than a cell can be.
 */
export async function writeXlsx(stream: Writable, table: XlsxTable): Promise<{ rows: number; sha256: string; cut: number }> {
  const zip = zipWriter(stream, LEVEL)
  const cursor = rowCursor(table.rows, Math.ceil(CELLS / table.columns.length))
  const state = { cut: 0 }
  const sheets: SheetPart[] = []
  await zip.add('_rels/.rels', packageRelationsXml)
  do {
    sheets.push({ name: sheetName(table.sheet, sheets.length + 1), hidden: false })
    await zip.addStream(`xl/worksheets/sheet${sheets.length}.xml`, sheetXml(table, cursor, state))
  } while (await cursor.hasMore())

  if (table.validations?.length) {
    sheets.push({ name: LISTS, hidden: true })
    await zip.add(`xl/worksheets/sheet${sheets.length}.xml`, listSheetXml(table.validations.map(one => one.options)))
  }
  await zip.add('xl/workbook.xml', workbookXml(sheets))
  await zip.add('xl/_rels/workbook.xml.rels', workbookRelationsXml(sheets))
  await zip.add('xl/styles.xml', stylesXml)
  await zip.add('docProps/core.xml', propertiesXml(table.title ?? table.sheet, table.watermark ?? ''))
  await zip.add('[Content_Types].xml', contentTypesXml(sheets))
  const { sha256 } = await zip.end()
  return { rows: cursor.taken(), sha256, cut: state.cut }
}

const LISTS = '_lists'

async function* sheetXml(table: XlsxTable, cursor: RowCursor, state: { cut: number }): AsyncGenerator<string> {
  const { columns, title } = table
  const writers = columns.map((column, index) => cellWriter(column.kind, columnName(index), state))
  let row = title === undefined ? 1 : 2
  let size = 0
  yield sheetHead(columns, row)
  if (title !== undefined) yield `<row r="1" ht="24" customHeight="1">${textCell('A1', title, style.title, state)}</row>`
  yield `<row r="${row}">${columns.map(({ header }, index) => textCell(columnName(index) + row, header, style.header, state)).join('')}</row>`

  const firstRow = row + 1
  while (row < MAX_ROWS && size < MAX_SHEET && (await cursor.hasMore())) {
    const pieces: string[] = []
    for (const values of cursor.take(MAX_ROWS - row)) addRow(pieces, writers, String(++row), values)
    const xml = pieces.join('')
    size += xml.length * 2
    yield xml
  }
  yield sheetTail(table, firstRow)
}

function addRow(xml: string[], writers: CellWriter[], row: string, values: readonly unknown[]) {
  xml.push('<row r="', row, '">')
  for (let column = 0; column < writers.length; column++) {
    const value = values[column]
    if (value !== null && value !== undefined && value !== '') writers[column]?.(xml, row, value)
  }
  xml.push('</row>')
}

const widths: Record<ColumnKind, number> = { text: 16, number: 12, money: 14, date: 12, datetime: 20, percent: 10 }

/** A Chinese character is two standard characters wide. */
const widthOf = ({ header, kind, width }: Column) => width ?? Math.min(60, Math.max(widths[kind], header.length * 2 + 4))

const sheetHead = (columns: Column[], headerRow: number) =>
  `${sheetBegin}<sheetViews><sheetView workbookViewId="0"><pane ySplit="${headerRow}" topLeftCell="A${headerRow + 1}" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>` +
  `<cols>${columns.map((column, index) => `<col min="${index + 1}" max="${index + 1}" width="${widthOf(column)}" customWidth="1"/>`).join('')}</cols><sheetData>`

/** What may follow the rows, in the order that the standard demands. */
function sheetTail({ columns, title, watermark, validations = [] }: XlsxTable, firstRow: number) {
  const merged = title !== undefined && columns.length > 1 ? `<mergeCells count="1"><mergeCell ref="A1:${columnName(columns.length - 1)}1"/></mergeCells>` : ''
  const lists = validations.map(({ column, options }, index) => {
    const [name, list] = [columnName(column), columnName(index)]
    return `<dataValidation type="list" allowBlank="1" showErrorMessage="1" sqref="${name}${firstRow}:${name}${MAX_ROWS}"><formula1>${LISTS}!$${list}$1:$${list}$${options.length}</formula1></dataValidation>`
  })
  const validated = lists.length ? `<dataValidations count="${lists.length}">${lists.join('')}</dataValidations>` : ''
  return `</sheetData>${merged}${validated}${watermark ? pageMarks(watermark) : ''}</worksheet>`
}

/** `&` begins a command there, and 255 characters are all there is room for. */
function pageMarks(watermark: string) {
  const text = escapeXml(watermark.slice(0, 120).replaceAll('&', '&&'))
  return `<pageMargins left="0.5" right="0.5" top="0.75" bottom="0.75" header="0.3" footer="0.3"/><headerFooter><oddHeader>&amp;R${text}</oddHeader><oddFooter>&amp;L${text}&amp;R&amp;P / &amp;N</oddFooter></headerFooter>`
}

/** Excel allows 31 characters, none of []:*?/\ and no quote at the ends. */
function sheetName(name: string, number: number) {
  const suffix = number > 1 ? ` (${number})` : ''
  const clean = name.replace(/[[\]:*?/\\\x00-\x1f]/g, ' ').replace(/^'+|'+$/g, '').trim() || 'Sheet'
  return clean.slice(0, 31 - suffix.length) + suffix
}
