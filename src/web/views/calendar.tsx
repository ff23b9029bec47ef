import { useRef, useState, type KeyboardEvent } from 'react'
import type { RecordOut } from '#shared/api/records.ts'
import { addDays, addMonths, startOf, type Day } from '#shared/dates.ts'
import { t, useLang } from '#web/i18n.ts'
import type { FieldOut } from '#web/objects.ts'
import { queries, useList } from '#web/queries.ts'
import { useSaving } from '#web/records/saving.tsx'
import { isEditable } from '#web/records/shape.ts'
import { context } from '#web/records/values.ts'
import { Button, IconButton } from '#web/ui/buttons.tsx'
import { Dialog } from '#web/ui/dialog.tsx'
import { ErrorState, Skeleton } from '#web/ui/states.tsx'
import { neededOf, useRecordsOf } from './board-data.ts'
import { CalendarDay } from './calendar-day.tsx'
import { dayOf, daysOf, movedTo, onDays, type Spread } from './calendar-days.ts'
import css from './calendar.module.css'
import { Card } from './card.tsx'
import { Ghost } from './ghost.tsx'
import { byField, type KindProps } from './kinds.ts'
import { More } from './more.tsx'
import { moveRecord } from './move.ts'
import { Opened } from './opened.tsx'
import { followCard, useCarry } from './use-carry.ts'
import { useShownFields, ViewBar } from './view-bar.tsx'
import { useViewState } from './view-state.ts'

/** Records of one question; beyond, each day asks for its own. */
const most = 500

/** 日历: records on the day of a date field, by month or week; carried to another day they get that date. */
export function Calendar({ object, isPhone, onPage }: KindProps) {
  const { settings } = useViewState(object.name)
  const field = byField(object, 'calendar', settings.by)
  const [day, setDay] = useState<Day>(() => context().today)
  const [spread, setSpread] = useState<Spread>('month')
  const lang = useLang()
  const go = (steps: number) => setDay(spread === 'month' ? addMonths(startOf('month', day), steps) : addDays(day, 7 * steps))
  const days = daysOf(spread, day)
  const title = spread === 'month' ? new Intl.DateTimeFormat(lang, { year: 'numeric', month: 'long', timeZone: 'UTC' }).format(Date.parse(day)) : `${days[0]} – ${days[6]}`
  return (
    <div className={css.calendar}>
      <ViewBar object={object} isPhone={isPhone}>
        <IconButton icon="left" label={t('views.before')} onClick={() => go(-1)} />
        <h2 className={css.title} aria-live="polite">{title}</h2>
        <IconButton icon="right" label={t('views.after')} onClick={() => go(1)} />
        <Button look="quiet" onClick={() => setDay(context().today)}>{t('views.today')}</Button>
        <div className={css.spread} role="group" aria-label={t('views.spread')}>
          {(['month', 'week'] as const).map(each => <button key={each} type="button" aria-pressed={spread === each} onClick={() => setSpread(each)}>{t(`views.${each}`)}</button>)}
        </div>
      </ViewBar>
      {field === undefined ? <p className={css.none}>{t('views.noDate')}</p> : <Days key={field.name} object={object} field={field} days={days} month={spread === 'month' ? day.slice(0, 7) : null} isPhone={isPhone} onPage={onPage} />}
      {!isPhone && <Opened object={object} onPage={onPage} />}
    </div>
  )
}

interface DaysProps extends KindProps { field: FieldOut; days: Day[]; month: string | null }

