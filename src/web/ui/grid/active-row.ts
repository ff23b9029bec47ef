import { rowAt, type Sheet } from './sheet.ts'
import type { CellAt } from './selection.ts'

/** How far a record may have moved, in rows, to be found again. */
const reach = 100

/** Remembers the row of the active cell, and tells the screen when it is another one or changed. */
export function noteActiveRow<Row>(sheet: Sheet<Row>) {
  const row = rowAt(sheet, sheet.selection.get().active.row)
  if (row === sheet.activeRow) return
  sheet.activeRow = row
  sheet.props.onActiveRow?.(row)
}

/** Rows came or went above: the selection moves along with the record that the active cell is in. */
export function followRecord<Row>(sheet: Sheet<Row>) {
  const { rowId, source } = sheet.props
  const selection = sheet.selection.get()
  const at = selection.active.row
  const now = rowAt(sheet, at)
  if (sheet.activeRow === undefined || now === undefined) return
  const id = rowId(sheet.activeRow)
  if (rowId(now) === id) return
  const isIt = (index: number) => {
    const row = index >= 0 && index < source.total ? rowAt(sheet, index) : undefined
    return row !== undefined && rowId(row) === id
  }
  for (let distance = 1; distance <= reach; distance++) {
    const way = isIt(at + distance) ? distance : isIt(at - distance) ? -distance : 0
    if (way === 0) continue
    const shifted = (cell: CellAt): CellAt => ({ ...cell, row: Math.max(0, Math.min(source.total - 1, cell.row + way)) })
    return sheet.selection.set({ active: shifted(selection.active), from: shifted(selection.from), to: shifted(selection.to) })
  }
}
