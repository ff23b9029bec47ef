import { isEmpty } from '#shared/fields/field.ts'
import type { KeyboardEvent, PointerEvent } from 'react'
import type { ObjectOut } from '#shared/api/objects.ts'
import type { RecordOut } from '#shared/api/records.ts'
import type { Filter } from '#shared/filter.ts'
import { t } from '#web/i18n.ts'
import type { FieldOut } from '#web/objects.ts'
import { OptionTag } from '#web/records/field-cell.tsx'
import { nameOf } from '#web/records/shape.ts'
import { write } from '#web/records/values.ts'
import { Dropdown, DropdownItem } from '#web/ui/dropdown.tsx'
import { ErrorState } from '#web/ui/states.tsx'
import { useRecordsOf, type Query } from './board-data.ts'
import css from './board.module.css'
import type { Lane } from './board.tsx'
import { Card } from './card.tsx'
import { More } from './more.tsx'

interface Props {
  object: ObjectOut
  field: FieldOut
  lane: Lane
  label: string
  lanes: Lane[]
  query: Query
  fields: string[]
  money: FieldOut | undefined
  count: number | undefined
  amount: unknown
  isOver: boolean
  /** The id of the card in hand. */
  carried: string | undefined
  mayMove: boolean
  onMove: (record: RecordOut, to: string) => void
  onPointerDown: (event: PointerEvent<HTMLElement>, record: RecordOut, from: string) => void
  onKey: (event: KeyboardEvent<HTMLElement>, record: RecordOut, lane: Lane) => void
  onOpen: (record: RecordOut) => void
}

/** The records with one value: how many, their money, and their cards, longer as one scrolls. */
export function BoardColumn({ object, field, lane, label, lanes, query, fields, money, count, amount, isOver, carried, mayMove, onMove, onPointerDown, onKey, onOpen }: Props) {
  const condition: Filter = lane.option ? { field: field.name, op: 'eq', value: lane.option.label } : { field: field.name, op: 'empty' }
  const list = useRecordsOf(object, lane.key, condition, query, [field.name, ...fields])
  const records = list.data?.pages.flatMap(page => page.records) ?? []
  return (
    <section className={css.lane} data-place={lane.key} data-over={isOver || undefined} aria-label={label}>
      <header className={css.laneHead}>
        {lane.option ? <OptionTag field={field} label={lane.option.label} /> : <span className={css.unset}>{label}</span>}
        <span className={css.count}>{count?.toLocaleString()}</span>
        {money && !isEmpty(amount) && <span className={css.amount} title={t('sheet.sum')}>{write(String(amount), money)}</span>}
      </header>
      <div className={css.stack}>
        {list.isPending && <div className={css.waiting} role="status" aria-busy="true" aria-label={t('ui.loading')}><span /><span /><span /></div>}
        {list.error !== null && records.length === 0 && <ErrorState problem={list.error} onRetry={list.refetch} />}
        {records.map(record => (
          <Card key={record.id} object={object} record={record} fields={fields} isCarried={record.id === carried} describedBy="board-keys" onOpen={() => onOpen(record)} onKeyDown={event => onKey(event, record, lane)}
            {...(mayMove && { onPointerDown: (event: PointerEvent<HTMLElement>) => onPointerDown(event, record, lane.key), corner: <MoveTo object={object} record={record} lane={lane} lanes={lanes} onMove={onMove} /> })} />
        ))}
        {list.hasNextPage && <More isLoading={list.isFetching} onMore={() => void list.fetchNextPage()}>{t('cards.loadingMore')}</More>}
        {!list.isPending && list.error === null && records.length === 0 && <p className={css.empty}>{t('views.emptyLane')}</p>}
      </div>
    </section>
  )
}

/** The same without carrying: for a thumb, and for whoever prefers a list. */
function MoveTo({ object, record, lane, lanes, onMove }: Pick<Props, 'object' | 'lane' | 'lanes' | 'onMove'> & { record: RecordOut }) {
  return (
    <span className={css.moveTo}>
      <Dropdown kind="menu" look="sign" align="end" icon="more" label={t('views.moveTo', { name: nameOf(object, record) || t('value.unnamed') })} width={200}>
        {lanes.filter(each => each.key !== lane.key && !each.option?.retired).map(each => <DropdownItem key={each.key} onClick={() => onMove(record, each.key)}>{each.option?.label ?? t('views.unset')}</DropdownItem>)}
      </Dropdown>
    </span>
  )
}
