import { useMemo, type MouseEvent, type PointerEvent } from 'react'
import { fillOver, openActive, select } from './commands.ts'
import { endEdit, startEdit } from './edit-commands.ts'
import { clamp, trackAt } from './geometry.ts'
import { gutterWidth } from './column-layout.ts'
import { boxOf, contains, extendedTo, fillBox, selectionOf, single, type Box, type CellAt } from './selection.ts'
import { boundsOf, footerHeight, frameOf, hasFooter, headerHeight, rowHeightOf, scrollToY, type Sheet } from './sheet.ts'
import { tick } from './ticks.ts'

interface Hit extends CellAt { area: 'header' | 'gutter' | 'cells' | 'none' }
type Drag = { kind: 'mark' | 'rows' } | { kind: 'fill'; from: Box }

/** Marking, filling, opening and ticking with mouse, pen or finger. Fingers scroll; a tap marks, a second one edits. */
export function usePointer<Row>(sheet: Sheet<Row>) {
  return useMemo(() => handlersOf(sheet), [sheet])
}

function handlersOf<Row>(sheet: Sheet<Row>) {
  let drag: Drag | null = null
  let pointer = 'mouse'
  let isCaptured = false
  let at = { clientX: 0, clientY: 0 }
  let frame = 0

  const end = () => {
    if (drag?.kind === 'fill') finishFill(sheet, drag.from)
    drag = null
    isCaptured = false
    cancelAnimationFrame(frame)
    sheet.filling.set(null)
  }

  /** While the pointer is held beyond an edge, the sheet goes on scrolling. */
  const roll = () => {
    if (!drag || !sheet.scroller) return
    const { x, y } = beyond(sheet, at)
    if (y !== 0) scrollToY(sheet, sheet.position.y + y)
    if (x !== 0) sheet.scroller.scrollLeft += x
    if (x !== 0 || y !== 0) dragTo(sheet, drag, hit(sheet, at))
    frame = requestAnimationFrame(roll)
  }

  return {
    onPointerDown(event: PointerEvent<HTMLElement>) {
      pointer = event.pointerType
      if (pointer === 'touch' || !(event.target instanceof Element) || event.target === sheet.input) return
      const found = hit(sheet, event)
      if (found.area === 'none' || found.area === 'header') return
      event.preventDefault()
      leaveCell(sheet)
      if (event.button === 2) return markForMenu(sheet, found)
      if (event.button !== 0 || event.target.closest('[data-tick]')) return
      drag = begin(sheet, found, event)
      at = event
      frame = requestAnimationFrame(roll)
    },
    onPointerMove(event: PointerEvent<HTMLElement>) {
      const found = hit(sheet, event)
      if (pointer !== 'touch') sheet.hovered.set(found.area === 'cells' || found.area === 'gutter' ? found.row : -1)
      if (!drag) return
      at = { clientX: event.clientX, clientY: event.clientY }
      if (!isCaptured && contains(boxOf(sheet.selection.get()), found) && drag.kind === 'mark') return
      if (!isCaptured) event.currentTarget.setPointerCapture(event.pointerId)
      isCaptured = true
      dragTo(sheet, drag, found)
    },
    onPointerUp: end,
    onPointerCancel: end,
    onPointerLeave: () => sheet.hovered.set(-1),
    onClick(event: MouseEvent<HTMLElement>) {
      if (!(event.target instanceof Element)) return
      const ticked = event.target.closest<HTMLElement>('[data-tick]')
      if (ticked) return void tick(sheet, Number(ticked.dataset.tick), event.shiftKey)
      if (pointer === 'touch') tap(sheet, hit(sheet, event))
      if (event.target.closest('[data-opens]') && !event.shiftKey) openActive(sheet)
    },
    onDoubleClick(event: MouseEvent<HTMLElement>) {
      if (event.target !== sheet.input && hit(sheet, event).area === 'cells') startEdit(sheet, false)
    },
  }
}

/** What was being typed is kept, also the half of a word that an input method still holds. */
function leaveCell<Row>(sheet: Sheet<Row>) {
  if (sheet.editing.get()) {
    sheet.input?.blur()
    endEdit(sheet)
  }
  sheet.input?.focus({ preventScroll: true })
}

function begin<Row>(sheet: Sheet<Row>, found: Hit, event: PointerEvent<HTMLElement>): Drag {
  const selection = sheet.selection.get()
  if (event.target instanceof Element && event.target.closest('[data-fill]')) return { kind: 'fill', from: boxOf(selection) }
  const last = boundsOf(sheet).columns - 1
  if (found.area === 'gutter') {
    const from = event.shiftKey ? selection.from.row : found.row
    sheet.selection.set({ active: { row: from, column: 0 }, from: { row: from, column: 0 }, to: { row: found.row, column: last } })
    return { kind: 'rows' }
  }
  if (event.shiftKey) sheet.selection.set(extendedTo(selection, found))
  else select(sheet, single({ row: found.row, column: found.column }))
  return { kind: 'mark' }
}

function markForMenu<Row>(sheet: Sheet<Row>, found: Hit) {
  if (!contains(boxOf(sheet.selection.get()), found)) sheet.selection.set(single({ row: found.row, column: found.column }))
}

function dragTo<Row>(sheet: Sheet<Row>, drag: Drag, found: Hit) {
  if (drag.kind === 'fill') return sheet.filling.set(fillBox(drag.from, found))
  const selection = sheet.selection.get()
  const column = drag.kind === 'rows' ? selection.to.column : found.column
  if (found.row !== selection.to.row || column !== selection.to.column) sheet.selection.set(extendedTo(selection, { row: found.row, column }))
}

function finishFill<Row>(sheet: Sheet<Row>, from: Box) {
  const over = sheet.filling.get()
  if (!over) return
  sheet.selection.set({ ...selectionOf(over), active: { row: from.top, column: from.left } })
  fillOver(sheet, from, over)
}

function tap<Row>(sheet: Sheet<Row>, found: Hit) {
  if (found.area !== 'cells') return
  const { active } = sheet.selection.get()
  if (active.row !== found.row || active.column !== found.column) {
    endEdit(sheet)
    sheet.selection.set(single({ row: found.row, column: found.column }))
  } else if (startEdit(sheet, false)) sheet.input?.focus({ preventScroll: true })
}

function hit<Row>(sheet: Sheet<Row>, point: { clientX: number; clientY: number }): Hit {
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
function beyond<Row>(sheet: Sheet<Row>, point: { clientX: number; clientY: number }) {
  const rect = sheet.scroller?.getBoundingClientRect()
  if (!rect) return { x: 0, y: 0 }
  const top = rect.top + headerHeight
  const bottom = top + frameOf(sheet).viewHeight
  const over = (value: number, low: number, high: number) => Math.round((Math.min(0, value - low) + Math.max(0, value - high)) / 2)
  return { x: over(point.clientX, rect.left, rect.left + sheet.size.width), y: over(point.clientY, top, bottom) }
}
