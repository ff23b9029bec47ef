import { gutterWidth } from './column-layout.ts'
import { clamp, trackAt } from './geometry.ts'
import type { CellAt } from './selection.ts'
import { boundsOf, footerHeight, frameOf, hasFooter, headerHeight, rowHeightOf, type Sheet } from './sheet.ts'

/** A point of the window. */
export interface Point { clientX: number; clientY: number }
/** The nearest cell to a point, and what lies there. */
export interface Hit extends CellAt { area: 'header' | 'gutter' | 'cells' | 'none' }

export function hit<Row>(sheet: Sheet<Row>, point: Point): Hit {
  const { scroller, arrangement, position } = sheet
  const bounds = boundsOf(sheet)
  if (!scroller || bounds.rows === 0) return { row: 0, column: 0, area: 'none' }
  const rect = scroller.getBoundingClientRect()
  const x = point.clientX - rect.left
  const y = point.clientY - rect.top
  const row = Math.floor((y - headerHeight + position.y) / rowHeightOf(sheet.props))
  const cell = {
    row: clamp(row, 0, bounds.rows - 1),
    column: trackAt(arrangement.columns, x < arrangement.frozenWidth ? x : x + position.left),
  }
  return { ...cell, area: areaOf(sheet, x, y, row >= bounds.rows) }
}

function areaOf<Row>(sheet: Sheet<Row>, x: number, y: number, isBelow: boolean): Hit['area'] {
  const { width, height } = sheet.size
  if (y < headerHeight) return 'header'
  const bottom = height - (hasFooter(sheet.props) ? footerHeight : 0)
  if (isBelow || y >= bottom || x >= width || x < 0 || x + sheet.position.left >= sheet.arrangement.width) return 'none'
  return x < gutterWidth ? 'gutter' : 'cells'
}

/** px to scroll in the next frame, the more the farther the pointer is beyond the cells. */
export function beyond<Row>(sheet: Sheet<Row>, point: Point) {
  const rect = sheet.scroller?.getBoundingClientRect()
  if (!rect) return { x: 0, y: 0 }
  const top = rect.top + headerHeight
  const bottom = top + frameOf(sheet).viewHeight
  const over = (value: number, low: number, high: number) => Math.round((Math.min(0, value - low) + Math.max(0, value - high)) / 2)
  return { x: over(point.clientX, rect.left, rect.left + sheet.size.width), y: over(point.clientY, top, bottom) }
}
