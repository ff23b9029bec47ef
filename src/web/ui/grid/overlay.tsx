import type { CSSProperties, ReactNode } from 'react'
import { clamp } from './geometry.ts'
import { boxOf, isSingle, type Box } from './selection.ts'
import { rowHeightOf, type Sheet } from './sheet.ts'
import styles from './grid.module.css'

/** Marks over the cells: the rectangle, the active cell, the handle that fills. Drawn once per pane, cut at its border. */
export function Marks<Row>({ sheet, pane }: { sheet: Sheet<Row>; pane: 'frozen' | 'scrolled' }) {
  const selection = sheet.selection.use()
  const fill = sheet.filling.use()
  const hovered = sheet.hovered.use()
  const view = sheet.view.use()
  const { active } = selection
  const box = boxOf(selection)
  const hasHandle = sheet.props.onCommit !== undefined
  const placed = (what: Box) => placeOf(sheet, what, pane)
  return (
    <div className={styles.layer} style={{ transform: `translateY(${view.top}px)` }}>
      {hovered >= 0 && <Mark className={styles.hover} style={rowPlace(sheet, hovered, pane)} />}
      {!isSingle(box) && <Mark className={styles.range} style={placed(box)} />}
      <Mark className={styles.active} style={placed({ top: active.row, bottom: active.row, left: active.column, right: active.column })} />
      {hasHandle && <Mark className={styles.handleBox} style={placed(box)}>
        {(pane === 'frozen') === box.right < sheet.arrangement.frozen && <i className={styles.handle} data-fill="" />}
      </Mark>}
      {fill && <Mark className={styles.filling} style={placed(fill)} />}
    </div>
  )
}

function Mark({ className, style, children }: { className: string | undefined; style: CSSProperties | null; children?: ReactNode }) {
  return style && <div className={className} style={style}>{children}</div>
}

/** The rectangle in px of its pane; far ends are cut a little outside of the window. */
function placeOf<Row>(sheet: Sheet<Row>, box: Box, pane: 'frozen' | 'scrolled'): CSSProperties | null {
  const { columns, frozen, frozenWidth } = sheet.arrangement
  const { rows, anchor } = sheet.view.get()
  if (box.bottom < rows.from || box.top > rows.to) return null
  const first = columns[box.left]
  const last = columns[box.right]
  if (!first || !last || (pane === 'frozen' ? box.left >= frozen : box.right < frozen)) return null
  const left = pane === 'scrolled' && box.left < frozen ? frozenWidth : first.x
  const right = pane === 'frozen' && box.right >= frozen ? frozenWidth : last.x + last.width
  const height = rowHeightOf(sheet.props)
  const top = clamp(box.top, rows.from - 2, rows.to + 2)
  const bottom = clamp(box.bottom, rows.from - 2, rows.to + 2)
  // One px over the line of the neighbour, but not under the frozen pane.
  const over = left === frozenWidth ? 0 : 1
  return { left: left - over, width: right - left + over, top: (top - anchor) * height - 1, height: (bottom - top + 1) * height + 1 }
}

function rowPlace<Row>(sheet: Sheet<Row>, row: number, pane: 'frozen' | 'scrolled'): CSSProperties | null {
  const { rows, anchor } = sheet.view.get()
  if (row < rows.from || row > rows.to) return null
  const { frozenWidth, width } = sheet.arrangement
  const height = rowHeightOf(sheet.props)
  const left = pane === 'frozen' ? 0 : frozenWidth
  return { left, width: pane === 'frozen' ? frozenWidth : width - frozenWidth, top: (row - anchor) * height, height: height - 1 }
}
