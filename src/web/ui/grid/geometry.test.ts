import assert from 'node:assert/strict'
import { test } from 'node:test'
import { anchorRow, bodyHeight, columnWindow, follow, fullHeight, isScaled, maxPixels, place, positionAt, revealRow, revealTrack, rowWindow, scrollTopAt, trackAt, yAt } from './geometry.ts'

const small = { rows: 1000, rowHeight: 34, viewHeight: 800 }
const huge = { rows: 3_000_000, rowHeight: 34, viewHeight: 800 }

test('a sheet that fits scrolls as the browser does', () => {
  assert.equal(isScaled(small), false)
  assert.deepEqual(follow(5000, { y: 0, scrollTop: 0 }, small), { y: 5000, scrollTop: 5000 })
  assert.equal(bodyHeight(small), 34_000)
})

test('a sheet of three million rows is no taller than a browser allows', () => {
  assert.equal(bodyHeight(huge), maxPixels)
})

test('the scrollbar reaches the first and the last row of a scaled sheet', () => {
  assert.equal(yAt(0, huge), 0)
  assert.equal(yAt(maxPixels - huge.viewHeight, huge), fullHeight(huge) - huge.viewHeight)
  assert.equal(rowWindow(yAt(maxPixels - huge.viewHeight, huge), huge).to, huge.rows - 1)
})

test('the middle of the scrollbar is the middle of the sheet', () => {
  assert.ok(Math.abs(yAt(maxPixels / 2, huge) / 34 - 1_500_000) < 30)
})

test('every position and its scroll position agree within a pixel of the bar', () => {
  for (const y of [0, 1000, 999_999, 1_000_001, 50_000_000, 101_000_001, 101_999_000]) {
    assert.ok(Math.abs(yAt(scrollTopAt(y, huge), huge) - y) <= 11, `y ${y}`)
  }
})

test('a turn of the wheel moves a scaled sheet by exactly as many pixels', () => {
  const before = positionAt(50_000_000, huge)
  assert.equal(follow(before.scrollTop + 100, before, huge).y, 50_000_100)
})

test('a dragged scrollbar jumps to where it stands', () => {
  const { y } = follow(6_000_000, { y: 0, scrollTop: 0 }, huge)
  assert.equal(y, yAt(6_000_000, huge))
})

test('the number of drawn rows stays the same while scrolling, so that they can be recycled', () => {
  const sizes = [0, 33, 1000, 20_000, 33_200].map(y => rowWindow(y, small)).map(({ from, to }) => to - from + 1)
  assert.deepEqual(new Set(sizes).size, 1)
})

test('an empty sheet draws no row', () => {
  assert.deepEqual(rowWindow(0, { rows: 0, rowHeight: 34, viewHeight: 800 }), { from: 0, to: -1 })
})

test('positions of far rows are counted from a near one', () => {
  assert.equal(anchorRow(1_500_000, huge) % 1024, 0)
  assert.ok(1_500_000 - anchorRow(1_500_000, huge) < 1024)
  assert.equal(anchorRow(900, small), 0)
})

test('two hundred columns draw only those in view', () => {
  const tracks = place(Array.from({ length: 200 }, () => 120), 56)
  const window = columnWindow(tracks, 2, 12_000, 1440)
  assert.ok(window.from >= 95 && window.from <= 102, String(window.from))
  assert.ok(window.to - window.from < 22)
  assert.equal(trackAt(tracks, 56 + 120 * 7 + 5), 7)
})

test('a cell is revealed with as little scrolling as possible', () => {
  assert.equal(revealRow(3, 0, small), 0)
  assert.equal(revealRow(40, 0, small), 41 * 34 - 800)
  assert.equal(revealRow(2, 500, small), 68)
  assert.equal(revealTrack({ x: 2000, width: 120 }, 0, 300, 1000), 1120)
  assert.equal(revealTrack({ x: 400, width: 120 }, 900, 300, 1000), 100)
})
