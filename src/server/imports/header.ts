import type { Cell, SourceRow } from '#server/files/read.ts'
import type { Finding } from '#shared/problem.ts'
import { isBlank, textOf } from './cells.ts'
import { core, headerWords, normalise, oneLine } from './header-words.ts'
import type { Target } from './targets.ts'

export interface Header {
  /** Row number in the file of the last header line; null: the file has none, columns are named A, B, C. */
  row: number | null
  /** Everything up to this row is title, notes and header. */
  lastRow: number
  columns: { column: number; header: string }[]
  findings: Finding[]
}

/** So many rows at the top are looked at. */
const window = 30

/** Finds the header below titles and notes, joins two levels of it, and reports headers that come twice. */
export function findHeader(rows: readonly SourceRow[], targets: readonly Target[], chosenRow?: number): Header {
  const head = rows.slice(0, window)
  const words = new Set(targets.flatMap(target => target.words.flatMap(entry => [entry.word, core(entry.word)])))
  const index = chosenRow === undefined ? bestRow(head, words) : head.findIndex(row => row.row === chosenRow)
  const line = head[index]
  if (line === undefined) return withoutHeader(head)

  const upper = head[index - 1]
  const lower = head[index + 1]
  if (lower !== undefined && isSecondLevel(line.cells, lower.cells, words)) return joined(line, lower)
  if (upper !== undefined && isFirstLevel(upper.cells)) return joined(upper, line)

  return found(line.row, line.cells.map(cell => oneLine(textOf(cell))))
}

function bestRow(rows: readonly SourceRow[], words: ReadonlySet<string>): number {
  const width = Math.max(0, ...rows.map(row => row.cells.filter(cell => !isBlank(cell)).length))
  const scores = rows.map(row => headerScore(row.cells, words, width))
  const best = Math.max(0, ...scores)

  return best === 0 ? -1 : scores.indexOf(best)
}

/** Known words count most; data (figures, dates, phones, long texts, repeated texts) speaks against. */
function headerScore(cells: readonly Cell[], words: ReadonlySet<string>, width: number): number {
  const texts = cells.map(cell => (typeof cell === 'string' ? cell.trim() : '')).filter(text => text !== '')
  const filled = cells.filter(cell => !isBlank(cell)).length
  const distinct = new Set(texts).size
  if (filled === 0 || (distinct === 1 && filled > 1) || (filled === 1 && width > 1)) return 0
  const known = texts.filter(text => isKnown(text, words)).length
  const data = cells.filter(looksLikeData).length
  if (known === 0 && (data > 0 || filled < Math.max(2, width * 0.6) || distinct < texts.length)) return 0

  return known * 3 + distinct * 0.5 - data * 2 - (filled - distinct)
}

const isKnown = (text: string, words: ReadonlySet<string>) => {
  if (text.length > 40) return false
  const { keys } = headerWords(text)
  return keys.some(key => words.has(key) || (key.length >= 3 && words.has(core(key))))
}

function looksLikeData(cell: Cell): boolean {
  if (isBlank(cell)) return false
  if (typeof cell !== 'string') return true
  const text = cell.trim()
  return text.length > 30 || /^[¥￥+-]?[\d.,:/\s-]+[%万元]?$/.test(text) || /@.+\./.test(text) || /^\d{4}年\d/.test(text)
}

/** The line below is the second level when it only fills what the line above spans over several columns. */
function isSecondLevel(upper: readonly Cell[], lower: readonly Cell[], words: ReadonlySet<string>): boolean {
  const filled = [...lower.keys()].filter(i => !isBlank(lower[i]) && textOf(lower[i]) !== textOf(upper[i]))
  if (filled.length < 2 || filled.some(i => looksLikeData(lower[i] ?? null))) return false
  const spans = (i: number) => isBlank(upper[i]) || textOf(upper[i]) === textOf(upper[i - 1]) || isBlank(upper[i + 1]) || textOf(upper[i]) === textOf(upper[i + 1])
  const known = filled.filter(i => isKnown(textOf(lower[i]), words)).length

  return filled.every(spans) && known * 2 >= filled.length
}

/** The line above is the first level when it has several groups; a title is one text over everything. */
function isFirstLevel(upper: readonly Cell[]): boolean {
  const texts = upper.filter(cell => !isBlank(cell)).map(textOf)
  return new Set(texts).size >= 2 && !upper.some(looksLikeData)
}

/** 基本信息 over 客户名称 is 客户名称; 2024 over 金额 stays `2024 金额` where 金额 alone comes twice. */
function joined(upper: SourceRow, lower: SourceRow): Header {
  const width = Math.max(upper.cells.length, lower.cells.length)
  const children = Array.from({ length: width }, (_, i) => oneLine(textOf(lower.cells[i])))
  const parents = filledRight(upper.cells, children)
  const labels = children.map((child, i) => {
    const parent = parents[i] ?? ''
    if (child === '' || child === parent) return parent
    const isTwice = children.filter(other => other === child).length > 1
    return isTwice && parent !== '' ? `${parent} ${child}` : child
  })

  return found(lower.row, labels)
}

/** A merged group stands in its first cell only, when the reader did not fill it. */
function filledRight(cells: readonly Cell[], children: readonly string[]): string[] {
  let last = ''
  return children.map((child, i) => {
    const own = oneLine(textOf(cells[i]))
    if (own !== '') last = own
    return own !== '' || child !== '' ? last : ''
  })
}

function found(row: number, labels: string[]): Header {
  const columns = labels.map((header, column) => ({ column, header }))
  const seen = new Map<string, number>()
  const twice = columns.filter(({ header, column }) => {
    const key = normalise(header)
    if (key === '') return false
    const isTwice = seen.has(key)
    seen.set(key, column)
    return isTwice
  })

  return { row, lastRow: row, columns, findings: twice.map(({ header, column }) => ({ code: 'header.duplicate', values: { header, column: columnName(column) } })) }
}

function withoutHeader(rows: readonly SourceRow[]): Header {
  const width = Math.max(0, ...rows.map(row => row.cells.length))
  const columns = Array.from({ length: width }, (_, column) => ({ column, header: columnName(column) }))

  return { row: null, lastRow: 0, columns, findings: width === 0 ? [] : [{ code: 'header.none' }] }
}

/** 0 → A, 26 → AA, as a spreadsheet names its columns. */
export const columnName = (column: number): string => (column < 26 ? '' : columnName(Math.floor(column / 26) - 1)) + String.fromCharCode(65 + (column % 26))
