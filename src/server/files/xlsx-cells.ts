import { Problem } from '#shared/problem.ts'
import type { Cell, SourceRow } from './read.ts'
import { dateOfSerial, timeOfSerial } from './serial.ts'
import type { Strings } from './xlsx-strings.ts'
import type { FormatKind } from './xlsx-styles.ts'
import { cellText, endsName, richText } from './xml-text.ts'

/** What a cell needs besides its own XML. */
export interface CellContext {
  strings: Strings
  styles: FormatKind[]
  from1904: boolean
}

const MAX_COLUMN = 16_384

/** The cells of one `<row>`; those that are not written down are null, and none stand after the last value. */
export function readRow(xml: string, prefix: string, previous: number, context: CellContext): SourceRow {
  const headEnd = xml.indexOf('>')
  const head = xml.slice(0, headEnd)
  const number = /\sr\s*=\s*["'](\d+)/.exec(head)?.[1]
  const hidden = head.includes('hidden') && /\shidden\s*=\s*["'](1|true)/.test(head)
  return { row: number ? Number(number) : previous + 1, hidden, cells: readCells(xml, headEnd + 1, prefix, context) }
}

function readCells(xml: string, from: number, prefix: string, context: CellContext): Cell[] {
  const cells: Cell[] = []
  const open = `<${prefix}c`
  const close = `</${prefix}c>`
  const value = `<${prefix}v>`
  let column = -1
  let at = from
  for (;;) {
    const start = xml.indexOf(open, at)
    if (start < 0) return cells
    at = start + open.length
    if (!endsName(xml.charCodeAt(at))) continue
    const headEnd = xml.indexOf('>', at)
    const head = readHead(xml, at, headEnd)
    column = head.column >= 0 ? head.column : column + 1
    if (column >= MAX_COLUMN) throw new Problem('file.corrupt')
    at = headEnd + 1
    if (xml.charCodeAt(headEnd - 1) === 47) continue

    let cell: Cell
    if (xml.startsWith(value, at)) {
      const end = xml.indexOf('<', at + value.length)
      cell = valueOf(xml.slice(at + value.length, end), head, context)
      at = end
    } else {
      const end = xml.indexOf(close, at)
      cell = contentOf(xml.slice(at, end), prefix, head, context)
      at = end
    }
    if (cell !== null) put(cells, column, cell)
  }
}

function put(cells: Cell[], column: number, cell: Cell) {
  while (cells.length < column) cells.push(null)
  cells[column] = cell
}

interface CellHead {
  /** 0-based; -1 when the cell does not say: then it stands beside the one before. */
  column: number
  style: number
  type: string
}

/** `r`, `s` and `t` of a cell. A regular expression here costs a third of the whole reading time. */
function readHead(xml: string, from: number, to: number): CellHead {
  const head: CellHead = { column: -1, style: 0, type: '' }
  let at = from
  while (at < to) {
    const equals = xml.indexOf('=', at)
    if (equals < 0 || equals >= to) break
    const open = equals + 1
    const close = xml.indexOf(xml.charAt(open), open + 1)
    if (close < 0) break
    const isOneLetter = xml.charCodeAt(equals - 2) <= 32
    const name = isOneLetter ? xml.charCodeAt(equals - 1) : 0
    if (name === 114) head.column = columnOf(xml, open + 1, close)
    else if (name === 115) head.style = Number(xml.slice(open + 1, close))
    else if (name === 116) head.type = xml.slice(open + 1, close)
    at = close + 1
  }
  return head
}

/** The letters of 'AB12' as a 0-based column. */
function columnOf(xml: string, from: number, to: number) {
  let column = 0
  for (let at = from; at < to; at++) {
    const letter = xml.charCodeAt(at) & ~32
    if (letter < 65 || letter > 90) break
    column = column * 26 + letter - 64
  }
  return column - 1
}

/** The rarer shapes: inline strings, formulas, attributes on the value. */
function contentOf(xml: string, prefix: string, head: CellHead, context: CellContext): Cell {
  if (head.type === 'inlineStr') return richText(xml, prefix) || null
  const value = new RegExp(`<${prefix}v(?:\\s[^>]*)?>([^<]*)</`).exec(xml)?.[1]
  if (value) return valueOf(value, head, context)
  const formula = new RegExp(`<${prefix}f(?:\\s[^>]*?)?(?:/>|>([^<]*)</)`).exec(xml)
  if (!formula || (head.type === 'str' && value === '')) return null
  // Formulas are never computed here: only a value that the last program left behind is a value.
  return { error: 'cell.formulaNoCache', raw: `=${cellText(formula[1] ?? '')}` }
}

function valueOf(raw: string, head: CellHead, context: CellContext): Cell {
  if (head.type === 's') return context.strings.get(Number(raw)) ?? { error: 'cell.badReference', raw }
  if (head.type === '' || head.type === 'n') return numberOf(raw, context.styles[head.style] ?? null, context.from1904)
  if (head.type === 'str') return textOf(cellText(raw))
  if (head.type === 'b') return raw === '1' || raw === 'true'
  if (head.type === 'e') return { error: 'cell.errorValue', raw: cellText(raw) }
  if (head.type === 'd') return isoDate(raw)
  return cellText(raw) || null
}

const textOf = (text: string): Cell =>
  // WPS keeps pictures in cells behind a formula of its own; its text is no value.
  /^=?(_xlfn\.)?DISPIMG\(/.test(text) ? { error: 'cell.picture', raw: text } : text || null

const isoDate = (raw: string): Cell => ({ date: raw.replace(/(\.\d+)?Z?$/, '').replace(/T00:00:00$/, '') })

/** A number as it is, or the date or percentage that its format shows. */
export function numberOf(raw: string, kind: FormatKind, from1904: boolean): Cell {
  if (raw === '') return null
  const number = Number(raw)
  if (Number.isNaN(number)) return { error: 'cell.badNumber', raw }
  if (!kind) return isPrecise(number) ? number : { error: 'number.precisionLost', raw }
  // Shown as 12.5 %, stored as 0.125: without its sign the number would be read a hundred times too small.
  if (kind === 'percent') return `${Number((number * 100).toPrecision(15))}%`
  if (kind === 'elapsed' || (kind === 'time' && number < 1)) {
    return number >= 0 ? timeOfSerial(number) : { error: 'date.impossible', raw }
  }
  const date = dateOfSerial(number, from1904)
  return date ? { date } : { error: 'date.impossible', raw }
}

// Excel keeps 15 digits and fills up with zeros, so that a whole number of 16 digits ending in 0 has most likely lost its last one.
const isPrecise = (number: number) => Math.abs(number) < 1e15 || (Number.isSafeInteger(number) && number % 10 !== 0)
