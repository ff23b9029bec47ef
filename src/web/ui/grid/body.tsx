import type { ReactNode } from 'react'
import { bodyHeight } from './geometry.ts'
import { FrozenCells, ScrolledCells, type RowProps } from './row.tsx'
import { boxOf } from './selection.ts'
import { frameOf, rowAt, rowHeightOf, type Sheet } from './sheet.ts'
import { isTicked } from './ticks.ts'
import styles from './grid.module.css'

/** The rows in the window. Their elements are recycled: a row that comes takes the place of one that went. */
export function Body<Row>({ sheet }: { sheet: Sheet<Row> }) {
  const { top } = sheet.view.use()
  return (
    <div role="rowgroup" className={styles.body} style={{ height: bodyHeight(frameOf(sheet)) }}>
      <div role="presentation" className={styles.layer} style={{ transform: `translateY(${top}px)` }}>
        <Rows sheet={sheet} draw={(key, props) => <ScrolledCells key={key} {...props} />} />
      </div>
    </div>
  )
}

/** The part of the rows that stays at the left. */
export function FrozenBody<Row>({ sheet }: { sheet: Sheet<Row> }) {
  const { top } = sheet.view.use()
  return (
    <div className={styles.frozenPane} style={{ width: sheet.arrangement.frozenWidth }}>
      <div className={styles.layer} style={{ transform: `translateY(${top}px)` }}>
        <Rows sheet={sheet} draw={(key, props) => <FrozenCells key={key} {...props} />} />
      </div>
    </div>
  )
}

function Rows<Row>({ sheet, draw }: { sheet: Sheet<Row>; draw: (key: number, props: RowProps<Row>) => ReactNode }) {
  const { rows, anchor } = sheet.view.use()
  const columns = sheet.across.use()
  const box = boxOf(sheet.selection.use())
  const drafts = sheet.drafts.all.use()
  const { props, arrangement } = sheet
  const height = rowHeightOf(props)
  const size = rows.to - rows.from + 1
  const drawn = []
  for (let index = rows.from; index <= rows.to; index++) {
    const row = rowAt(sheet, index)
    const id = row === undefined ? undefined : props.rowId(row)
    const isMarked = index >= box.top && index <= box.bottom
    drawn.push(draw(index % size, {
      sheetId: sheet.id, index, top: (index - anchor) * height, row, columns: arrangement.columns, frozen: arrangement.frozen,
      from: columns.from, to: columns.to, markedFrom: isMarked ? box.left : -1, markedTo: isMarked ? box.right : -1,
      drafts: id === undefined ? undefined : drafts.get(id), isReadOnly: props.onCommit === undefined,
      canTick: props.onSelectRows !== undefined, isTicked: id !== undefined && isTicked(props.selectedRows, id),
      state: row === undefined ? undefined : props.rowState?.(row), head: row === undefined ? undefined : props.head?.(row), hint: props.newRowHint, isFound: props.isFound, others: id === undefined ? undefined : props.others?.(id), tint: row === undefined ? undefined : props.tint?.(row),
    }))
  }
  return drawn
}
