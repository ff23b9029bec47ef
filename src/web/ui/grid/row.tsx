import { memo, type ReactNode } from 'react'
import { t } from '#web/i18n.ts'
import type { PlacedColumn } from './column-layout.ts'
import { gutterWidth } from './column-layout.ts'
import type { RowDrafts } from './drafts.ts'
import { cellId } from './sheet.ts'
import type { RowHead, RowState, RowTint } from './types.ts'
import styles from './grid.module.css'

/** What a drawn row shows. Everything is compared by identity, so a row is drawn again only when something in it changed. */
export interface RowProps<Row> {
  sheetId: string
  index: number
  /** px below the anchor. */
  top: number
  row: Row | undefined
  columns: readonly PlacedColumn<Row>[]
  frozen: number
  /** The drawn columns beside the frozen ones. */
  from: number
  to: number
  /** The marked columns of this row; -1 = none. */
  markedFrom: number
  markedTo: number
  drafts: RowDrafts | undefined
  isReadOnly: boolean
  isTicked: boolean
  canTick: boolean
  state: RowState | undefined
  head: RowHead | undefined
  /** Said in the first cell of the line where one types another row. */
  hint: string | undefined
  isFound: ((text: string) => boolean) | undefined
  tint: RowTint | undefined
  /** Who else works in which column. */
  others: ReadonlyMap<string, string> | undefined
}

/** The cells that scroll sideways. It owns the frozen cells of the same row, which live in a pane of their own. */
export const ScrolledCells: <Row>(props: RowProps<Row>) => ReactNode = memo(ScrolledCellsView)
/** Row number, tick and the cells that stay at the left. */
export const FrozenCells: <Row>(props: RowProps<Row>) => ReactNode = memo(FrozenCellsView)

function ScrolledCellsView<Row>(props: RowProps<Row>) {
  const cells = []
  for (let column = Math.max(props.frozen, props.from); column <= props.to; column++) cells.push(cellOf(props, column))
  return (
    <div
      role="row" aria-rowindex={props.index + 2} aria-owns={frozenId(props)}
      className={rowClass(props)} style={rowStyle(props)}
    >
      {cells}
    </div>
  )
}

function FrozenCellsView<Row>(props: RowProps<Row>) {
  const cells = []
  for (let column = 0; column < props.frozen; column++) cells.push(cellOf(props, column))
  return (
    <div role="presentation" id={frozenId(props)} className={rowClass(props)} style={rowStyle(props)}>
      <Gutter index={props.index} isTicked={props.isTicked} canTick={props.canTick && props.state === undefined} isLoaded={props.row !== undefined} isNew={props.state !== undefined} head={props.head} />
      {cells}
    </div>
  )
}

const rowStyle = ({ top, tint, isTicked }: { top: number; tint: RowTint | undefined; isTicked: boolean }) =>
  ({ transform: `translateY(${top}px)`, ...(tint?.row !== undefined && !isTicked && { backgroundColor: tint.row }) })

const frozenId = ({ sheetId, index }: { sheetId: string; index: number }) => `${sheetId}-frozen-${index}`
const stateClass: Record<RowState, string | undefined> = { blank: styles.blankRow, unsaved: styles.unsavedRow, head: styles.headRow }

function rowClass({ isTicked, state }: { isTicked: boolean; state: RowState | undefined }) {
  if (state) return `${styles.row} ${stateClass[state]}`
  return isTicked ? `${styles.row} ${styles.tickedRow}` : styles.row
}

function Gutter({ index, isTicked, canTick, isLoaded, isNew, head }: { index: number; isTicked: boolean; canTick: boolean; isLoaded: boolean; isNew: boolean; head: RowHead | undefined }) {
  if (head) return <div role="rowheader" aria-colindex={1} className={styles.gutter} style={{ width: gutterWidth }}><span data-opens="" className={styles.turn} aria-hidden="true">{head.isOpen ? '▾' : '▸'}</span></div>
  return (
    <div role="rowheader" aria-colindex={1} className={isTicked ? `${styles.gutter} ${styles.ticked}` : styles.gutter} style={{ width: gutterWidth }}>
      <span className={canTick ? styles.number : undefined}>{isNew ? '＋' : index + 1}</span>
      {canTick && isLoaded && (
        <input type="checkbox" tabIndex={-1} className={styles.tick} data-tick={index} checked={isTicked} readOnly aria-label={String(index + 1)} />
      )}
    </div>
  )
}

function cellOf<Row>(props: RowProps<Row>, index: number): ReactNode {
  const placed = props.columns[index]
  if (!placed) return null
  const { column, x, width } = placed
  const { row } = props
  const draft = props.drafts?.get(column.name)
  const isLocked = props.isReadOnly || column.editable !== true || (row !== undefined && column.locked?.(row) === true)
  const other = props.others?.get(column.name)
  const isMarked = index >= props.markedFrom && index <= props.markedTo
  return (
    <div
      key={column.name}
      id={cellId(props.sheetId, props.index, index)}
      role="gridcell"
      aria-colindex={index + 2}
      aria-readonly={isLocked || undefined}
      aria-label={props.head && index === 0 ? props.head.text : undefined}
      aria-expanded={index === 0 ? props.head?.isOpen : undefined}
      aria-selected={isMarked}
      aria-invalid={draft?.isRefused || undefined}
      aria-description={other === undefined ? undefined : t('grid.editedBy', { name: other })}
      className={cellClass(column.align === 'right', column.computed === true, draft?.isRefused === true, row !== undefined && props.isFound?.(draft ? draft.text : column.text(row)) === true)}
      style={tintOf(props.tint, column.name) === undefined ? { left: x, width } : { left: x, width, backgroundColor: tintOf(props.tint, column.name) }}
    >
      {props.head ? headOf(props.head, index, column.name) : row === undefined ? <span className={styles.skeleton} /> : hintOf(props, index, draft) ?? contentOf(column.opens === true && props.state === undefined, draft ? draft.text : column.render(row))}
      {other !== undefined && <span className={styles.other}><i>{other}</i></span>}
    </div>
  )
}

const tintOf = (tint: RowTint | undefined, column: string) => tint?.cells?.[column]

/** The name of a group begins in its first cell and may go on over the next; sums stand under their columns. */
const headOf = ({ label, count, sums }: RowHead, index: number, column: string) =>
  (index === 0 ? <span data-opens="" className={styles.headLabel}>{label}<small>{count}</small></span> : sums[column] ?? null)

/** In the first cell of the blank line that one may type in. */
function hintOf<Row>({ state, hint, columns, drafts }: RowProps<Row>, index: number, draft: unknown): ReactNode {
  if (state !== 'blank' || hint === undefined || draft || drafts?.size) return null
  return columns.findIndex(({ column }) => column.editable) === index ? <span className={styles.newHint}>{hint}</span> : null
}

const contentOf = (opens: boolean, content: ReactNode) => (opens ? <span className={styles.opens} data-opens="">{content}</span> : content)

function cellClass(isRight: boolean, isComputed: boolean, isRefused: boolean, isFound: boolean) {
  let name = styles.cell ?? ''
  if (isRight) name += ` ${styles.right}`
  if (isComputed) name += ` ${styles.computed}`
  if (isRefused) name += ` ${styles.refused}`
  if (isFound) name += ` ${styles.found}`
  return name
}
