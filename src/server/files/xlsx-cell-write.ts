import { serialOfDate } from './serial.ts'
import { type ColumnKind, isExactNumber, textOf } from './table.ts'
import { wallClock } from './wall-clock.ts'
import { style } from './xlsx-parts.ts'
import { escapeXml } from './xml-write.ts'

/** The XML of one cell of a column; `row` counts from 1. */
export type CellWriter = (row: string, value: unknown) => string

const MAX_TEXT = 32_767

/** What cannot be written as its kind (a number of 20 digits, a date before 1900) is written as text: never another value. */
export function cellWriter(kind: ColumnKind, column: string, state: { cut: number }): CellWriter {
  const begin = `<c r="${column}`
  const asText: CellWriter = (row, value) => textCell(column + row, textOf(value), style.text, state)
  const asNumber = (numberStyle: number, numberOf: (value: unknown) => string | number | null): CellWriter => {
    const middle = `" s="${numberStyle}"><v>`
    return (row, value) => {
      const number = numberOf(value)
      return number === null ? asText(row, value) : `${begin}${row}${middle}${number}</v></c>`
    }
  }
  const writers: Record<ColumnKind, CellWriter> = {
    text: asText,
    number: asNumber(style.general, exactNumber),
    money: asNumber(style.money, exactNumber),
    percent: asNumber(style.percent, hundredth),
    date: asNumber(style.date, value => (typeof value === 'string' ? serialOfDate(value) : null)),
    datetime: asNumber(style.datetime, value => (typeof value === 'string' ? serialOfDate(wallClock(value)) : null)),
  }
  return writers[kind]
}

export function textCell(ref: string, text: string, cellStyle: number, state: { cut: number }) {
  if (text === '') return ''
  const kept = text.length > MAX_TEXT ? cut(text, state) : text
  const hasEdge = kept.charCodeAt(0) <= 32 || kept.charCodeAt(kept.length - 1) <= 32 || kept.includes('\n')
  return `<c r="${ref}" s="${cellStyle}" t="inlineStr"><is><t${hasEdge ? ' xml:space="preserve"' : ''}>${escapeXml(kept)}</t></is></c>`
}

function cut(text: string, state: { cut: number }) {
  state.cut++
  const isInPair = /[\ud800-\udbff]/.test(text.charAt(MAX_TEXT - 1))
  return text.slice(0, isInPair ? MAX_TEXT - 1 : MAX_TEXT)
}

function exactNumber(value: unknown) {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  return typeof value === 'string' && isExactNumber(value) ? value : null
}

/** `12.5` (percent) is 0.125 in a cell that shows 12.5 %. */
function hundredth(value: unknown) {
  const number = exactNumber(value)
  return number === null ? null : Number((Number(number) / 100).toPrecision(15))
}
