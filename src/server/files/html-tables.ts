import type { Cell, SourceRow } from './read.ts'
import { character } from './xml-text.ts'

const MAX_SPAN = 1000
const MAX_COLUMNS = 16_384

interface OpenCell {
  text: string
  rowSpan: number
  columnSpan: number
}

interface Table {
  rows: SourceRow[]
  /** Of the row that is open, or was last. */
  row: number
  hidden: boolean
  cells: Cell[] | null
  cell: OpenCell | null
  /** By column: cells of earlier rows that reach down into this one. */
  spans: Map<number, { value: Cell; rowsLeft: number }>
}

/** The rows of every table. Values are text; a cell over several rows gives each its value; a nested table is text of its cell. */
export function htmlTables(html: string): SourceRow[][] {
  const tables: Table[] = []
  let open: Table | undefined
  let depth = 0
  for (const [token, skipped, slash, name, rest = ''] of html.matchAll(tokens)) {
    if (skipped) continue
    const isClose = slash === '/'
    const tag = name?.toLowerCase()
    if (tag === 'table') {
      if (!isClose && ++depth === 1) tables.push((open = newTable()))
      if (isClose && depth > 0 && --depth === 0 && open) closeRow(open)
    } else if (open && depth === 1 && tag) {
      handleTag(open, tag, isClose, rest)
    } else if (open?.cell) {
      open.cell.text += tag ? ' ' : token
    }
  }
  if (open) closeRow(open)
  return tables.map(table => table.rows)
}

const tokens = /(<!--[\s\S]*?-->|<(?:script|style)[\s>][\s\S]*?<\/(?:script|style)>)|<(\/?)([a-zA-Z][\w:-]*)([^>]*)>|[^<]+|</gi

const newTable = (): Table => ({ rows: [], row: 0, hidden: false, cells: null, cell: null, spans: new Map() })

/** Rows and cells may lack their end tag: the next one, or the end of the table, ends them. */
function handleTag(table: Table, tag: string, isClose: boolean, rest: string) {
  if (tag === 'tr') {
    closeRow(table)
    if (!isClose) openRow(table, rest)
  } else if (tag === 'td' || tag === 'th') {
    closeCell(table)
    if (!isClose) openCell(table, rest)
  } else if (table.cell && (tag === 'br' || (isClose && (tag === 'p' || tag === 'div')))) {
    table.cell.text += lineBreak
  }
}

function openRow(table: Table, rest: string) {
  table.row++
  table.cells = []
  table.hidden = /display\s*:\s*none|\shidden[\s=]/i.test(`${rest} `)
}

function openCell(table: Table, rest: string) {
  if (!table.cells) openRow(table, '')
  table.cell = { text: '', rowSpan: span(/rowspan\s*=\s*["']?(\d+)/i.exec(rest)), columnSpan: span(/colspan\s*=\s*["']?(\d+)/i.exec(rest)) }
}

const span = (found: RegExpExecArray | null) => Math.min(MAX_SPAN, Math.max(1, Number(found?.[1] ?? 1)))

function closeCell(table: Table) {
  const { cell, cells } = table
  table.cell = null
  if (!cell || !cells || cells.length >= MAX_COLUMNS) return
  fillFromAbove(table, cells)
  const value = plainText(cell.text) || null
  if (cell.rowSpan > 1) table.spans.set(cells.length, { value, rowsLeft: cell.rowSpan })
  cells.push(value)
  for (let more = 1; more < cell.columnSpan; more++) cells.push(null)
}

function closeRow(table: Table) {
  closeCell(table)
  const { cells } = table
  table.cells = null
  if (!cells) return
  // A row without a cell of its own is only the lower end of tall ones.
  const hasOwn = cells.some(cell => cell !== null)
  fillFromAbove(table, cells)
  while (cells.length && cells.at(-1) === null) cells.pop()
  if (hasOwn && cells.length) table.rows.push({ row: table.row, hidden: table.hidden, cells })
  for (const [column, span] of table.spans) if (--span.rowsLeft <= 0) table.spans.delete(column)
}

function fillFromAbove(table: Table, cells: Cell[]) {
  for (let span = table.spans.get(cells.length); span; span = table.spans.get(cells.length)) cells.push(span.value)
}

const lineBreak = '\u2028'
const names: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'", nbsp: ' ', ensp: ' ', emsp: ' ', yen: '¥', middot: '·', ldquo: '“', rdquo: '”', hellip: '…', mdash: '—', times: '×' }

/** As a browser shows it: white space is one blank, `<br>` and paragraphs are line ends. */
function plainText(html: string) {
  const lines = html.replace(/[ \t\r\n\f]+/g, ' ').split(lineBreak).map(line => line.trim())
  return lines.join('\n').trim().replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex?: string, decimal?: string, name?: string) => {
    if (hex) return character(parseInt(hex, 16))
    if (decimal) return character(Number(decimal))
    return names[name ?? ''] ?? whole
  })
}
