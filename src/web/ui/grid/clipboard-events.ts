import { t } from '#web/i18n.ts'
import { formatHtml, formatTsv, parseTsv } from './clipboard.ts'
import { clearCells, insertText, pasteLines } from './commands.ts'
import { maxRows } from './edit-commands.ts'
import { boxOf, cellCount, type Box } from './selection.ts'
import { boundsOf, columnAt, rowAt, type Sheet } from './sheet.ts'

/** Puts the marked cells on the clipboard, as text and as a table. */
export function copyCells<Row>(sheet: Sheet<Row>, event: ClipboardEvent) {
  if (!sheet.editing.get()) copy(sheet, event)
}

export function cutCells<Row>(sheet: Sheet<Row>, event: ClipboardEvent) {
  if (!sheet.editing.get() && copy(sheet, event)) clearCells(sheet)
}

/** Writes what is on the clipboard from the active cell on; into an open cell as text. */
export function pasteCells<Row>(sheet: Sheet<Row>, event: ClipboardEvent) {
  if (!event.clipboardData) return
  const lines = linesOf(event.clipboardData)
  if (!sheet.editing.get()) {
    event.preventDefault()
    if (lines.length > 0) pasteLines(sheet, lines)
    return
  }
  // One copied cell goes into the text without the line break that Excel puts behind it.
  const [text] = lines.length === 1 && lines[0]?.length === 1 ? lines[0] : []
  if (text === undefined) return
  event.preventDefault()
  insertText(sheet, text)
}

function copy<Row>(sheet: Sheet<Row>, event: ClipboardEvent): boolean {
  const box = boxOf(sheet.selection.get())
  const { onNotice } = sheet.props
  event.preventDefault()
  if (box.bottom - box.top >= maxRows) {
    onNotice?.(t('grid.tooManyRows', { limit: maxRows }))
    return false
  }
  const lines = textsOf(sheet, box)
  if (!lines) {
    void copyLater(sheet, box)
    return false
  }
  const { text, html } = formats(sheet, box, lines)
  event.clipboardData?.setData('text/plain', text)
  event.clipboardData?.setData('text/html', html)
  if (cellCount(box) > 1) onNotice?.(t('grid.copied', { count: cellCount(box) }))
  return true
}

/** The texts of the box when all of its rows are loaded. */
function textsOf<Row>(sheet: Sheet<Row>, box: Box): string[][] | undefined {
  const rows: Row[] = []
  for (let index = box.top; index <= Math.min(box.bottom, boundsOf(sheet).rows - 1); index++) {
    const row = rowAt(sheet, index)
    if (row === undefined) return undefined
    const state = sheet.props.rowState?.(row)
    if (index === box.top || (state !== 'blank' && state !== 'head')) rows.push(row)
  }
  return rows.map(row => lineOf(sheet, row, box))
}

function lineOf<Row>(sheet: Sheet<Row>, row: Row, box: Box): string[] {
  const drafts = sheet.drafts.all.get().get(sheet.props.rowId(row))
  return sheet.arrangement.columns.slice(box.left, box.right + 1).map(({ column }) => drafts?.get(column.name)?.text ?? column.text(row))
}

function formats<Row>(sheet: Sheet<Row>, box: Box, lines: string[][]) {
  const asText = lines[0]?.map((_, index) => columnAt(sheet, box.left + index)?.column.align !== 'right') ?? []
  return { text: formatTsv(lines), html: formatHtml(lines, asText) }
}

/** Rows that are not here yet: the browser waits for them, where it can (https or localhost). */
async function copyLater<Row>(sheet: Sheet<Row>, box: Box) {
  const { source, onNotice } = sheet.props
  const parts = source.fetch(box.top, box.bottom).then(rows => formats(sheet, box, rows.map(row => lineOf(sheet, row, box))))
  try {
    await navigator.clipboard.write([new ClipboardItem({
      'text/plain': parts.then(({ text }) => new Blob([text], { type: 'text/plain' })),
      'text/html': parts.then(({ html }) => new Blob([html], { type: 'text/html' })),
    })])
    onNotice?.(t('grid.copied', { count: cellCount(box) }))
  } catch {
    onNotice?.(t('grid.notCopied'))
  }
}

/** Excel and WPS mean their text; a table from a web page keeps its line breaks inside cells only as HTML. */
function linesOf(data: DataTransfer): string[][] {
  const text = data.getData('text/plain')
  const html = data.getData('text/html')
  const table = html.includes('<table') && !html.includes('urn:schemas-microsoft-com') ? tableOf(html) : []
  if (text === '') return table
  const lines = parseTsv(text)
  return table.length > 0 && table.length < lines.length ? table : lines
}

function tableOf(html: string): string[][] {
  const table = new DOMParser().parseFromString(html, 'text/html').querySelector('table')
  table?.querySelectorAll('br').forEach(line => line.replaceWith('\n'))
  return [...(table?.rows ?? [])].map(row => [...row.cells].map(cell => cell.textContent.trim()))
}
