import assert from 'node:assert/strict'
import { test } from 'node:test'
import { boxOf, extended, fillBox, moved, next, selectionOf, single, type Step } from './selection.ts'

const bounds = { rows: 1000, columns: 10, page: 20 }
const at = (row: number, column: number) => single({ row, column })

test('every key of Excel walks where Excel walks', () => {
  const table: [Step, number, number][] = [
    ['up', 499, 5], ['down', 501, 5], ['left', 500, 4], ['right', 500, 6], ['pageUp', 480, 5], ['pageDown', 520, 5],
    ['rowStart', 500, 0], ['rowEnd', 500, 9], ['columnStart', 0, 5], ['columnEnd', 999, 5], ['sheetStart', 0, 0], ['sheetEnd', 999, 9],
  ]
  for (const [step, row, column] of table) assert.deepEqual(moved(at(500, 5), step, bounds).active, { row, column }, step)
})

test('nobody walks out of the sheet', () => {
  assert.deepEqual(moved(at(0, 0), 'up', bounds).active, { row: 0, column: 0 })
  assert.deepEqual(moved(at(999, 9), 'pageDown', bounds).active, { row: 999, column: 9 })
})

test('with Shift the far corner moves and the active cell stays', () => {
  const two = extended(extended(at(5, 5), 'down', bounds), 'left', bounds)
  assert.deepEqual(two.active, { row: 5, column: 5 })
  assert.deepEqual(boxOf(two), { top: 5, bottom: 6, left: 4, right: 5 })
  assert.deepEqual(boxOf(extended(extended(two, 'up', bounds), 'up', bounds)), { top: 4, bottom: 5, left: 4, right: 5 })
})

test('Tab and Enter go around inside a rectangle', () => {
  const box = { top: 2, bottom: 3, left: 1, right: 2 }
  let selection = selectionOf(box)
  const seen = []
  for (let turn = 0; turn < 4; turn++) {
    seen.push([selection.active.row, selection.active.column])
    selection = next(selection, 'right', bounds)
  }
  assert.deepEqual(seen, [[2, 1], [2, 2], [3, 1], [3, 2]])
  assert.deepEqual(selection.active, { row: 2, column: 1 })
  assert.deepEqual(next(selection, 'up', bounds).active, { row: 3, column: 2 })
  assert.deepEqual(boxOf(selection), box)
})

test('the fill handle grows along the longer way only', () => {
  const box = { top: 2, bottom: 3, left: 1, right: 2 }
  assert.deepEqual(fillBox(box, { row: 9, column: 4 }), { ...box, bottom: 9 })
  assert.deepEqual(fillBox(box, { row: 4, column: 8 }), { ...box, right: 8 })
  assert.deepEqual(fillBox(box, { row: 0, column: 1 }), { ...box, top: 0 })
  assert.deepEqual(fillBox(box, { row: 3, column: 2 }), box)
})
