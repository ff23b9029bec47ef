import { useState } from 'react'
import { t } from '#web/i18n.ts'
import { gutterWidth, type PlacedColumn } from './column-layout.ts'
import { fittingWidth } from './fit.ts'
import { columnMenuItems, nextSort } from './column-menu.ts'
import { pressHeader, resizeByEdge, setWidth } from './header-drag.ts'
import { Menu } from './menu.tsx'
import type { Sheet } from './sheet.ts'
import { noRows, tickedCount, toggledAll } from './ticks.ts'
import styles from './grid.module.css'

export function Header<Row>({ sheet }: { sheet: Sheet<Row> }) {
  const columns = sheet.across.use()
  const [menu, setMenu] = useState<number | null>(null)
  const [drop, setDrop] = useState<number | null>(null)
  const { arrangement } = sheet
  sheet.openColumnMenu = setMenu
  const cell = (placed: PlacedColumn<Row>, index: number) =>
    <HeaderCell key={placed.column.name} sheet={sheet} placed={placed} index={index} onMenu={setMenu} onDrop={setDrop} />
  const from = Math.max(arrangement.frozen, columns.from)
  const opened = menu === null ? undefined : arrangement.columns[menu]
  return (
    <div role="row" aria-rowindex={1} className={styles.header}>
      <div role="presentation" className={styles.frozenHeader} style={{ width: arrangement.frozenWidth }}>
        <Corner sheet={sheet} />
        {arrangement.columns.slice(0, arrangement.frozen).map(cell)}
      </div>
      {arrangement.columns.slice(from, columns.to + 1).map((placed, index) => cell(placed, from + index))}
      {drop !== null && <DropLine sheet={sheet} at={drop} />}
      {opened && <Menu
        label={opened.column.label}
        items={columnMenuItems(sheet, opened.column)}
        anchor={() => document.getElementById(headerId(sheet.id, opened.column.name))?.getBoundingClientRect() ?? null}
        owner={sheet.id}
        onClose={() => {
          setMenu(null)
          sheet.input?.focus({ preventScroll: true })
        }}
      />}
    </div>
  )
}

/** Behind the last column, beside the grid: it is no column itself. */
export function AddColumn<Row>({ sheet }: { sheet: Sheet<Row> }) {
  const { addColumn } = sheet.props
  if (!addColumn) return null
  const { label, run } = addColumn
  return <div className={styles.addColumn}><button type="button" tabIndex={-1} aria-label={label} title={label} style={{ left: sheet.arrangement.width }} onClick={run}>＋</button></div>
}

const headerId = (sheetId: string, name: string) => `${sheetId}-head-${name}`

/** Ticks everything that the list holds, also what is not loaded. */
function Corner<Row>({ sheet }: { sheet: Sheet<Row> }) {
  const { selectedRows = noRows, onSelectRows, source } = sheet.props
  const total = source.total - (source.added ?? 0)
  const count = tickedCount(selectedRows, total)
  return (
    <div role="columnheader" aria-colindex={1} aria-label={t('grid.rowNumber')} className={styles.corner} style={{ width: gutterWidth }}>
      {onSelectRows && <input
        type="checkbox"
        tabIndex={-1}
        aria-label={t('grid.selectAll')}
        checked={count > 0 && count === total}
        ref={input => { if (input) input.indeterminate = count > 0 && count < total }}
        onChange={() => onSelectRows(toggledAll(selectedRows, total))}
      />}
    </div>
  )
}

interface HeaderCellProps<Row> {
  sheet: Sheet<Row>
  placed: PlacedColumn<Row>
  index: number
  onMenu(index: number): void
  onDrop(before: number | null): void
}

function HeaderCell<Row>({ sheet, placed, index, onMenu, onDrop }: HeaderCellProps<Row>) {
  const { column, x, width } = placed
  const { sort = [] } = sheet.props
  const sorted = sort.find(each => each.column === column.name)
  return (
    <div
      id={headerId(sheet.id, column.name)}
      role="columnheader"
      aria-colindex={index + 2}
      aria-sort={sorted && (sorted.descending ? 'descending' : 'ascending')}
      className={column.align === 'right' ? `${styles.head} ${styles.headRight}` : styles.head}
      style={{ left: x, width }}
      onPointerDown={event => pressHeader(sheet, index, event, onDrop)}
      onContextMenu={event => {
        event.preventDefault()
        onMenu(index)
      }}
    >
      <span className={styles.label} title={column.help ?? column.label}>{column.label}</span>
      {sorted && <button
        type="button" tabIndex={-1} className={styles.sorted} aria-label={t('grid.sortBy', { column: column.label })}
        onClick={() => sheet.props.onSort?.(nextSort(sort, column.name))}
      >{sorted.descending ? '↓' : '↑'}</button>}
      <button
        type="button" tabIndex={-1} className={styles.more} aria-label={t('grid.columnMenu', { column: column.label })} aria-haspopup="menu"
        onClick={() => onMenu(index)}
      >⌄</button>
      <i
        className={styles.edge}
        onPointerDown={event => resizeByEdge(sheet, placed, event)}
        onDoubleClick={() => setWidth(sheet, column.name, fittingWidth(sheet, column))}
      />
    </div>
  )
}

function DropLine<Row>({ sheet, at }: { sheet: Sheet<Row>; at: number }) {
  const { columns, frozen, width } = sheet.arrangement
  const x = columns[at]?.x ?? width
  return <i className={styles.dropLine} style={{ left: at < frozen ? x + sheet.position.left : x }} />
}
