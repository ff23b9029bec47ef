import { t } from '#web/i18n.ts'
import { rowAt, type Sheet } from './sheet.ts'
import type { RowSelection } from './types.ts'
import { maxRows } from './edit-commands.ts'

export const noRows: RowSelection = { all: false, ids: new Set() }

export const isTicked = (rows: RowSelection | undefined, id: string) => rows !== undefined && rows.ids.has(id) !== rows.all

/** How many rows are ticked out of `total`. */
export const tickedCount = (rows: RowSelection, total: number) => (rows.all ? total - rows.ids.size : rows.ids.size)

/** The same rows with these ticked or not. */
export function withTicks(rows: RowSelection, ids: readonly string[], on: boolean): RowSelection {
  const next = new Set(rows.ids)
  for (const id of ids) {
    if (on !== rows.all) next.add(id)
    else next.delete(id)
  }
  return { all: rows.all, ids: next }
}

/** Everything in the list, or nothing when anything was ticked. */
export const toggledAll = (rows: RowSelection, total: number): RowSelection =>
  tickedCount(rows, total) > 0 ? noRows : { all: true, ids: new Set() }

/** Ticks one row, or with Shift every row since the last tick, as that one was. */
export async function tick<Row>(sheet: Sheet<Row>, index: number, isRange: boolean) {
  const { selectedRows = noRows, onSelectRows, rowId, onNotice, source } = sheet.props
  const row = rowAt(sheet, index)
  if (row === undefined) return
  const from = isRange && sheet.lastTick !== null ? sheet.lastTick.row : index
  const on = isRange && sheet.lastTick !== null ? sheet.lastTick.on : !isTicked(selectedRows, rowId(row))
  sheet.lastTick = { row: index, on }
  const [first, last] = [Math.min(from, index), Math.max(from, index)]
  if (last - first >= maxRows) return onNotice?.(t('grid.tooManyRows', { limit: maxRows }))
  const rows = first === last ? [row] : await source.fetch(first, last)
  onSelectRows?.(withTicks(sheet.props.selectedRows ?? noRows, rows.map(rowId), on))
}
