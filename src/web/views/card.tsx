import { isEmpty } from '#shared/fields/field.ts'
import type { KeyboardEvent, PointerEvent, ReactNode } from 'react'
import type { ObjectOut } from '#shared/api/objects.ts'
import type { RecordOut } from '#shared/api/records.ts'
import { t, useLang } from '#web/i18n.ts'
import { FieldCell } from '#web/records/field-cell.tsx'
import { fieldNamed, nameOf, numberOf } from '#web/records/shape.ts'
import css from './card.module.css'

interface Props {
  object: ObjectOut
  record: RecordOut
  /** Shown below the name: the first of them that are filled. */
  fields: string[]
  onOpen: () => void
  /** A sign at its corner. */
  corner?: ReactNode
  isCarried?: boolean
  onPointerDown?: (event: PointerEvent<HTMLElement>) => void
  onKeyDown?: (event: KeyboardEvent<HTMLElement>) => void
  /** The id of what tells how it is moved. */
  describedBy?: string
}

/** More lines make cards hard to compare. */
const most = 6

/** One record as a card: its name, its number, and the fields of the view. */
export function Card({ object, record, fields, onOpen, corner, isCarried = false, onPointerDown, onKeyDown, describedBy }: Props) {
  const lang = useLang()
  const name = nameOf(object, record) || t('value.unnamed')
  const filled = fields.flatMap(each => (each === object.title || each === object.numberField || isEmpty(record[each]) ? [] : fieldNamed(object, each) ?? [])).slice(0, most)
  return (
    <article className={css.card} data-record={record.id} data-carried={isCarried || undefined} data-held={onPointerDown !== undefined || undefined} onPointerDown={onPointerDown}
      onClick={event => { if (!(event.target instanceof Element && event.target.closest('button, a, input, [role=menu]'))) onOpen() }}>
      <header className={css.head}>
        <span className={css.name} role="button" tabIndex={0} aria-describedby={describedBy} data-card={record.id}
          onKeyDown={event => { onKeyDown?.(event); if (!event.defaultPrevented && event.key === 'Enter') { event.preventDefault(); onOpen() } }}>{name}</span>
        {corner}
      </header>
      {numberOf(object, record) !== null && <p className={css.number}>{numberOf(object, record)}</p>}
      {filled.length > 0 && (
        <dl className={css.fields}>
          {filled.map(field => <div key={field.name} className={css.field}><dt title={field.label[lang]}>{field.label[lang]}</dt><dd><FieldCell field={field} value={record[field.name]} still short /></dd></div>)}
        </dl>
      )}
    </article>
  )
}
