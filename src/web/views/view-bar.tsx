import { lazy, Suspense, useMemo, useState, type ReactNode } from 'react'
import type { ObjectOut } from '#shared/api/objects.ts'
import { t, useLang } from '#web/i18n.ts'
import { FilterBar, FilterButton } from '#web/records/filter-bar.tsx'
import { SearchBox } from '#web/records/search-box.tsx'
import { inSentence } from '#web/records/shape.ts'
import { columnsOf } from '#web/records/sheet-columns.tsx'
import { Columns } from '#web/records/sheet-tools.tsx'
import { Dialog } from '#web/ui/dialog.tsx'
import { arrange } from '#web/ui/grid/column-layout.ts'
import { Skeleton } from '#web/ui/states.tsx'
import { byField, byFields } from './kinds.ts'
import { useViewState } from './view-state.ts'
import css from './view-bar.module.css'

const FilterEditor = lazy(() => import('#web/records/filter-editor.tsx').then(file => ({ default: file.FilterEditor })))

/** Search and filter, the field that sorts the records out, and which fields are shown: the same for boards, calendars and galleries. */
export function ViewBar({ object, isPhone, children }: { object: ObjectOut; isPhone: boolean; children?: ReactNode }) {
  const lang = useLang()
  const { kind, settings, address: { filter, q }, onAddress, set, layout, setLayout } = useViewState(object.name)
  const columns = useMemo(() => columnsOf(object, lang), [object, lang])
  const [isFiltering, setFiltering] = useState(false)
  const fields = byFields(object, kind)
  return (
    <div className={css.bar}>
      {isPhone
        ? <><SearchBox value={q ?? ''} onSearch={next => onAddress({ q: next || undefined })} label={t('cards.search', { object: inSentence(object.label, lang) })} /><FilterButton object={object} filter={filter} onOpen={() => setFiltering(true)} /></>
        : <FilterBar object={object} filter={filter} onFilter={next => onAddress({ filter: next })} q={q ?? ''} onSearch={next => onAddress({ q: next || undefined })} />}
      <div className={css.tools} role="toolbar" aria-label={t('sheet.tools')}>
        {children}
        {fields.length > 1 && (
          <select className={css.by} aria-label={t(kind === 'board' ? 'views.byChoice' : 'views.byDate')} title={t(kind === 'board' ? 'views.byChoice' : 'views.byDate')} value={byField(object, kind, settings.by)?.name} onChange={event => set({ by: event.currentTarget.value })}>
            {fields.map(field => <option key={field.name} value={field.name}>{field.label[lang]}</option>)}
          </select>
        )}
        {!isPhone && kind !== 'calendar' && <Columns columns={columns} layout={layout} onLayout={setLayout} />}
      </div>
      {isFiltering && <Dialog title={t('filterBar.add')} onClose={() => setFiltering(false)}><Suspense fallback={<Skeleton shape="form" />}><FilterEditor object={object} filter={filter} onApply={next => { setFiltering(false); onAddress({ filter: next }) }} onClose={() => setFiltering(false)} /></Suspense></Dialog>}
    </div>
  )
}

/** The fields that the view shows, in its order. */
export function useShownFields(object: ObjectOut): string[] {
  const lang = useLang()
  const { layout } = useViewState(object.name)
  return useMemo(() => arrange(columnsOf(object, lang), layout).columns.map(each => each.column.name), [object, lang, layout])
}
