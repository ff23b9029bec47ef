import { createStore, type Store } from '#web/store.ts'
import { arrange, type Arrangement, type PlacedColumn } from './column-layout.ts'
import { createDrafts, type Drafts } from './drafts.ts'
import { anchorRow, columnWindow, follow, positionAt, revealRow, revealTrack, rowWindow, scrollTopAt } from './geometry.ts'
import type { Frame, Position, Span } from './geometry.ts'
import { single, type Bounds, type Box, type CellAt, type Selection } from './selection.ts'
import type { GridColumn, GridProps } from './types.ts'

export const headerHeight = 36
export const footerHeight = 32
const skeletonRows = 24

/** Typing over a cell, or working on its text. The row is the one that the edit began in, wherever it stands by now. */
export interface Editing<Row> { text: string; isTyped: boolean; row: Row; column: GridColumn<Row> }

/** The rows that are drawn: positions are counted from row `anchor`, whose top stands at `top` px of the scrolled area. */
export interface View { rows: Span; anchor: number; top: number }

/** A grid that stands on the screen: what its parts share. Each part follows the stores that it shows. */
export interface Sheet<Row> {
  id: string
  props: GridProps<Row>
  arrangement: Arrangement<Row>
  selection: Store<Selection>
  editing: Store<Editing<Row> | null>
  view: Store<View>
  /** The drawn columns beside the frozen ones; apart, so that scrolling down leaves header and footer alone. */
  across: Store<Span>
  drafts: Drafts
  /** Where a dragged fill handle stands. */
  filling: Store<Box | null>
  hovered: Store<number>
  position: Position & { left: number }
  size: { width: number; height: number }
  scroller: HTMLElement | null
  input: HTMLTextAreaElement | null
  /** The keys of an open picker. */
  pickerKeys: ((event: KeyboardEvent) => boolean) | null
  openColumnMenu: ((column: number) => void) | null
  /** A column whose edge is being dragged. */
  resizing: Store<{ name: string; width: number } | null>
  /** The row of the active cell when it was last seen there. */
  activeRow: Row | undefined
  /** Esc was pressed with nothing left to close: Tab now leaves the sheet. */
  isTabFree: boolean
  /** The row that was ticked last, where a range with Shift begins. */
  lastTick: { row: number; on: boolean } | null
}

export function createSheet<Row>(id: string, props: GridProps<Row>): Sheet<Row> {
  return {
    id,
    props,
    arrangement: arrange(props.columns, props.layout ?? {}),
    selection: createStore<Selection>(single({ row: 0, column: 0 })),
    editing: createStore<Editing<Row> | null>(null),
    view: createStore<View>({ rows: { from: 0, to: -1 }, anchor: 0, top: 0 }),
    across: createStore<Span>({ from: 0, to: -1 }),
    drafts: createDrafts(),
    filling: createStore<Box | null>(null),
    hovered: createStore(-1),
    position: { y: 0, scrollTop: 0, left: 0 },
    size: { width: 0, height: 0 },
    scroller: null,
    input: null,
    pickerKeys: null,
    openColumnMenu: null,
    resizing: createStore<{ name: string; width: number } | null>(null),
    activeRow: undefined,
    isTabFree: false,
    lastTick: null,
  }
}

/** Rows to draw: skeletons before the first answer. */
export const rowCount = <Row>({ source, loading }: Pick<GridProps<Row>, 'source' | 'loading'>) =>
  source.total > 0 ? source.total : loading ? skeletonRows : 0

export const hasFooter = <Row>({ footer, count }: GridProps<Row>) => footer !== undefined || count !== undefined
/** px of one more line in a row. */
const lineHeight = 20
export const rowHeightOf = <Row>(props: GridProps<Row>) => (props.rowHeight ?? 34) + ((props.lines ?? 1) - 1) * lineHeight

export function frameOf<Row>({ props, size }: Sheet<Row>): Frame {
  const rowHeight = rowHeightOf(props)
  const viewHeight = Math.max(rowHeight, size.height - headerHeight - (hasFooter(props) ? footerHeight : 0))
  return { rows: rowCount(props), rowHeight, viewHeight }
}

