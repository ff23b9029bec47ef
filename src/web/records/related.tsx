import { isEmpty } from '#shared/fields/field.ts'
import { useState } from 'react'
import type { RecordOut } from '#shared/api/records.ts'
import type { ObjectOut } from '#shared/api/objects.ts'
import { t, useLang } from '#web/i18n.ts'
import { useObject, useObjects } from '#web/objects.ts'
import type { FieldOut } from '#web/objects.ts'
import { useList } from '#web/queries.ts'
import { IconButton } from '#web/ui/buttons.tsx'
import { Icon } from '#web/ui/icon.tsx'
import { ErrorState, Skeleton } from '#web/ui/states.tsx'
import { toast } from '#web/ui/toast.tsx'
import { remove } from './acts.ts'
import { FieldCell } from './field-cell.tsx'
import { createdText, RecordForm } from './form.tsx'
import { RecordLink } from './record-link.tsx'
import css from './related.module.css'
import { inSentence, isReference, labelOf, linkFields, nameOf, numberOf, stageField } from './shape.ts'
import { write } from './values.ts'

/** What belongs to the record and what it belongs to, each one click away. */
export function Related({ object, record }: { object: ObjectOut; record: RecordOut }) {
  const below = useObjects().flatMap(other => linkFields(other, object.name).map((link, _, all) => ({ other, link, isOneOfSeveral: all.length > 1 || other.name === object.name })))
  const above = object.fields.filter(field => field.type === 'reference' && isReference(record[field.name]))
  return (
    <div className={css.related}>
      {above.map(field => <Above key={field.name} field={field} value={record[field.name]} />)}
      {below.map(each => <Below key={`${each.other.name} ${each.link.name}`} {...each} object={object} record={record} />)}
      {above.length + below.length === 0 && <p className={css.none}>{t('page.nothing')}</p>}
    </div>
  )
}

function Above({ field, value }: { field: FieldOut; value: unknown }) {
  const lang = useLang()
  const target = useObject(field.target ?? '')
  if (!isReference(value) || target === undefined) return null
  return (
    <section>
      <h3 className={css.title}>{labelOf(field, lang)}</h3>
      <ul className={css.list}><li className={css.item}><RecordLink object={target.name} id={value.id} className={css.link}>{value.label ?? t('value.gone')}</RecordLink></li></ul>
    </section>
  )
}

/** Where several fields point here, or records of the same kind, each list tells by which. */
interface BelowProps { other: ObjectOut; link: FieldOut; isOneOfSeveral: boolean; object: ObjectOut; record: RecordOut }

function Below({ other, link, isOneOfSeveral, object, record }: BelowProps) {
  const lang = useLang()
  const [isAdding, setAdding] = useState(false)
  const here = { id: record.id, label: nameOf(object, record) }
  const answer = useList(other.name, { filter: { field: link.name, op: 'eq', value: here }, limit: 50, total: 'exact' }, { keep: true })
  const created = (made: RecordOut) => {
    setAdding(false)
    toast({ text: createdText(other, made, other.one[lang]), undo: () => remove(other, made) })
  }
  return (
    <section>
      <h3 className={css.title}>
        <span>{other.label[lang]}{isOneOfSeveral && ` · ${labelOf(link, lang)}`}{answer.data !== undefined && answer.data.total > 0 && <small>{answer.data.total}</small>}</span>
        {other.rights.create && <IconButton icon="plus" label={t('page.addOne', { object: inSentence(other.one, lang) })} onClick={() => setAdding(true)} />}
      </h3>
      {answer.error !== null && answer.data === undefined && <ErrorState problem={answer.error} onRetry={answer.refetch} />}
      {answer.data === undefined && answer.error === null && <Skeleton shape="lines" />}
      {answer.data?.records.length === 0 && <p className={css.none}>{t('page.noRelated', { object: inSentence(other.label, lang) })}</p>}
      <ul className={css.list}>{answer.data?.records.map(each => <Item key={each.id} object={other} record={each} />)}</ul>
      {isAdding && <RecordForm object={other} initial={{ [link.name]: here }} onSaved={created} onClose={() => setAdding(false)} />}
    </section>
  )
}

/** Name, stage and the first phone, to call at once. */
function Item({ object, record }: { object: ObjectOut; record: RecordOut }) {
  const stage = stageField(object)
  const phone = object.fields.find(field => field.type === 'phone' && !isEmpty(record[field.name]))
  return (
    <li className={css.item}>
      <RecordLink object={object.name} id={record.id} className={css.link}>{nameOf(object, record) || t('value.unnamed')}</RecordLink>
      {stage !== undefined && <FieldCell field={stage} value={record[stage.name]} />}
      {phone !== undefined && <span className={css.phone}><FieldCell field={phone} value={record[phone.name]} still />{phone.access !== 'masked' && (
        <a className={css.call} href={`tel:${String(record[phone.name])}`} aria-label={t('value.call', { phone: write(record[phone.name], phone) })}><Icon name="phone" size={16} /></a>)}</span>}
      {phone === undefined && <span className={css.phone}>{numberOf(object, record)}</span>}
    </li>
  )
}
