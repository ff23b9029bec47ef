import { useRef, type KeyboardEvent } from 'react'
import type { RecordOut } from '#shared/api/records.ts'
import type { Option } from '#shared/object.ts'
import { t } from '#web/i18n.ts'
import type { FieldOut } from '#web/objects.ts'
import { ListEmpty } from '#web/records/list-empty.tsx'
import { useSaving } from '#web/records/saving.tsx'
import { fieldNamed, isEditable } from '#web/records/shape.ts'
import { ErrorState } from '#web/ui/states.tsx'
import { BoardColumn } from './board-column.tsx'
import { place, renew, useColumnSums } from './board-data.ts'
import css from './board.module.css'
import { Ghost } from './ghost.tsx'
import { byField, type KindProps } from './kinds.ts'
import { moveRecord } from './move.ts'
import { Opened } from './opened.tsx'
import { followCard, useCarry } from './use-carry.ts'
import { useShownFields, ViewBar } from './view-bar.tsx'
import { useViewState } from './view-state.ts'

/** Fields that are asked for; a card shows the first of them that are filled. */
const mostFields = 16

/** 看板: the options of a choice as columns, in their order; a card carried to another column gets that value. */
export function Board({ object, isPhone, onPage }: KindProps) {
  const { settings } = useViewState(object.name)
  const field = byField(object, 'board', settings.by)
  return (
    <div className={css.board}>
      <ViewBar object={object} isPhone={isPhone} />
      {field === undefined ? <p className={css.none}>{t('views.noChoice')}</p> : <Columns key={field.name} object={object} field={field} isPhone={isPhone} onPage={onPage} />}
      {!isPhone && <Opened object={object} onPage={onPage} />}
    </div>
  )
}

/** A column of the board; without an option it holds the records that have none. */
export interface Lane { key: string; option?: Option }

/** Records without a value; no option is called like that, because texts are trimmed. */
const unset = ' '

function Columns({ object, field, isPhone, onPage }: KindProps & { field: FieldOut }) {
  const { address, onAddress } = useViewState(object.name)
  const saving = useSaving(object)
  const scroller = useRef<HTMLDivElement>(null)
  const shown = useShownFields(object).filter(name => name !== field.name)
  const money = [...shown, ...object.fields.map(each => each.name)].flatMap(name => fieldNamed(object, name) ?? []).find(each => each.type === 'money' && each.access !== 'masked')
  const sums = useColumnSums(object, field, money, address)
  const rows = sums.data?.rows ?? []
  const isUsed = (option: Option) => rows.some(row => row[field.name] === option.label)
  const lanes: Lane[] = [...(field.options ?? []).filter(option => !option.retired || isUsed(option)).map(option => ({ key: option.label, option })), { key: unset }]
  const mayMove = object.rights.edit && isEditable(field, false)
  const nameOf = (key: string) => (key === unset ? t('views.unset') : key)

  const move = (record: RecordOut, from: string, to: string) => {
    const value = to === unset ? null : to
    place(object.name, record, from, to)
    void moveRecord(object, saving, record, field, value, nameOf(to)).then(saved => (saved ? renew(object.name, saved) : place(object.name, record, to, from)))
  }
  const carry = useCarry<RecordOut>({ onDrop: move, scroller })
  const { carried } = carry
  const onKey = (event: KeyboardEvent<HTMLElement>, record: RecordOut, lane: Lane) => steer(event, { carry, record, lane, lanes, mayMove })
  const open = (record: RecordOut) => (isPhone ? onPage(record) : onAddress({ open: record.id }))
  if (sums.error !== null && sums.data === undefined) return <ErrorState problem={sums.error} onRetry={sums.refetch} />
  if (sums.data !== undefined && rows.length === 0) return <ListEmpty object={object} isFiltered={address.filter !== undefined || address.q !== undefined} onClear={() => onAddress({ filter: undefined, q: undefined })} />

  return (
    <>
      <div className={css.lanes} ref={scroller} tabIndex={-1}>
        {lanes.map(lane => {
          const row = rows.find(each => (lane.option ? each[field.name] === lane.key : each[field.name] === null))
          return (
            <BoardColumn key={lane.key} object={object} field={field} lane={lane} label={nameOf(lane.key)} lanes={lanes} query={address} fields={shown.slice(0, mostFields)} money={money} count={sums.data && Number(row?.['records'] ?? 0)} amount={row?.['amount']}
              isOver={carried !== null && carried.over === lane.key && carried.from !== lane.key} carried={carried?.item.id} mayMove={mayMove}
              onMove={(record, to) => move(record, lane.key, to)} onPointerDown={carry.onPointerDown} onKey={onKey} onOpen={open} />
          )
        })}
      </div>
      <p id="board-keys" hidden>{t('views.boardKeys')}</p>
      <p className={css.said} role="status" aria-live="assertive">{carried !== null && carried.point === undefined && t('views.carried', { to: nameOf(carried.over ?? carried.from) })}</p>
      {carried?.point && <Ghost object={object} record={carried.item} point={carried.point} />}
      {saving.dialogs}
    </>
  )
}

interface Steering { carry: ReturnType<typeof useCarry<RecordOut>>; record: RecordOut; lane: Lane; lanes: Lane[]; mayMove: boolean }

/** Space takes a card up, arrows carry it, Space or Enter puts it down, Esc back. Without a card in hand, arrows go from card to card. */
function steer(event: KeyboardEvent<HTMLElement>, { carry, record, lane, lanes, mayMove }: Steering) {
  const { carried } = carry
  const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
  const handled = () => { event.preventDefault(); event.stopPropagation() }
  if (carried === null) {
    if (event.key === ' ') { handled(); if (mayMove) carry.take(record, lane.key) }
    if (step !== undefined || event.key === 'ArrowUp' || event.key === 'ArrowDown') { handled(); walk(event.currentTarget, event.key) }
    return
  }
  handled()
  const at = lanes.findIndex(each => each.key === carried.over)
  if (step !== undefined) carry.to(lanes[at + step]?.key ?? null)
  if (event.key === ' ' || event.key === 'Enter') {
    carry.end(true)
    followCard(record.id)
  }
  if (event.key === 'Escape') carry.end(false)
}

/** To the card above or below, or at the same height of the next column that has one. */
function walk(from: HTMLElement, key: string) {
  const column = from.closest('[data-place]')
  const cards = (place: Element | null | undefined) => [...(place?.querySelectorAll<HTMLElement>('[data-card]') ?? [])]
  const at = cards(column).indexOf(from)
  if (key === 'ArrowUp' || key === 'ArrowDown') return cards(column)[at + (key === 'ArrowUp' ? -1 : 1)]?.focus()
  const places = [...document.querySelectorAll('[data-place]')]
  const others = key === 'ArrowRight' ? places.slice(places.indexOf(column as Element) + 1) : places.slice(0, places.indexOf(column as Element)).toReversed()
  const next = cards(others.find(place => cards(place).length > 0))
  ;(next[at] ?? next.at(-1))?.focus()
}
