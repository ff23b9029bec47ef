import { useMemo, type MouseEvent, type PointerEvent } from 'react'
import { fillOver, openActive, select } from './commands.ts'
import { endEdit, startEdit } from './edit-commands.ts'
import { beyond, hit, type Hit, type Point } from './hit.ts'
import { boxOf, contains, extendedTo, fillBox, selectionOf, single, type Box } from './selection.ts'
import { boundsOf, scrollToY, type Sheet } from './sheet.ts'
import { tick } from './ticks.ts'

type Drag = { kind: 'mark' | 'rows' } | { kind: 'fill'; from: Box }

/** Marking, filling, opening and ticking with mouse, pen or finger. Fingers scroll; a tap marks, a second one edits. */
export function usePointer<Row>(sheet: Sheet<Row>) {
  return useMemo(() => handlersOf(sheet), [sheet])
}

function handlersOf<Row>(sheet: Sheet<Row>) {
  const dragging = draggingOf(sheet)
  let pointer = 'mouse'
  return {
    onPointerDown(event: PointerEvent<HTMLElement>) {
      pointer = event.pointerType
      if (pointer === 'touch' || !(event.target instanceof Element) || event.target === sheet.input) return
      const found = hit(sheet, event)
      if (found.area === 'none' || found.area === 'header') return
      event.preventDefault()
      leaveCell(sheet)
      if (event.button === 2) return markForMenu(sheet, found)
      if (event.button === 0 && !event.target.closest('[data-tick]')) dragging.start(begin(sheet, found, event), event)
    },
    onPointerMove(event: PointerEvent<HTMLElement>) {
      const found = hit(sheet, event)
      if (pointer !== 'touch') sheet.hovered.set(found.area === 'cells' || found.area === 'gutter' ? found.row : -1)
      dragging.move(event, found)
    },
    onPointerUp: dragging.end,
    onPointerCancel: dragging.end,
    onPointerLeave(event: PointerEvent<HTMLElement>) {
      sheet.hovered.set(-1)
      dragging.leave(event)
    },
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

/** One drag at a time. While the pointer is held beyond an edge, the sheet goes on scrolling. */
function draggingOf<Row>(sheet: Sheet<Row>) {
  let drag: Drag | null = null
  let isCaptured = false
  let at: Point = { clientX: 0, clientY: 0 }
  let frame = 0

  const roll = () => {
    if (!drag || !sheet.scroller) return
    const { x, y } = beyond(sheet, at)
    if (y !== 0) scrollToY(sheet, sheet.position.y + y)
    if (x !== 0) sheet.scroller.scrollLeft += x
    if (x !== 0 || y !== 0) dragTo(sheet, drag, hit(sheet, at))
    frame = requestAnimationFrame(roll)
  }

  // Only once it is a drag: a captured press would not reach the link or the tick under it.
  const capture = (event: PointerEvent<HTMLElement>) => {
    if (drag && !isCaptured) event.currentTarget.setPointerCapture(event.pointerId)
    isCaptured = drag !== null
  }

  return {
    start(next: Drag, { clientX, clientY }: Point) {
      drag = next
      at = { clientX, clientY }
      frame = requestAnimationFrame(roll)
    },
    move(event: PointerEvent<HTMLElement>, found: Hit) {
      if (!drag) return
      at = { clientX: event.clientX, clientY: event.clientY }
      if (!isCaptured && drag.kind === 'mark' && contains(boxOf(sheet.selection.get()), found)) return
      capture(event)
      dragTo(sheet, drag, found)
    },
    leave: capture,
    end() {
      if (drag?.kind === 'fill') finishFill(sheet, drag.from)
      drag = null
      isCaptured = false
      cancelAnimationFrame(frame)
      sheet.filling.set(null)
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
