import type { Box, CellAt, Selection } from './selection.ts'
import { boxOf, contains, isSingle } from './selection.ts'

/** A text for one cell. */
export interface CellText extends CellAt { text: string }

/** Every cell of the box, row by row. */
function* cellsOf(box: Box): Generator<CellAt> {
  for (let row = box.top; row <= box.bottom; row++) for (let column = box.left; column <= box.right; column++) yield { row, column }
}

/** The cells of the rectangle emptied. */
export const clearing = (box: Box): CellText[] => [...cellsOf(box)].map(cell => ({ ...cell, text: '' }))

/**
 * Where pasted lines land: over the whole rectangle when it is a multiple of them (one copied cell fills any rectangle),
 * else from its first cell on, as far as the sheet goes.
 */
export function pasting(lines: string[][], selection: Selection, sheet: { rows: number; columns: number }): { cells: CellText[]; box: Box } {
  const height = lines.length
  const width = Math.max(...lines.map(line => line.length))
  const box = landing(boxOf(selection), height, width)
  const landed = { ...box, bottom: Math.min(box.bottom, sheet.rows - 1), right: Math.min(box.right, sheet.columns - 1) }
  const cells = [...cellsOf(landed)].flatMap(cell => {
    const text = lines[(cell.row - box.top) % height]?.[(cell.column - box.left) % width]
    return text === undefined ? [] : { ...cell, text }
  })
  return { cells, box: landed }
}

function landing(box: Box, height: number, width: number): Box {
  const isMultiple = (box.bottom - box.top + 1) % height === 0 && (box.right - box.left + 1) % width === 0
  return isMultiple ? box : { ...box, bottom: box.top + height - 1, right: box.left + width - 1 }
}

/** What the fill handle writes: the texts of `from`, repeated over the rest of `over`. */
export function filling(from: Box, over: Box, textAt: (cell: CellAt) => string | undefined): CellText[] {
  const height = from.bottom - from.top + 1
  const width = from.right - from.left + 1
  const wrap = (distance: number, size: number) => ((distance % size) + size) % size
  return [...cellsOf(over)].filter(cell => !contains(from, cell)).flatMap(cell => {
    const text = textAt({ row: from.top + wrap(cell.row - from.top, height), column: from.left + wrap(cell.column - from.left, width) })
    return text === undefined ? [] : { ...cell, text }
  })
}

/** Ctrl+D: the first row of the rectangle goes down over the others; one cell takes from the cell above. */
export function fillingDown(selection: Selection): { from: Box; over: Box } | null {
  const box = boxOf(selection)
  if (!isSingle(box)) return { from: { ...box, bottom: box.top }, over: box }
  if (box.top === 0) return null
  return { from: { ...box, top: box.top - 1, bottom: box.top - 1 }, over: { ...box, top: box.top - 1 } }
}