export function boundsOf<Row>(sheet: Sheet<Row>): Bounds {
  const frame = frameOf(sheet)
  return { rows: frame.rows, columns: sheet.arrangement.columns.length, page: Math.max(1, Math.floor(frame.viewHeight / frame.rowHeight) - 1) }
}

/** Without the line at the end where one types another row. */
export function filledBoundsOf<Row>(sheet: Sheet<Row>): Bounds {
  const bounds = boundsOf(sheet)
  const last = sheet.props.rowState ? rowAt(sheet, bounds.rows - 1) : undefined
  return last !== undefined && sheet.props.rowState?.(last) === 'blank' && bounds.rows > 1 ? { ...bounds, rows: bounds.rows - 1 } : bounds
}

export const cellId = (sheetId: string, row: number, column: number) => `${sheetId}-${row}-${column}`

export const columnAt = <Row>(sheet: Sheet<Row>, column: number): PlacedColumn<Row> | undefined => sheet.arrangement.columns[column]
export const rowAt = <Row>(sheet: Sheet<Row>, row: number): Row | undefined => sheet.props.source.row(row)

/** Draws what the scroll position shows, and wishes for its rows. */
export function refreshView<Row>(sheet: Sheet<Row>) {
  const frame = frameOf(sheet)
  const { columns, frozen } = sheet.arrangement
  const { y, scrollTop, left } = sheet.position
  const rows = rowWindow(y, frame)
  const anchor = anchorRow(rows.from, frame)
  const view: View = { rows, anchor, top: anchor * frame.rowHeight + scrollTop - y }
  const across = columnWindow(columns, frozen, left, sheet.size.width)
  if (!isSameView(sheet.view.get(), view)) sheet.view.set(view)
  if (!isSameSpan(sheet.across.get(), across)) sheet.across.set(across)
  sheet.props.source.ensure(Math.max(0, rows.from - 40), Math.max(rows.to, skeletonRows) + 40)
}

const isSameSpan = (a: Span, b: Span) => a.from === b.from && a.to === b.to
const isSameView = (a: View, b: View) => isSameSpan(a.rows, b.rows) && a.anchor === b.anchor && a.top === b.top

/** The scrollbar was moved. */
export function scrolled<Row>(sheet: Sheet<Row>) {
  if (!sheet.scroller) return
  const { scrollTop, scrollLeft } = sheet.scroller
  sheet.position = { ...follow(scrollTop, sheet.position, frameOf(sheet)), left: scrollLeft }
  refreshView(sheet)
}

/** Once a scaled sheet stands still, the scrollbar goes where it belongs; what is seen stays. */
export function settleScroll<Row>(sheet: Sheet<Row>) {
  const wanted = scrollTopAt(sheet.position.y, frameOf(sheet))
  if (Math.abs(wanted - sheet.position.scrollTop) > 1) scrollToY(sheet, sheet.position.y)
}

export function scrollToY<Row>(sheet: Sheet<Row>, y: number) {
  sheet.position = { ...sheet.position, ...positionAt(y, frameOf(sheet)) }
  if (sheet.scroller) sheet.scroller.scrollTop = sheet.position.scrollTop
  refreshView(sheet)
}

/** Scrolls as little as needed to show the cell. */
export function reveal<Row>(sheet: Sheet<Row>, cell: CellAt) {
  const y = revealRow(cell.row, sheet.position.y, frameOf(sheet))
  if (y !== sheet.position.y) scrollToY(sheet, y)
  const { columns, frozen, frozenWidth } = sheet.arrangement
  const track = columns[cell.column]
  if (!track || cell.column < frozen || !sheet.scroller) return
  const left = revealTrack(track, sheet.position.left, frozenWidth, sheet.size.width)
  if (left === sheet.position.left) return
  sheet.position = { ...sheet.position, left }
  sheet.scroller.scrollLeft = left
  refreshView(sheet)
}
