import { useLayoutEffect, useRef, useState } from 'react'
import { Problem } from '#shared/problem.ts'
import { t, useLang } from '#web/i18n.ts'
import { ListEmpty } from '#web/records/list-empty.tsx'
import { Count } from '#web/records/sheet-footer.tsx'
import { useSheetStore } from '#web/records/use-sheet-store.ts'
import { ErrorState } from '#web/ui/states.tsx'
import { Card } from './card.tsx'
import css from './gallery.module.css'
import type { KindProps } from './kinds.ts'
import { Opened } from './opened.tsx'
import { useShownFields, ViewBar } from './view-bar.tsx'
import { useViewState } from './view-state.ts'

/** px: a full card and what lies between two; a column at least. */
const rowHeight = 226
const narrowest = 264
/** px: taller than this no browser scrolls. */
const tallest = 15_000_000

/** 卡片: the fields of the view as cards in a grid; only those in sight exist, of a million too. */
export function Gallery({ object, isPhone, onPage }: KindProps) {
  const { address: { filter, q, sort }, onAddress } = useViewState(object.name)
  const lang = useLang()
  const query = { ...(filter && { filter }), ...(q && { q }), ...(sort && { sort }) }
  const store = useSheetStore(object.name, query)
  const fields = useShownFields(object)
  const scroller = useRef<HTMLDivElement>(null)
  const { top, width, height } = useSight(scroller)
  const columns = Math.max(1, Math.floor((width - 24) / narrowest))
  const rows = Math.ceil(store.total / columns)
  const whole = rows * rowHeight
  const scale = whole > tallest ? (whole - height) / (tallest - height) : 1
  const first = Math.max(0, Math.floor((top * scale) / rowHeight) - 1)
  const last = Math.min(rows - 1, Math.ceil((top * scale + height) / rowHeight) + 1)
  const shown = height === 0 || store.total === 0 ? [] : Array.from({ length: Math.max(0, (last - first + 1) * columns) }, (_, i) => first * columns + i).filter(index => index < store.total)
  const [from, to] = [shown[0], shown.at(-1)]
  useLayoutEffect(() => store.ensure(from ?? 0, to ?? 59), [store, from, to])
  const open = (record: { id: string }) => (isPhone ? onPage(record) : onAddress({ open: record.id }))
  const problem = store.problem instanceof Problem ? store.problem : undefined

  return (
    <div className={css.gallery}>
      <ViewBar object={object} isPhone={isPhone} />
      <div className={css.scroller} ref={scroller} tabIndex={0} role="list" aria-label={object.label[lang]}>
        {problem !== undefined && store.total === 0 && <ErrorState problem={problem} onRetry={() => store.refresh()} />}
        {!store.isLoading && problem === undefined && store.total === 0 && <ListEmpty object={object} isFiltered={filter !== undefined || q !== undefined} onClear={() => onAddress({ filter: undefined, q: undefined })} />}
        {store.isLoading && store.total === 0 && <div className={css.waiting} role="status" aria-busy="true" aria-label={t('ui.loading')}>{Array.from({ length: 8 }, (_, i) => <span key={i} />)}</div>}
        <div className={css.whole} style={{ height: Math.min(whole, tallest) }}>
          <div className={css.cards} style={{ gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`, transform: `translateY(${first * rowHeight - top * scale + top}px)` }}>
            {shown.map(index => {
              const record = store.row(index)
              return <div key={index} role="listitem" className={css.item} aria-setsize={store.total} aria-posinset={index + 1}>{record ? <Card object={object} record={record} fields={fields} onOpen={() => open(record)} /> : <span className={css.blank} />}</div>
            })}
          </div>
        </div>
      </div>
      <div className={css.foot}><Count isLoading={store.isLoading} object={object} query={query} total={store.total} isEstimate={store.totalIsEstimate} /></div>
      {!isPhone && <Opened object={object} onPage={onPage} />}
    </div>
  )
}

/** How far it is scrolled, and how much is in sight. */
function useSight(scroller: { current: HTMLElement | null }) {
  const [sight, setSight] = useState({ top: 0, width: 0, height: 0 })
  useLayoutEffect(() => {
    const box = scroller.current
    if (box === null) return
    const look = () => setSight({ top: box.scrollTop, width: box.clientWidth, height: box.clientHeight })
    look()
    const observer = new ResizeObserver(look)
    observer.observe(box)
    box.addEventListener('scroll', look, { passive: true })
    return () => { observer.disconnect(); box.removeEventListener('scroll', look) }
  }, [scroller])
  return sight
}
