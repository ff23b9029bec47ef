import { isEmpty } from '#shared/fields/field.ts'
import type { Hue } from '#shared/object.ts'
import type { ReactNode } from 'react'
import { t } from '#web/i18n.ts'
import css from './field-cell.module.css'
import { RecordLink } from './record-link.tsx'
import { isReference, targetOf } from './shape.ts'
import type { FieldOut } from '#web/objects.ts'
import { Tag } from '#web/ui/tag.tsx'
import { write, writeShort } from './values.ts'

interface Props {
  field: FieldOut
  value: unknown
  /** Nothing to click inside: the cell of a grid, a row that is itself a link. */
  still?: boolean
  /** Dates without the current year, long texts in one line. */
  short?: boolean
}

/** One value, shown as its type is read: text, tags, a link, a number to call. */
export function FieldCell({ field, value, still = false, short = false }: Props): ReactNode {
  if (isEmpty(value)) return null
  if (field.access === 'masked') return <span className={css.masked} title={t('value.masked')}>{String(value)}</span>
  const show = shown[field.type]
  return show === undefined ? plain({ field, value, still, short }) : show({ field, value, still, short })
}

type Shown = (props: Required<Props>) => ReactNode

const plain: Shown = ({ field, value, short }) => {
  const text = short ? writeShort(value, field) : write(value, field)
  const exact = short ? write(value, field) : text
  return <span className={css.text} title={exact === text ? undefined : exact}>{text}</span>
}

const link = (text: string, href: string, label: string): ReactNode => (
  <a className={css.link} href={href} aria-label={label} onClick={event => event.stopPropagation()}>{text}</a>
)

const shown: Partial<Record<FieldOut['type'], Shown>> = {
  choice: ({ field, value }) => <OptionTag field={field} label={String(value)} />,
  choices: ({ field, value, short }) => <Several items={texts(value)} short={short} show={label => <OptionTag key={label} field={field} label={label} />} />,
  tags: ({ value, short }) => <Several items={texts(value)} short={short} show={label => <Tag key={label} hue={hueOf(label)}>{label}</Tag>} />,
  boolean: ({ value }) => <span className={css.text}>{t(value === true ? 'value.yes' : 'value.no')}</span>,
  number: props => <Amount {...props} />,
  money: props => <Amount {...props} />,
  percent: props => <Amount {...props} />,
  rating: ({ field, value }) => <span className={css.stars} title={String(value)}>{write(value, field)}</span>,
  longText: ({ value, short }) => <span className={short ? css.text : css.long}>{String(value)}</span>,
  phone: ({ field, value, still }) => {
    const text = write(value, field)
    return still ? <span className={css.text}>{text}</span> : link(text, `tel:${String(value).replace(/[^+\d,;]/g, '')}`, t('value.call', { phone: text }))
  },
  email: ({ value, still }) => (still ? <span className={css.text}>{String(value)}</span> : link(String(value), `mailto:${String(value)}`, t('value.mail', { email: String(value) }))),
  url: ({ value, still }) => (still || !/^https?:/i.test(String(value))
    ? <span className={css.text}>{String(value)}</span>
    : <a className={css.link} href={String(value)} target="_blank" rel="noreferrer noopener" onClick={event => event.stopPropagation()}>{String(value).replace(/^https?:\/\//i, '')}</a>),
  reference: ({ field, value, still }) => <ReferenceText field={field} value={value} still={still} />,
  person: ({ field, value }) => <ReferenceText field={field} value={value} still />,
  department: ({ field, value }) => <ReferenceText field={field} value={value} still />,
}

const texts = (value: unknown) => (Array.isArray(value) ? value.map(String) : [String(value)])

/** An option in its own colour; its definition on hover. What the company no longer uses stays readable. */
export function OptionTag({ field, label }: { field: Pick<FieldOut, 'options'>; label: string }) {
  const option = field.options?.find(each => each.label === label)
  return <span className={css.tag} title={option?.definition}><Tag hue={option?.color ?? 'grey'} outlined={option?.id === 'dormant'}>{label}</Tag></span>
}

const hues: Hue[] = ['blue', 'teal', 'green', 'amber', 'orange', 'pink', 'violet', 'slate']

/** A free tag has always the same hue, from its letters. */
export const hueOf = (text: string): Hue => hues[[...text].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9973, 7) % hues.length] ?? 'grey'

function Several({ items, short, show }: { items: string[]; short: boolean; show: (label: string) => ReactNode }) {
  return <span className={short ? css.tagsLine : css.tags} title={short ? items.join(', ') : undefined}>{items.map(show)}</span>
}

function Amount({ field, value, short }: Required<Props>) {
  const text = write(value, field)
  // Money carries its ¥.
  const isUnitShown = !short && field.unit !== undefined && field.type !== 'money'
  return <span className={css.amount}>{text}{isUnitShown && <small className={css.unit}>{field.unit}</small>}</span>
}

function ReferenceText({ field, value, still }: { field: FieldOut; value: unknown; still: boolean }) {
  if (!isReference(value)) return <span className={css.text}>{String(value)}</span>
  if (value.label === null) return <span className={css.gone}>{t('value.gone')}</span>
  const target = targetOf(field)
  if (still || target === undefined) return <span className={css.text}>{value.label}</span>
  return <RecordLink object={target} id={value.id} className={css.link}>{value.label}</RecordLink>
}
