import { clampWidth } from './column-layout.ts'
import { rowAt, type Sheet } from './sheet.ts'
import type { GridColumn } from './types.ts'

/** px beside the text of a cell, and beside a label with its buttons. */
const cellPadding = 26
const headPadding = 44

/** The width that shows every text of the column which is in the window. */
export function fittingWidth<Row>(sheet: Sheet<Row>, column: GridColumn<Row>): number {
  const context = document.createElement('canvas').getContext('2d')
  if (!context || !sheet.scroller) return column.width
  const { fontSize, fontFamily } = getComputedStyle(sheet.scroller)
  context.font = `${fontSize} ${fontFamily}`
  const { from, to } = sheet.view.get().rows
  let width = context.measureText(column.label).width + headPadding
  for (let index = from; index <= to; index++) {
    const row = rowAt(sheet, index)
    if (row !== undefined) width = Math.max(width, context.measureText(column.text(row)).width + cellPadding)
  }
  return clampWidth(width)
}
