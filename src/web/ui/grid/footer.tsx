import type { PlacedColumn } from './column-layout.ts'
import type { Sheet } from './sheet.ts'
import styles from './grid.module.css'

/** The last line: how many rows at the left, sums under their columns. */
export function Footer<Row>({ sheet }: { sheet: Sheet<Row> }) {
  const columns = sheet.across.use()
  const { arrangement, props } = sheet
  const from = Math.max(arrangement.frozen, columns.from)
  const cell = ({ column, x, width }: PlacedColumn<Row>) => props.footer?.[column.name] !== undefined && (
    <div key={column.name} className={column.align === 'right' ? `${styles.sum} ${styles.right}` : styles.sum} style={{ left: x, width }}>
      {props.footer[column.name]}
    </div>
  )
  return (
    <div className={styles.footer} style={{ width: arrangement.width }}>
      <div className={styles.frozenFooter} style={{ width: arrangement.frozenWidth }}>
        <div className={styles.count} aria-live="polite">{props.count}</div>
        {arrangement.columns.slice(0, arrangement.frozen).map(cell)}
      </div>
      {arrangement.columns.slice(from, columns.to + 1).map(cell)}
    </div>
  )
}
