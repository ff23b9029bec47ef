import assert from 'node:assert/strict'
import { test } from 'node:test'
import { filling, fillingDown, pasting } from './cell-texts.ts'
import { selectionOf, single } from './selection.ts'

const sheet = { rows: 100, columns: 6 }

test('one copied cell fills the whole rectangle', () => {
  const { cells } = pasting([['重点客户']], selectionOf({ top: 1, bottom: 3, left: 2, right: 2 }), sheet)
  assert.deepEqual(cells.map(cell => [cell.row, cell.column, cell.text]), [[1, 2, '重点客户'], [2, 2, '重点客户'], [3, 2, '重点客户']])
})

test('a table goes from the active cell on, as far as the sheet goes', () => {
  const { cells, box } = pasting([['a', 'b'], ['c', 'd'], ['e', 'f']], single({ row: 98, column: 5 }), sheet)
  assert.deepEqual(cells.map(cell => cell.text), ['a', 'c'])
  assert.deepEqual(box, { top: 98, bottom: 99, left: 5, right: 5 })
})

test('a short line leaves the cells that it does not have', () => {
  const { cells } = pasting([['a', 'b'], ['c']], single({ row: 0, column: 0 }), sheet)
  assert.deepEqual(cells.map(cell => cell.text), ['a', 'b', 'c'])
})

test('filling repeats the marked cells in their order, downwards and upwards', () => {
  const texts = ['华东', '华南']
  const textAt = (cell: { row: number }) => texts[cell.row - 10]
  const down = filling({ top: 10, bottom: 11, left: 0, right: 0 }, { top: 10, bottom: 14, left: 0, right: 0 }, textAt)
  assert.deepEqual(down.map(cell => cell.text), ['华东', '华南', '华东'])
  const up = filling({ top: 10, bottom: 11, left: 0, right: 0 }, { top: 8, bottom: 11, left: 0, right: 0 }, textAt)
  assert.deepEqual(up.map(cell => cell.text), ['华东', '华南'])
})

test('Ctrl+D takes the first row of a rectangle, or for one cell the cell above', () => {
  assert.deepEqual(fillingDown(selectionOf({ top: 3, bottom: 5, left: 1, right: 2 }))?.from, { top: 3, bottom: 3, left: 1, right: 2 })
  assert.deepEqual(fillingDown(single({ row: 4, column: 1 }))?.from, { top: 3, bottom: 3, left: 1, right: 1 })
  assert.equal(fillingDown(single({ row: 0, column: 1 })), null)
})
