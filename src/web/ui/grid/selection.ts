import { clamp } from './geometry.ts'

export interface CellAt { row: number; column: number }
/** A rectangle of cells, all ends included. */
export interface Box { top: number; bottom: number; left: number; right: number }
/** `from` stays, `to` follows the pointer or Shift; `active` is the cell that keys go to, inside the rectangle. */
export interface Selection { active: CellAt; from: CellAt; to: CellAt }
export interface Bounds { rows: number; columns: number; /** Rows that a page key crosses. */ page: number }

export type Step =
  | 'up' | 'down' | 'left' | 'right' | 'pageUp' | 'pageDown'
  | 'rowStart' | 'rowEnd' | 'columnStart' | 'columnEnd' | 'sheetStart' | 'sheetEnd'

const steps: Record<Step, (cell: CellAt, bounds: Bounds) => CellAt> = {
  up: cell => ({ ...cell, row: cell.row - 1 }),
  down: cell => ({ ...cell, row: cell.row + 1 }),
  left: cell => ({ ...cell, column: cell.column - 1 }),
  right: cell => ({ ...cell, column: cell.column + 1 }),
  pageUp: (cell, { page }) => ({ ...cell, row: cell.row - page }),
  pageDown: (cell, { page }) => ({ ...cell, row: cell.row + page }),
  rowStart: cell => ({ ...cell, column: 0 }),
  rowEnd: (cell, { columns }) => ({ ...cell, column: columns - 1 }),
  columnStart: cell => ({ ...cell, row: 0 }),
  columnEnd: (cell, { rows }) => ({ ...cell, row: rows - 1 }),
  sheetStart: () => ({ row: 0, column: 0 }),
  sheetEnd: (_, { rows, columns }) => ({ row: rows - 1, column: columns - 1 }),
}

export const within = (cell: CellAt, bounds: Bounds): CellAt => ({
  row: clamp(cell.row, 0, Math.max(0, bounds.rows - 1)),
  column: clamp(cell.column, 0, Math.max(0, bounds.columns - 1)),
})

export const single = (cell: CellAt): Selection => ({ active: cell, from: cell, to: cell })

export const boxOf = ({ from, to }: Pick<Selection, 'from' | 'to'>): Box => ({
  top: Math.min(from.row, to.row),
  bottom: Math.max(from.row, to.row),
  left: Math.min(from.column, to.column),
  right: Math.max(from.column, to.column),
})

export const selectionOf = (box: Box): Selection => {
  const from = { row: box.top, column: box.left }
  return { active: from, from, to: { row: box.bottom, column: box.right } }
}

export const isSingle = (box: Box) => box.top === box.bottom && box.left === box.right
export const cellCount = (box: Box) => (box.bottom - box.top + 1) * (box.right - box.left + 1)
export const contains = (box: Box, cell: CellAt) =>
  cell.row >= box.top && cell.row <= box.bottom && cell.column >= box.left && cell.column <= box.right

export const moved = (selection: Selection, step: Step, bounds: Bounds): Selection =>
  single(within(steps[step](selection.active, bounds), bounds))

/** Shift and a direction: the far corner moves, the active cell stays. */
export const extended = (selection: Selection, step: Step, bounds: Bounds): Selection =>
  ({ ...selection, to: within(steps[step](selection.to, bounds), bounds) })

export const extendedTo = (selection: Selection, cell: CellAt): Selection => ({ ...selection, to: cell })

/** Tab and Enter: to the neighbour, or around inside a rectangle of several cells. */
export function next(selection: Selection, direction: 'down' | 'up' | 'right' | 'left', bounds: Bounds): Selection {
  const box = boxOf(selection)
  if (isSingle(box)) return moved(selection, direction, bounds)
  return { ...selection, active: around(selection.active, direction, box) }
}

function around(cell: CellAt, direction: 'down' | 'up' | 'right' | 'left', box: Box): CellAt {
  const height = box.bottom - box.top + 1
  const width = box.right - box.left + 1
  const count = height * width
  const step = direction === 'down' || direction === 'right' ? 1 : -1
  const isByRow = direction === 'left' || direction === 'right'
  const row = cell.row - box.top
  const column = cell.column - box.left
  const place = ((isByRow ? row * width + column : column * height + row) + step + count) % count
  return isByRow
    ? { row: box.top + Math.floor(place / width), column: box.left + (place % width) }
    : { row: box.top + (place % height), column: box.left + Math.floor(place / height) }
}

/** The rectangle that a dragged fill handle covers: the box, grown towards the cell along the longer way. */
export function fillBox(box: Box, cell: CellAt): Box {
  const down = Math.max(cell.row - box.bottom, box.top - cell.row)
  const across = Math.max(cell.column - box.right, box.left - cell.column)
  if (down <= 0 && across <= 0) return box
  return down >= across
    ? { ...box, top: Math.min(box.top, cell.row), bottom: Math.max(box.bottom, cell.row) }
    : { ...box, left: Math.min(box.left, cell.column), right: Math.max(box.right, cell.column) }
}
