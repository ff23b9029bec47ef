import { lazy, Suspense, useState, type ReactNode } from 'react'
import { t, withTexts } from '#web/i18n.ts'
import type { GridHandle } from '#web/ui/grid/types.ts'
import { useHotkeys } from '#web/ui/hotkeys.ts'

const GoToRow = lazy(() => withTexts('sheet', import('#web/sheet/go-to-row.tsx')).then(file => ({ default: file.GoToRow })))

/** Ctrl+G, as in Excel: to a row by its number, however far away it is. */
export function useJump(grid: { current: GridHandle | null }, total: number): ReactNode {
  const [isOpen, setOpen] = useState(false)
  const isInSheet = ({ target }: KeyboardEvent) => target instanceof Element && target.closest('[data-sheet]') !== null
  const begin = () => {
    // What is typed until the question stands must not go into a cell.
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
    setOpen(true)
  }
  useHotkeys([{ keys: 'mod+g', label: t('keys.sheet.goTo'), group: t('keys.sheet'), whileTyping: true, run: event => { if (total > 0 && isInSheet(event)) begin() } }])
  if (!isOpen) return null
  const close = (row?: number) => {
    setOpen(false)
    requestAnimationFrame(() => {
      if (row !== undefined) grid.current?.goTo(row)
      grid.current?.focus()
    })
  }
  return <Suspense><GoToRow total={total} onClose={close} /></Suspense>
}
