import { useEffect, useId, useLayoutEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import { followRecord, noteActiveRow } from './active-row.ts'
import { arrange, withWidth, type Arrangement } from './column-layout.ts'
import { endEdit, startEdit } from './edit-commands.ts'
import { select } from './commands.ts'
import { single, type CellAt } from './selection.ts'
import { boundsOf, createSheet, refreshView, reveal, rowCount, scrolled, scrollToY, settleScroll, type Sheet } from './sheet.ts'
import type { GridProps } from './types.ts'

/** ms without scrolling after which the sheet stands still. */
const stillAfter = 180

/** The sheet behind a grid, kept at its latest properties and at the size and scroll position of its element. */
export function useSheet<Row>(props: GridProps<Row>): Sheet<Row> {
  const id = useId()
  const [sheet] = useState(() => createSheet(id, props))
  const { source, columns, layout, rowHeight, loading } = props
  const version = useSyncExternalStore(source.subscribe, () => source.version)
  const resizing = sheet.resizing.use()
  const [viewWidth, setViewWidth] = useState(Infinity)
  const arrangement = useMemo(() => {
    const current = layout ?? {}
    return arrange(columns, resizing ? withWidth(current, resizing.name, resizing.width) : current, viewWidth)
  }, [columns, layout, resizing, viewWidth])

  // The parts are drawn from the sheet in this same pass.
  sheet.props = props
  sheet.arrangement = arrangement

  useLayoutEffect(() => refreshView(sheet), [sheet, arrangement, version, rowHeight, loading])
  useLayoutEffect(() => {
    endEdit(sheet)
    sheet.activeRow = undefined
    sheet.selection.set(single({ row: 0, column: sheet.selection.get().active.column }))
    scrollToY(sheet, 0)
  }, [sheet, source])
  useEffect(() => followElement(sheet, setViewWidth), [sheet])
  useStaysInColumn(sheet, arrangement)
  useStaysInside(sheet, rowCount(props), arrangement.columns.length)
  useActiveRow(sheet, version)
  useHandle(sheet)
  return sheet
}

/** Follows scrolling and size until the returned function is called. */
function followElement<Row>(sheet: Sheet<Row>, onWidth: (width: number) => void) {
  const { scroller } = sheet
  if (!scroller) return
  let timer: ReturnType<typeof setTimeout> | undefined
  const onScroll = () => {
    scrolled(sheet)
    clearTimeout(timer)
    timer = setTimeout(() => settleScroll(sheet), stillAfter)
  }
  const observer = new ResizeObserver(() => {
    sheet.size = { width: scroller.clientWidth, height: scroller.clientHeight }
    onWidth(sheet.size.width)
    refreshView(sheet)
  })
  observer.observe(scroller)
  scroller.addEventListener('scroll', onScroll, { passive: true })
  return () => {
    clearTimeout(timer)
    observer.disconnect()
    scroller.removeEventListener('scroll', onScroll)
  }
}

/** Columns came, went or moved: the selection stays in those that it was in. */
function useStaysInColumn<Row>(sheet: Sheet<Row>, arrangement: Arrangement<Row>) {
  const before = useRef(arrangement)
  useLayoutEffect(() => {
    const was = before.current
    before.current = arrangement
    const isSame = was.columns.length === arrangement.columns.length && was.columns.every(({ column }, i) => column.name === arrangement.columns[i]?.column.name)
    if (isSame) return
    const shifted = (cell: CellAt): CellAt => {
      const now = arrangement.columns.findIndex(({ column }) => column.name === was.columns[cell.column]?.column.name)
      return now < 0 ? cell : { ...cell, column: now }
    }
    const { active, from, to } = sheet.selection.get()
    sheet.selection.set({ active: shifted(active), from: shifted(from), to: shifted(to) })
  }, [sheet, arrangement])
}

/** Rows or columns that went away take the selection with them. */
function useStaysInside<Row>(sheet: Sheet<Row>, rows: number, columns: number) {
  useLayoutEffect(() => {
    const { active, to } = sheet.selection.get()
    if (active.row < rows && to.row < rows && active.column < columns && to.column < columns) return
    sheet.selection.set(single({ row: Math.max(0, Math.min(active.row, rows - 1)), column: Math.max(0, Math.min(active.column, columns - 1)) }))
  }, [sheet, rows, columns])
}

/** The active cell stays with its record, and the screen hears which one it is. */
function useActiveRow<Row>(sheet: Sheet<Row>, version: number) {
  useLayoutEffect(() => {
    followRecord(sheet)
    noteActiveRow(sheet)
  }, [sheet, version])
  useEffect(() => sheet.selection.watch(() => noteActiveRow(sheet)), [sheet])
}

function useHandle<Row>(sheet: Sheet<Row>) {
  useEffect(() => {
    const { handle } = sheet.props
    if (!handle) return
    handle.current = {
      focus: () => sheet.input?.focus({ preventScroll: true }),
      goTo(row, name) {
        const found = sheet.arrangement.columns.findIndex(({ column }) => column.name === name)
        const column = found < 0 ? sheet.selection.get().active.column : found
        select(sheet, single({ row: Math.min(row, boundsOf(sheet).rows - 1), column }))
      },
      edit() {
        sheet.input?.focus({ preventScroll: true })
        reveal(sheet, sheet.selection.get().active)
        startEdit(sheet, false)
      },
    }
    return () => { handle.current = null }
  }, [sheet])
}