function Days({ object, field, days, month, isPhone, onPage }: DaysProps) {
  const { address: { filter, q }, onAddress } = useViewState(object.name)
  const lang = useLang()
  const saving = useSaving(object)
  const scroller = useRef<HTMLDivElement>(null)
  const [listed, setListed] = useState<Day | null>(null)
  const shown = useShownFields(object).filter(name => name !== field.name)
  const range = onDays(field, days[0] ?? '', days.at(-1) ?? '')
  const query = { filter: filter ? { and: [filter, range] } : range, ...(q && { q }), sort: field.name, fields: neededOf(object, [field.name]), limit: most, total: 'exact' as const }
  const { data, error, refetch, isPending } = useList(object.name, query, { keep: true })
  const isDense = data !== undefined && data.total > most
  const mayMove = object.rights.edit && isEditable(field, false)

  const move = (record: RecordOut, _: string, to: string) => {
    const value = movedTo(field, record, to)
    // Shown at once; what the server says comes after it.
    queries.setQueriesData<typeof data>({ queryKey: [object.name] }, known => (known && 'records' in known ? { ...known, records: known.records.map(each => (each.id === record.id ? { ...each, [field.name]: field.type === 'date' ? to : new Date(`${to}T12:00:00`).toISOString() } : each)) } : known))
    void moveRecord(object, saving, record, field, value, to)
  }
  const carry = useCarry<RecordOut>({ onDrop: move, scroller })
  const open = (record: RecordOut) => (isPhone ? onPage(record) : onAddress({ open: record.id }))
  if (error !== null && data === undefined) return <ErrorState problem={error} onRetry={refetch} />
  if (isPending && data === undefined) return <Skeleton shape="sheet" />

  const onDay = (day: Day) => (data?.records ?? []).filter(record => dayOf(field, record) === day)
  const own = month === null ? days : days.filter(day => day.startsWith(month))
  const weekday = new Intl.DateTimeFormat(lang, { weekday: 'short', timeZone: 'UTC' })
  const { carried } = carry
  const cells = isPhone ? own : days
  return (
    <>
      <div className={css.scroller} ref={scroller}>
        {!isPhone && <div className={css.weekdays} aria-hidden="true">{days.slice(0, 7).map(day => <span key={day}>{weekday.format(Date.parse(day))}</span>)}</div>}
        <div className={isPhone ? css.list : css.grid} data-spread={month === null ? 'week' : 'month'}>
          {cells.map(day => (
            <CalendarDay key={day} object={object} field={field} day={day} isOutside={month !== null && !day.startsWith(month)} isList={isPhone} isWeek={month === null} records={onDay(day)} isDense={isDense} filter={filter} q={q}
              isOver={carried !== null && carried.over === day && carried.from !== day} carried={carried?.item.id} mayMove={mayMove} onOpen={open} onList={() => setListed(day)}
              onPointerDown={carry.onPointerDown} onKey={(event, record) => steer(event, carry, record, day, days, mayMove)} />
          ))}
          {isPhone && !isDense && own.every(day => onDay(day).length === 0) && <p className={css.none}>{t('views.emptyDays')}</p>}
        </div>
      </div>
      <p id="calendar-keys" hidden>{t('views.calendarKeys')}</p>
      <p className={css.said} role="status" aria-live="assertive">{carried !== null && carried.point === undefined && t('views.carried', { to: carried.over ?? carried.from })}</p>
      {carried?.point && <Ghost object={object} record={carried.item} point={carried.point} />}
      {listed !== null && <DayList object={object} field={field} day={listed} fields={shown} onOpen={record => { setListed(null); open(record) }} onClose={() => setListed(null)} />}
      {saving.dialogs}
    </>
  )
}

/** Space takes a record up, arrows carry it by days and weeks, Space or Enter puts it down, Esc back. */
function steer(event: KeyboardEvent<HTMLElement>, carry: ReturnType<typeof useCarry<RecordOut>>, record: RecordOut, day: Day, days: Day[], mayMove: boolean) {
  const { carried } = carry
  const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }[event.key]
  if (carried === null) {
    if (event.key !== ' ') return
    event.preventDefault()
    if (mayMove) carry.take(record, day)
    return
  }
  event.preventDefault()
  event.stopPropagation()
  if (step !== undefined) carry.to(days[days.indexOf(carried.over ?? day) + step] ?? null)
  if (event.key === ' ' || event.key === 'Enter') {
    carry.end(true)
    followCard(record.id)
  }
  if (event.key === 'Escape') carry.end(false)
}

/** Everything of one day, where it has no room for all. */
function DayList({ object, field, day, fields, onOpen, onClose }: { object: KindProps['object']; field: FieldOut; day: Day; fields: string[]; onOpen: (record: RecordOut) => void; onClose: () => void }) {
  const { address } = useViewState(object.name)
  const list = useRecordsOf(object, day, onDays(field, day, day), address, [field.name, ...fields])
  return (
    <Dialog title={day} onClose={onClose}>
      <div className={css.dayList}>
        {list.data?.pages.flatMap(page => page.records).map(record => <Card key={record.id} object={object} record={record} fields={fields} onOpen={() => onOpen(record)} />)}
        {list.error !== null && <ErrorState problem={list.error} onRetry={list.refetch} />}
        {list.hasNextPage && <More isLoading={list.isFetching} onMore={() => void list.fetchNextPage()}>{t('cards.loadingMore')}</More>}
      </div>
    </Dialog>
  )
}
