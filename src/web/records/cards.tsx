import { isEmpty } from '#shared/fields/field.ts'
import { useInfiniteQuery } from '@tanstack/react-query'
import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import { queryRecords } from '#shared/api/records.ts'
import type { Page, RecordOut } from '#shared/api/records.ts'
import type { ObjectOut } from '#shared/api/objects.ts'
import type { Problem } from '#shared/problem.ts'
import { read } from '#web/api.ts'
import { t, useLang } from '#web/i18n.ts'
import { Dialog } from '#web/ui/dialog.tsx'
import { Icon } from '#web/ui/icon.tsx'
import { ErrorState, Skeleton } from '#web/ui/states.tsx'
import css from './cards.module.css'
import { FieldCell } from './field-cell.tsx'
import { FilterButton } from './filter-bar.tsx'
import type { AddressChange, ListAddress } from './list-address.ts'
import { ListEmpty } from './list-empty.tsx'
import { usePull } from './pull.ts'
import { RecordLink } from './record-link.tsx'
import { SearchBox } from './search-box.tsx'
import { inSentence, isReference, nameOf, numberOf, stageField } from './shape.ts'
import { write, writeMoment } from './values.ts'

const FilterEditor = lazy(() => import('./filter-editor.tsx').then(file => ({ default: file.FilterEditor })))

interface Props {
  object: ObjectOut
  address: ListAddress
  onAddress: (change: AddressChange) => void
}

/** The list on a phone: cards with name, stage, last change and a call at one tap; longer as one scrolls, fresh when pulled. */
export function Cards({ object, address, onAddress }: Props) {
  const lang = useLang()
  const [isFiltering, setFiltering] = useState(false)
  const list = useCards(object, address)
  const scroller = useRef<HTMLDivElement>(null)
  const pull = usePull(scroller, async () => { await list.refetch() })
  const records = list.data?.pages.flatMap(page => page.records) ?? []
  const isFiltered = address.filter !== undefined || address.q !== undefined
  return (
    <div className={css.cards}>
      <div className={css.top}>
        <SearchBox value={address.q ?? ''} onSearch={q => onAddress({ q: q || undefined })} label={t('cards.search', { object: inSentence(object.label, lang) })} />
        <FilterButton object={object} filter={address.filter} onOpen={() => setFiltering(true)} />
      </div>
      <div className={css.scroller} ref={scroller}>
        <div className={css.pull} style={{ height: pull.height }} aria-live="polite">{pull.height > 0 && t(pull.isBusy ? 'cards.refreshing' : pull.isReady ? 'cards.release' : 'cards.pull')}</div>
        {list.error !== null && records.length === 0 && <ErrorState problem={list.error} onRetry={list.refetch} />}
        {list.isPending && <CardSkeletons />}
        {list.data !== undefined && records.length === 0 && <ListEmpty object={object} isFiltered={isFiltered} onClear={() => onAddress({ filter: undefined, q: undefined })} />}
        <ul className={css.list}>{records.map(record => <Card key={record.id} object={object} record={record} />)}</ul>
        {records.length > 0 && <End hasMore={list.hasNextPage} isLoading={list.isFetchingNextPage} count={list.data?.pages[0]?.total ?? records.length} onMore={() => void list.fetchNextPage()} />}
      </div>
      {isFiltering && <Dialog title={t('filterBar.add')} onClose={() => setFiltering(false)}><Suspense fallback={<Skeleton shape="form" />}><FilterEditor object={object} filter={address.filter} onApply={filter => { setFiltering(false); onAddress({ filter }) }} onClose={() => setFiltering(false)} /></Suspense></Dialog>}
    </div>
  )
}

function useCards(object: ObjectOut, { filter, q, sort }: ListAddress) {
  const query = { ...(filter && { filter }), ...(q && { q }), ...(sort && { sort }) }
  return useInfiniteQuery<Page, Problem, { pages: Page[] }, unknown[], string | null>({
    queryKey: [object.name, 'cards', query],
    queryFn: ({ pageParam, signal }) => read(queryRecords, { params: { object: object.name }, body: { ...query, fields: cardFields(object), limit: 30, ...(pageParam === null ? {} : { cursor: pageParam, total: 'none' as const }) }, signal }),
    initialPageParam: null,
    getNextPageParam: page => page.next,
  })
}

/** Only what a card shows travels to a phone. */
const cardFields = (object: ObjectOut) => {
  const wanted = new Set([object.title, object.numberField, stageField(object)?.name, 'updatedAt', ...object.fields.filter(field => field.type === 'phone' || field.type === 'reference').map(field => field.name)])
  return object.fields.filter(field => wanted.has(field.name)).map(field => field.name)
}

function Card({ object, record }: { object: ObjectOut; record: RecordOut }) {
  const stage = stageField(object)
  const phone = object.fields.find(field => field.type === 'phone' && field.access !== 'masked' && !isEmpty(record[field.name]))
  const above = object.fields.filter(field => field.type === 'reference').map(field => record[field.name]).find(isReference)
  const name = nameOf(object, record) || t('value.unnamed')
  return (
    <li className={css.card}>
      <RecordLink object={object.name} id={record.id} className={css.body}>
        <span className={css.name}>{name}</span>
        <span className={css.meta}>
          {stage !== undefined && <FieldCell field={stage} value={record[stage.name]} still />}
          {above?.label != null && <span className={css.above}>{above.label}</span>}
          <span>{numberOf(object, record)}</span>
          {typeof record['updatedAt'] === 'string' && <span>{t('cards.changed', { when: writeMoment(record['updatedAt'], true) })}</span>}
        </span>
      </RecordLink>
      {phone !== undefined && <a className={css.call} href={`tel:${String(record[phone.name]).replace(/[^+\d,;]/g, '')}`} aria-label={t('cards.call', { name })} title={write(record[phone.name], phone)}><Icon name="phone" size={20} /></a>}
    </li>
  )
}

function End({ hasMore, isLoading, count, onMore }: { hasMore: boolean; isLoading: boolean; count: number; onMore: () => void }) {
  const mark = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const element = mark.current
    if (element === null || !hasMore || isLoading) return
    const observer = new IntersectionObserver(entries => { if (entries.some(entry => entry.isIntersecting)) onMore() }, { rootMargin: '600px' })
    observer.observe(element)
    return () => observer.disconnect()
  }, [hasMore, isLoading, onMore])
  return <div ref={mark} className={css.end} role="status">{hasMore ? t('cards.loadingMore') : t('cards.end', { count: count.toLocaleString() })}</div>
}

const CardSkeletons = () => <div aria-busy="true" role="status">{Array.from({ length: 8 }, (_, i) => <div key={i} className={css.skeleton}><span style={{ width: `${70 - (i * 13) % 30}%` }} /><span style={{ width: '40%' }} /></div>)}</div>
