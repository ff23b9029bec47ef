import { lazy, Suspense, useState } from 'react'
import type { ObjectOut } from '#shared/api/objects.ts'
import type { Filter } from '#shared/filter.ts'
import { t, useLang } from '#web/i18n.ts'
import { IconButton } from '#web/ui/buttons.tsx'
import { Dropdown } from '#web/ui/dropdown.tsx'
import { Icon } from '#web/ui/icon.tsx'
import css from './filter-bar.module.css'
import { piecesOf, sentenceOf } from '#shared/filter-sentence.ts'
import type { Reader } from '#shared/filter-sentence.ts'
import type { FieldOut } from '#web/objects.ts'
import { chipsOf, fromChips } from './filter-chips.ts'
import { SearchBox } from './search-box.tsx'
import { write } from './values.ts'

const FilterEditor = lazy(() => import('./filter-editor.tsx').then(file => ({ default: file.FilterEditor })))

interface Props {
  object: ObjectOut
  filter: Filter | undefined
  onFilter: (filter: Filter | undefined) => void
  q: string
  onSearch: (q: string) => void
}

/** The conditions of a list, one chip each, readable as a sentence; a chip opens the editor. */
export function FilterBar({ object, filter, onFilter, q, onSearch }: Props) {
  const [isOpen, setOpen] = useState(false)
  const reader = useReader(object)
  const chips = chipsOf(filter)
  const without = (chip: Filter) => onFilter(fromChips(chips.filter(each => each !== chip)))
  const apply = (next: Filter | undefined) => { setOpen(false); onFilter(next) }
  return (
    <div className={css.bar} role="search">
      <SearchBox value={q} onSearch={onSearch} label={t('filterBar.search')} />
      <Dropdown label={t(chips.length === 0 ? 'filterBar.add' : 'filterBar.edit')} icon="filter" look="quiet" width={674} opened={isOpen} onOpen={setOpen}>
        {close => <div className={css.dropdown}><Suspense fallback={<div className={css.waiting} />}><FilterEditor object={object} filter={filter} onApply={apply} onClose={close} /></Suspense></div>}
      </Dropdown>
      <div className={css.chips}>
        {chips.map((chip, i) => (
          <span key={JSON.stringify(chip)} className={css.place}>
            {i > 0 && <span className={css.and}>{t('filterBar.and')}</span>}
            <Chip chip={chip} reader={reader} onOpen={() => setOpen(true)} onRemove={() => without(chip)} />
          </span>
        ))}
        {chips.length > 1 && <button type="button" className={css.clear} onClick={() => onFilter(undefined)}>{t('filterBar.clear')}</button>}
      </div>
    </div>
  )
}

/** How a filter of this object is read aloud in the language of the screen. */
export function useReader(object: ObjectOut): Reader<FieldOut> {
  const lang = useLang()
  return { object, lang, say: t, write: (value, field) => write(value, field, lang) }
}

interface ChipProps { chip: Filter; reader: Reader<FieldOut>; onOpen: () => void; onRemove: () => void }

function Chip({ chip, reader, onOpen, onRemove }: ChipProps) {
  return (
    <span className={css.chip}>
      <button type="button" className={css.words} onClick={onOpen}>
        {piecesOf(chip, reader).map((piece, i) => <span key={i} className={css[piece.kind]}>{piece.text} </span>)}
      </button>
      <button type="button" className={css.remove} aria-label={t('filterBar.remove', { sentence: sentenceOf(chip, reader) })} onClick={onRemove}><Icon name="close" size={14} /></button>
    </span>
  )
}

/** The editor on its own, for a phone: in a dialog. */
export function FilterButton({ object, filter, onOpen }: { object: ObjectOut; filter: Filter | undefined; onOpen: () => void }) {
  const reader = useReader(object)
  const count = chipsOf(filter).length
  return (
    <span className={css.phoneButton} data-on={count > 0 || undefined} title={filter === undefined ? undefined : sentenceOf(filter, reader)}>
      <IconButton icon="filter" label={t(count === 0 ? 'filterBar.add' : 'filterBar.edit')} onClick={onOpen} size={22} />
      {count > 0 && <b>{count}</b>}
    </span>
  )
}
