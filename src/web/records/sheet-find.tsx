import { lazy, Suspense, useMemo, useState, type ReactNode } from 'react'
import type { RecordOut } from '#shared/api/records.ts'
import { t, withTexts } from '#web/i18n.ts'
import type { GridColumn, GridHandle } from '#web/ui/grid/types.ts'
import { useHotkeys } from '#web/ui/hotkeys.ts'
import type { ListAddress } from './list-address.ts'
import type { Grouped } from './sheet-groups.ts'

const FindBar = lazy(() => withTexts('sheet', import('#web/sheet/find-bar.tsx')).then(file => ({ default: file.FindBar })))

export interface Finding { bar: ReactNode; isFound: ((text: string) => boolean) | undefined }

interface Around { object: string; query: Pick<ListAddress, 'filter' | 'q' | 'sort'>; columns: readonly GridColumn<RecordOut>[]; grid: { current: GridHandle | null }; groups: Pick<Grouped, 'placeOf' | 'sort'> }

/** The same text for who looks for it: no widths, no case. */
const plain = (text: string) => text.normalize('NFKC').toLowerCase()

/** Ctrl+F looks through the whole list, loaded or not; what is found is marked where it is shown. */
export function useFind(around: Around): Finding {
  const [isOpen, setOpen] = useState(false)
  const [words, setWords] = useState('')
  const isInSheet = ({ target }: KeyboardEvent) => target instanceof Element && (target === document.body || target.closest('[data-sheet]') !== null)
  useHotkeys([{ keys: 'mod+f', label: t('keys.sheet.find'), group: t('keys.sheet'), whileTyping: true, run: event => { if (isInSheet(event)) { event.preventDefault(); setOpen(true) } } }])
  const wanted = isOpen ? plain(words).trim() : ''
  const isFound = useMemo(() => {
    const parts = wanted.split(/[\s,，、;；]+/).filter(part => part !== '')
    return parts.length === 0 ? undefined : (text: string) => { const found = plain(text); return parts.some(part => found.includes(part)) }
  }, [wanted])
  const close = () => { setOpen(false); requestAnimationFrame(() => around.grid.current?.focus()) }
  return { isFound, bar: isOpen && <Suspense><FindBar {...around} words={words} onWords={setWords} isFound={isFound} onClose={close} /></Suspense> }
}
