import { t } from '#web/i18n.ts'
import { maxRows } from './edit-commands.ts'
import type { Box, CellAt } from './selection.ts'
import type { Sheet } from './sheet.ts'
import type { RangeEdit } from './types.ts'

/** The columns of a box that exist. */
export const columnsOf = <Row>(sheet: Sheet<Row>, box: Box) => sheet.arrangement.columns.slice(box.left, box.right + 1)

/** The texts of the rows that a fill repeats, by column; what cannot be edited has none. */
export const fillLines = <Row>(sheet: Sheet<Row>, from: Box, textAt: (cell: CellAt) => string | undefined): RangeEdit['lines'] =>
  Array.from({ length: from.bottom - from.top + 1 }, (_, i) => columnsOf(sheet, from).flatMap(({ column }, at) => {
    const text = textAt({ row: from.top + i, column: from.left + at })
    return text === undefined ? [] : { column: column.name, text }
  }))

/**
 * Is the box too tall for one save? Then the screen writes these lines into the range, where it can; else the person is told.
 * `top`: the first row that is written, where it is not the first of the box.
 */
export function isTooTall<Row>(sheet: Sheet<Row>, box: Box, lines: RangeEdit['lines'] | null, top = box.top): boolean {
  if (box.bottom - box.top < maxRows) return false
  const { source, columns, onRange, onNotice } = sheet.props
  const editable = new Set(columns.filter(column => column.editable).map(column => column.name))
  const written = lines?.map(line => line.filter(({ column }) => editable.has(column))) ?? []
  if (onRange && written.some(line => line.length > 0)) onRange({ from: top, to: Math.min(box.bottom, source.total - (source.added ?? 0) - 1), lines: written })
  else onNotice?.(t('grid.tooManyRows', { limit: maxRows }))
  return true
}
