import { useEffect, useId, useLayoutEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import { followRecord, noteActiveRow } from './active-row.ts'
import { arrange, withWidth, type Arrangement } from './column-layout.ts'
import { endEdit, refuseCells, startEdit } from './edit-commands.ts'
import { select } from './commands.ts'
import { single, type CellAt } from './selection.ts'
import { boundsOf, createSheet, refreshView, reveal, rowAt, rowCount, rowHeightOf, scrolled, scrollToY, settleScroll, type Sheet } from './sheet.ts'
import type { GridProps } from './types.ts'

/** ms without scrolling after which the sheet stands still. */
const stillAfter = 180

/** The sheet behind a grid, kept at its latest properties and at the size and scroll position of its element. */
export function useSheet<Row>(props: GridProps<Row>): Sheet<Row> {
  const id = useId()
  const [sheet] = useState(() => createSheet(id, props))
  const { source, columns, layout, loading } = props
  const rowHeight = rowHeightOf(props)
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
  useStaysAtRow(sheet, rowHeight)
  useStaysInColumn(sheet, arrangement)
  useStaysInside(sheet, rowCount(props), arrangement.columns.length)
  useActiveRow(sheet, version)
  useEffect(() => sheet.editing.watch(() => {
    const editing = sheet.editing.get()
    sheet.props.onEditing?.(editing && { rowId: sheet.props.rowId(editing.row), column: editing.column.name })
  }), [sheet])
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

/** Rows of another height: the first one in view stays there. */
function useStaysAtRow<Row>(sheet: Sheet<Row>, rowHeight: number) {
  const before = useRef(rowHeight)
  useLayoutEffect(() => {
    if (before.current === rowHeight) return
    const y = (sheet.position.y / before.current) * rowHeight
    before.current = rowHeight
    scrollToY(sheet, y)
  }, [sheet, rowHeight])
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
      goTo: (row, column) => goTo(sheet, row, column as string | ((row: Row) => string | undefined)),
      activeRow: () => {
        const row = rowAt(sheet, sheet.selection.get().active.row)
        return row === undefined ? undefined : sheet.props.rowId(row)
      },
      edit() {
        sheet.input?.focus({ preventScroll: true })
        reveal(sheet, sheet.selection.get().active)
        startEdit(sheet, false)
      },
      refused: () => new Set([...sheet.drafts.all.get()].filter(([, row]) => [...row.values()].some(draft => draft.isRefused && draft.text !== '')).map(([id]) => id)),
      refuse: (rowIds, problems) => refuseCells(sheet, rowIds, problems),
    }
    return () => { handle.current = null }
  }, [sheet])
}

/** A row that is far away comes later; only then is it known in which of its cells one wants to be. */
function goTo<Row>(sheet: Sheet<Row>, index: number, column: string | ((row: Row) => string | undefined) | undefined) {
  const row = Math.min(index, boundsOf(sheet).rows - 1)
  const stand = (name: string | undefined) => {
    const found = sheet.arrangement.columns.findIndex(each => each.column.name === name)
    select(sheet, single({ row, column: found < 0 ? sheet.selection.get().active.column : found }))
  }
  if (typeof column !== 'function') return stand(column)
  const known = rowAt(sheet, row)
  stand(known === undefined ? undefined : column(known))
  if (known !== undefined) return
  const stop = sheet.props.source.subscribe(() => {
    const came = rowAt(sheet, row)
    if (came === undefined) return
    stop()
    if (sheet.selection.get().active.row === row) stand(column(came))
  })
}
