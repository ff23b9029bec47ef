import type { PointerEvent } from 'react'
import { clampWidth, withMoved, withWidth, type PlacedColumn } from './column-layout.ts'
import { trackAt } from './geometry.ts'
import { boundsOf, type Sheet } from './sheet.ts'

/** px that the pointer moves before a press on a header becomes a drag. */
const dragStart = 5

/** A press marks the column, a drag moves it. */
export function pressHeader<Row>(sheet: Sheet<Row>, index: number, event: PointerEvent<HTMLElement>, onDrop: (before: number | null) => void) {
  const isOnPart = event.target instanceof Element && event.target.closest('button, i') !== null
  if (event.button !== 0 || event.pointerType === 'touch' || isOnPart) return
  event.preventDefault()
  sheet.input?.focus({ preventScroll: true })
  const start = event.clientX
  let before: number | null = null
  follow(event, move => {
    if (Math.abs(move.clientX - start) < dragStart && before === null) return
    before = dropAt(sheet, move.clientX)
    onDrop(before)
  }, () => {
    onDrop(null)
    if (before === null) markColumn(sheet, index)
    else moveColumn(sheet, index, before)
  })
}

function markColumn<Row>(sheet: Sheet<Row>, column: number) {
  const { rows } = boundsOf(sheet)
  const first = { row: 0, column }
  if (rows === 0) return
  const active = { column, row: Math.max(0, Math.min(sheet.selection.get().active.row, rows - 1)) }
  sheet.selection.set({ active, from: first, to: { row: rows - 1, column } })
}

/** The place between two columns that is nearest to the pointer. */
function dropAt<Row>(sheet: Sheet<Row>, clientX: number): number {
  const { columns, frozenWidth } = sheet.arrangement
  const inView = clientX - (sheet.scroller?.getBoundingClientRect().left ?? 0)
  const x = inView < frozenWidth ? inView : inView + sheet.position.left
  const at = trackAt(columns, x)
  const track = columns[at]
  return track && x > track.x + track.width / 2 ? at + 1 : at
}

function moveColumn<Row>(sheet: Sheet<Row>, index: number, before: number) {
  const { columns } = sheet.arrangement
  const moved = columns[index]
  if (!moved || before === index || before === index + 1) return
  const { props } = sheet
  props.onColumnsChange?.(withMoved(props.columns, props.layout ?? {}, moved.column.name, columns[before]?.column.name ?? null))
}

/** Drags the right edge of a column. */
export function resizeByEdge<Row>(sheet: Sheet<Row>, { column, width }: PlacedColumn<Row>, event: PointerEvent<HTMLElement>) {
  event.preventDefault()
  event.stopPropagation()
  const start = event.clientX
  follow(event, move => sheet.resizing.set({ name: column.name, width: clampWidth(width + move.clientX - start) }), () => {
    const resized = sheet.resizing.get()
    sheet.resizing.set(null)
    if (resized && resized.width !== width) setWidth(sheet, column.name, resized.width)
  })
}

export const setWidth = <Row>(sheet: Sheet<Row>, name: string, width: number) =>
  sheet.props.onColumnsChange?.(withWidth(sheet.props.layout ?? {}, name, width))

/** Follows the pointer until it is let go. */
function follow(event: PointerEvent<HTMLElement>, onMove: (move: globalThis.PointerEvent) => void, onEnd: () => void) {
  const element = event.currentTarget
  element.setPointerCapture(event.pointerId)
  const end = () => {
    element.removeEventListener('pointermove', onMove)
    onEnd()
  }
  element.addEventListener('pointermove', onMove)
  element.addEventListener('lostpointercapture', end, { once: true })
}
