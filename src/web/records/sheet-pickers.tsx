import { lazy, Suspense, useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import { queryRecords } from '#shared/api/records.ts'
import type { RecordOut } from '#shared/api/records.ts'
import { isRefused } from '#shared/fields/field.ts'
import { starsOf } from '#shared/fields/rating.ts'
import { regions } from '#shared/fields/region-table.ts'
import { useDebouncedValue } from '@mantine/hooks'
import { t } from '#web/i18n.ts'
import { useObject } from '#web/objects.ts'
import type { FieldOut } from '#web/objects.ts'
import { useRead } from '#web/queries.ts'
import type { EditorProps } from '#web/ui/grid/types.ts'
import { OptionTag } from './field-cell.tsx'
import { isReference, nameOf, numberOf, targetOf } from './shape.ts'
import css from './sheet-pickers.module.css'
import { editText, understandLoosely, write } from './values.ts'

type PickerProps = EditorProps<RecordOut> & { field: FieldOut }

const Calendar = lazy(() => import('./calendar.tsx'))

const pickers: Partial<Record<FieldOut['type'], (props: PickerProps) => ReactNode>> = {
  choice: ChoicePicker, choices: ChoicesPicker, boolean: BooleanPicker, rating: RatingPicker, date: DatePicker, region: RegionPicker,
  person: ReferencePicker, department: ReferencePicker, reference: ReferencePicker,
}

/** What opens under a cell while it is edited; the text itself stays in the cell. */
export function FieldPicker(props: PickerProps) {
  const Picker = pickers[props.field.type]
  return Picker === undefined ? null : <Picker {...props} />
}

interface Item { key: string; text: string; value: unknown; show: ReactNode; isChosen?: boolean }

/** A list under the cell: arrows choose, Enter takes, a click takes. */
function List({ props, items, note, onPick }: { props: EditorProps<RecordOut>; items: Item[]; note?: string | undefined; onPick?: (item: Item) => void }) {
  const [at, setAt] = useState(() => Math.max(0, items.findIndex(item => item.isChosen)))
  const [isMoved, setMoved] = useState(false)
  const canTake = onPick === undefined && (isMoved || props.text.trim() !== '')
  const move = (to: number) => { setAt(to); setMoved(true) }
  const current = Math.min(at, Math.max(0, items.length - 1))
  const pick = (item: Item, then?: 'down' | 'right') => (onPick === undefined ? props.commit({ text: item.text, value: item.value }, then) : onPick(item))
  props.onKey(event => {
    const item = items[current]
    if (event.key === 'ArrowDown') move(Math.min(current + 1, items.length - 1))
    else if (event.key === 'ArrowUp') move(Math.max(current - 1, 0))
    else if (event.key === 'Enter' && item !== undefined && canTake) pick(item, 'down')
    else if (event.key === 'Tab' && item !== undefined && canTake) pick(item, 'right')
    else if (event.key === ' ' && item !== undefined && onPick !== undefined) pick(item)
    else return false
    event.preventDefault()
    return true
  })
  return (
    <div className={css.list} role="listbox" aria-label={t('filterBar.value')}>
      {items.map((item, i) => (
        <div
          key={item.key} role="option" aria-selected={item.isChosen === true} className={css.item} data-at={i === current || undefined}
          onPointerDown={event => { event.preventDefault(); pick(item) }} onPointerEnter={() => setAt(i)} ref={i === current ? intoView : undefined}
        >
          {item.show}
        </div>
      ))}
      {note !== undefined && <p className={css.note}>{note}</p>}
    </div>
  )
}

const intoView = (element: HTMLElement | null) => element?.scrollIntoView({ block: 'nearest' })

/** Typing narrows the list; untouched text shows all of it. */
const isUntouched = ({ text, row, isTyped }: EditorProps<RecordOut>, field: FieldOut) => !isTyped && (text === editText(row[field.name], field) || text === write(row[field.name], field))

function ChoicePicker({ field, ...props }: PickerProps) {
  const typed = isUntouched(props, field) ? '' : props.text.trim()
  const items = (field.options ?? []).filter(option => option.retired !== true && option.label.includes(typed)).map((option): Item => ({
    key: option.id, text: option.label, value: option.label, isChosen: props.row[field.name] === option.label,
    show: <><OptionTag field={field} label={option.label} />{option.definition !== undefined && <small>{option.definition}</small>}</>,
  }))
  return <List key={typed} props={props} items={items} note={items.length === 0 ? t('input.noMatch', { text: typed }) : undefined} />
}

/** Several: space or a click adds or takes away; the cell holds the whole answer. */
function ChoicesPicker({ field, ...props }: PickerProps) {
  const parsed = understandLoosely(field, props.text)
  const [chosen, setChosen] = useState<string[]>(!isRefused(parsed) && Array.isArray(parsed.value) ? parsed.value.map(String) : [])
  const items = (field.options ?? []).filter(option => option.retired !== true).map((option): Item => ({
    key: option.id, text: option.label, value: option.label, isChosen: chosen.includes(option.label),
    show: <><input type="checkbox" tabIndex={-1} readOnly checked={chosen.includes(option.label)} /><OptionTag field={field} label={option.label} /></>,
  }))
  const toggle = (item: Item) => setChosen(chosen.includes(item.text) ? chosen.filter(label => label !== item.text) : [...chosen, item.text])
  const done = () => props.commit({ text: chosen.join('、'), value: chosen.length === 0 ? null : chosen }, 'stay')
  return <><List props={props} items={items} onPick={toggle} /><button type="button" className={css.done} onPointerDown={event => { event.preventDefault(); done() }}>{t('filterBar.apply')}</button></>
}

function BooleanPicker({ field, ...props }: PickerProps) {
  const typed = isUntouched(props, field) ? '' : props.text.trim()
  const items = [true, false].map((value): Item => ({ key: String(value), text: t(value ? 'value.yes' : 'value.no'), value, isChosen: props.row[field.name] === value, show: t(value ? 'value.yes' : 'value.no') }))
  return <List key={typed} props={props} items={items.filter(item => typed === '' || item.text.toLowerCase().startsWith(typed.toLowerCase()))} />
}

function RatingPicker({ field, ...props }: PickerProps) {
  const typed = isUntouched(props, field) ? '' : props.text.trim()
  const items = Array.from({ length: starsOf(field) }, (_, i) => String(i + 1)).toReversed().map((value): Item => ({ key: value, text: value, value, isChosen: props.row[field.name] === value, show: <><span>{write(value, field)}</span><small>{value}</small></> }))
  return <List key={typed} props={props} items={items.filter(item => typed === '' || item.text.startsWith(typed))} />
}

/** The month; what is typed is shown in it as soon as it is understood. */
function DatePicker({ field, ...props }: PickerProps) {
  const parsed = understandLoosely(field, props.text)
  const day = !isRefused(parsed) && typeof parsed.value === 'string' ? parsed.value : ''
  props.onKey(() => false)
  return (
    <div className={css.calendar} onPointerDown={event => event.preventDefault()}>
      <Suspense fallback={<div className={css.waiting} />}><Calendar key={day} value={day} onPick={date => props.commit({ text: date, value: date }, 'stay')} /></Suspense>
    </div>
  )
}

function ReferencePicker({ field, ...props }: PickerProps) {
  const target = targetOf(field) ?? ''
  const object = useObject(target)
  const [q] = useDebouncedValue(isUntouched(props, field) ? '' : props.text.trim(), 120)
  const fields = object === undefined ? [] : [object.title, ...(object.numberField === undefined ? [] : [object.numberField])]
  const answer = useRead(queryRecords, { params: { object: target }, body: { ...(q === '' ? {} : { q }), fields, limit: 12, total: 'none' } }, { enabled: object !== undefined, keep: true })
  if (object === undefined) return null
  const current = props.row[field.name]
  const items = (answer.data?.records ?? []).map((record): Item => {
    const label = nameOf(object, record) || t('value.unnamed')
    return { key: record.id, text: label, value: { id: record.id, label }, isChosen: isReference(current) && current.id === record.id, show: <><span>{label}</span><small>{numberOf(object, record)}</small></> }
  })
  const note = items.length > 0 ? undefined : answer.isFetching ? t('input.searching') : t('input.noMatch', { text: q })
  return <List key={q} props={props} items={items} note={note} />
}

/** Places whose name holds what is typed, the shortest first. */
function RegionPicker({ field, ...props }: PickerProps) {
  const [isReady, setReady] = useState(regions() !== null)
  useEffect(() => { if (!isReady) void import('#shared/fields/equip.ts').then(({ equipFields }) => { equipFields(); setReady(true) }) }, [isReady])
  const typed = isUntouched(props, field) ? '' : props.text.trim().replaceAll(/[/\s]/g, '')
  const table = regions()
  const found = table === null ? [] : typed === '' ? table.provinces : [...table.byPath.values()].filter(place => place.path.replaceAll('/', '').includes(typed)).sort((a, b) => a.level - b.level || a.path.length - b.path.length).slice(0, 30)
  const items = found.map((place): Item => ({ key: place.path, text: place.path, value: place.path, isChosen: props.row[field.name] === place.path, show: <><span>{place.name}</span><small>{place.parent?.path}</small></> }))
  return <List key={typed} props={props} items={items} note={items.length === 0 ? t(isReady ? 'input.noMatch' : 'input.searching', { text: typed }) : undefined} />
}
