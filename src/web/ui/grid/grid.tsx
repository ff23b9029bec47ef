import { useState, type MouseEvent } from 'react'
import { Body, FrozenBody } from './body.tsx'
import { Footer } from './footer.tsx'
import { AddColumn, Header } from './header.tsx'
import { InputBox } from './input-box.tsx'
import { Menu } from './menu.tsx'
import { Marks } from './overlay.tsx'
import { Picker } from './picker.tsx'
import { ProblemNote } from './problem-note.tsx'
import { boxOf } from './selection.ts'
import { hasFooter, headerHeight, rowAt, rowCount, rowHeightOf, type Sheet } from './sheet.ts'
import { usePointer } from './use-pointer.ts'
import { useSheet } from './use-sheet.ts'
import type { GridProps, MenuItem } from './types.ts'
import styles from './grid.module.css'

declare module 'react' {
  interface CSSProperties { '--row-height'?: string; '--lines'?: number }
}

interface RowMenu { items: MenuItem[]; at: DOMRect }

/**
 * A sheet over any number of rows, with the keyboard and the clipboard of Excel. It draws what is in view, asks its source for
 * rows, shows typed texts at once and hands them to `onCommit`. It fills its parent, which needs a height.
 */
export function Grid<Row>(props: GridProps<Row>) {
  const sheet = useSheet(props)
  const pointer = usePointer(sheet)
  const [menu, setMenu] = useState<RowMenu | null>(null)
  const { arrangement } = sheet
  const rows = rowCount(props)
  const openMenu = (event: MouseEvent) => {
    const items = rowMenuItems(sheet, event)
    if (!items) return
    event.preventDefault()
    setMenu({ items, at: new DOMRect(event.clientX, event.clientY, 0, 0) })
  }
  return (
    <div className={(props.lines ?? 1) > 1 ? `${styles.root} ${styles.tall}` : styles.root} style={{ '--row-height': `${rowHeightOf(props)}px`, '--lines': props.lines ?? 1 }}>
      <div ref={element => { sheet.scroller = element }} className={styles.scroller} {...pointer} onContextMenu={openMenu}>
        <AddColumn sheet={sheet} />
        <div
          id={sheet.id} role="grid" aria-label={props.label} aria-rowcount={props.source.total + 1} aria-colcount={arrangement.columns.length + 1}
          aria-multiselectable="true" aria-busy={props.loading || undefined} className={styles.sheet} style={{ width: arrangement.width }}
        >
          <Header sheet={sheet} />
          <Body sheet={sheet} />
        </div>
        {hasFooter(props) && <Footer sheet={sheet} />}
        <div className={styles.over} style={{ top: headerHeight, width: arrangement.width }}>
          <Marks sheet={sheet} pane="scrolled" />
          <FrozenBody sheet={sheet} />
          <div className={styles.frozenMarks}><Marks sheet={sheet} pane="frozen" /></div>
          <InputBox sheet={sheet} />
        </div>
      </div>
      {rows === 0 && <div className={styles.empty}>{props.emptyState}</div>}
      <Picker sheet={sheet} />
      <ProblemNote sheet={sheet} />
      {menu && <Menu label={props.label} items={menu.items} anchor={() => menu.at} owner={sheet.id} onClose={() => {
        setMenu(null)
        sheet.input?.focus({ preventScroll: true })
      }} />}
    </div>
  )
}

function markedRows<Row>(sheet: Sheet<Row>) {
  const { top, bottom } = boxOf(sheet.selection.get())
  return { from: top, to: bottom }
}

function rowMenuItems<Row>(sheet: Sheet<Row>, event: MouseEvent): MenuItem[] | undefined {
  if (!(event.target instanceof Element) || event.target.closest('[role=columnheader]')) return undefined
  const row = rowAt(sheet, sheet.selection.get().active.row)
  const items = row === undefined ? undefined : sheet.props.rowMenu?.(row, markedRows(sheet))
  return items && items.length > 0 ? items : undefined
}
