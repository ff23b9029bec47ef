import type { KeyboardEvent, PointerEvent } from 'react'
import type { ObjectOut } from '#shared/api/objects.ts'
import type { RecordOut } from '#shared/api/records.ts'
import type { Day } from '#shared/dates.ts'
import type { Filter } from '#shared/filter.ts'
import { t, useLang } from '#web/i18n.ts'
import type { FieldOut } from '#web/objects.ts'
import { useList } from '#web/queries.ts'
import { nameOf } from '#web/records/shape.ts'
import { context, writeMoment } from '#web/records/values.ts'
import { neededOf } from './board-data.ts'
import { onDays } from './calendar-days.ts'
import css from './calendar.module.css'
import { both } from './view-settings.ts'

interface Props {
  object: ObjectOut
  field: FieldOut
  day: Day
  /** Of the month before or after. */
  isOutside: boolean
  /** A line of a list, on a phone; empty ones are left out. */
  isList: boolean
  isWeek: boolean
  records: RecordOut[]
  /** There are more than came with the month: the day asks for its own. */
  isDense: boolean
  filter: Filter | undefined
  q: string | undefined
  isOver: boolean
  carried: string | undefined
  mayMove: boolean
  onOpen: (record: RecordOut) => void
  onList: () => void
  onPointerDown: (event: PointerEvent<HTMLElement>, record: RecordOut, from: string) => void
  onKey: (event: KeyboardEvent<HTMLElement>, record: RecordOut) => void
}

/** One day and as many of its records as fit. */
export function CalendarDay({ object, field, day, isOutside, isList, isWeek, records, isDense, filter, q, isOver, carried, mayMove, onOpen, onList, onPointerDown, onKey }: Props) {
  const lang = useLang()
  const room = isList || isWeek ? 12 : 3
  const query = { filter: both(filter, onDays(field, day, day)), ...(q && { q }), sort: field.name, fields: neededOf(object, [field.name]), limit: room, total: 'exact' as const }
  const itself = useList(object.name, query, { enabled: isDense, keep: true })
  const shown = (isDense ? itself.data?.records ?? [] : records).slice(0, room)
  const more = (isDense ? itself.data?.total ?? 0 : records.length) - shown.length
  if (isList && shown.length === 0) return null
  const isToday = day === context().today
  const full = new Intl.DateTimeFormat(lang, { month: 'long', day: 'numeric', weekday: 'long', timeZone: 'UTC' }).format(Date.parse(day))
  return (
    <section className={css.day} data-place={day} data-outside={isOutside || undefined} data-today={isToday || undefined} data-over={isOver || undefined} aria-label={full}>
      <h3 className={css.date}>{isList ? full : Number(day.slice(8))}</h3>
      <ul className={css.records}>
        {shown.map(record => (
          <li key={record.id}>
            <span className={css.record} role="button" tabIndex={0} data-card={record.id} data-carried={record.id === carried || undefined} data-held={mayMove || undefined} aria-describedby="calendar-keys" title={nameOf(object, record)}
              onClick={() => onOpen(record)} onPointerDown={mayMove ? event => onPointerDown(event, record, day) : undefined}
              onKeyDown={event => { onKey(event, record); if (!event.defaultPrevented && event.key === 'Enter') onOpen(record) }}>
              {field.type === 'datetime' && <time>{writeMoment(String(record[field.name])).slice(11)}</time>}{nameOf(object, record) || t('value.unnamed')}
            </span>
          </li>
        ))}
      </ul>
      {more > 0 && <button type="button" className={css.more} onClick={onList}>{t('views.moreOnDay', { count: more.toLocaleString() })}</button>}
    </section>
  )
}
