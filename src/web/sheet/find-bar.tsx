import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import type { RecordOut } from '#shared/api/records.ts'
import { findInList, type FoundRow } from '#shared/api/sheet.ts'
import { Problem } from '#shared/problem.ts'
import { read } from '#web/api.ts'
import { t } from '#web/i18n.ts'
import { IconButton } from '#web/ui/buttons.tsx'
import type { GridColumn, GridHandle } from '#web/ui/grid/types.ts'
import { Icon } from '#web/ui/icon.tsx'
import css from './find-bar.module.css'
import type { ListAddress } from '#web/records/list-address.ts'

interface Props {
  object: string
  query: Pick<ListAddress, 'filter' | 'q' | 'sort'>
  columns: readonly GridColumn<RecordOut>[]
  grid: { current: GridHandle | null }
  groups: { placeOf(row: number): number; sort: string | undefined }
  words: string
  onWords: (words: string) => void
  isFound: ((text: string) => boolean) | undefined
  onClose: () => void
}

/** ms after the last key until the list is asked. */
const pause = 250

/** A slim bar at the top right of the sheet: Enter goes to the next match, Shift+Enter to the one before, Esc back to the cell. */
export function FindBar(props: Props) {
  const { words, onWords, onClose } = props
  const input = useRef<HTMLInputElement>(null)
  const search = useSearch(props)
  useEffect(() => { input.current?.focus(); input.current?.select() }, [])
  const onKey = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Escape') onClose()
    else if (event.key === 'Enter') search.go(event.shiftKey)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div className={css.bar} role="search" aria-label={t('find.label')} onKeyDown={onKey}>
      <Icon name="search" size={16} />
      <input ref={input} value={words} placeholder={t('find.placeholder')} aria-label={t('find.label')} autoComplete="off" spellCheck={false} onChange={event => onWords(event.currentTarget.value)} />
      <span className={css.count} role="status">{search.said}</span>
      <span className={css.turns}>
        <button type="button" aria-label={t('find.before')} title={t('find.before')} disabled={!search.isAny} onClick={() => search.go(true)}>↑</button>
        <button type="button" aria-label={t('find.next')} title={t('find.next')} disabled={!search.isAny} onClick={() => search.go(false)}>↓</button>
      </span>
      <IconButton icon="close" label={t('ui.close')} onClick={onClose} />
    </div>
  )
}

/** Where one is among the matches. The first is looked for while one types. */
function useSearch({ object, query, columns, grid, groups, words, isFound }: Props) {
  const [answer, setAnswer] = useState<{ key: string; found: FoundRow } | null>(null)
  const at = useRef<string | undefined>(undefined)
  // What is typed on is looked for from where one began.
  const [origin] = useState(() => grid.current?.activeRow())
  const turn = useRef(0)
  const last = useRef(Promise.resolve())
  const key = JSON.stringify([object, query, words])
  const found = answer?.key === key ? answer.found : null

  async function ask(backwards: boolean, after: string | undefined, mine: number) {
    if (words.trim() === '' || mine !== turn.current) return
    try {
      const next = await read(findInList, { params: { object }, body: { ...query, ...(groups.sort && { sort: groups.sort }), find: words, backwards, ...(after && { after }) } })
      if (mine !== turn.current) return
      setAnswer({ key, found: next })
      at.current = next.id ?? undefined
      if (next.row !== null) grid.current?.goTo(groups.placeOf(next.row), row => columnOf(columns, row as RecordOut, isFound))
    } catch (error) {
      if (!(error instanceof Problem)) throw error
    }
  }
  /** Steps wait for each other, so that none is lost when Enter is pressed fast. */
  const go = (backwards: boolean) => {
    const mine = turn.current
    last.current = last.current.then(() => ask(backwards, at.current, mine))
  }

  const begin = useRef(() => {})
  begin.current = () => { last.current = ask(false, origin, turn.current) }

  useEffect(() => {
    turn.current++
    const timer = setTimeout(() => begin.current(), pause)
    return () => clearTimeout(timer)
  }, [key])

  const said = words.trim() === '' || found === null ? '' : found.row === null ? t('find.none') : t(found.totalIsEstimate ? 'find.countAbout' : 'find.count', { count: found.total.toLocaleString() })
  return { go, said, isAny: found !== null && found.row !== null }
}

/** The first column whose text has the words; a match by sound, or in a field that is not shown, is at the name. */
const columnOf = (columns: readonly GridColumn<RecordOut>[], row: RecordOut, isFound: Props['isFound']) => columns.find(column => isFound?.(column.text(row)))?.name
