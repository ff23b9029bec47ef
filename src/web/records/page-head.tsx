import { isEmpty } from '#shared/fields/field.ts'
import { useState } from 'react'
import type { RecordOut } from '#shared/api/records.ts'
import type { ObjectOut } from '#shared/api/objects.ts'
import { t, useLang } from '#web/i18n.ts'
import type { FieldOut } from '#web/objects.ts'
import { Button } from '#web/ui/buttons.tsx'
import { Dropdown, DropdownItem } from '#web/ui/dropdown.tsx'
import { Icon } from '#web/ui/icon.tsx'
import { toast } from '#web/ui/toast.tsx'
import { copy, remove, undoLast } from './acts.ts'
import { FieldCell } from './field-cell.tsx'
import { RecordForm } from './form.tsx'
import css from './page.module.css'
import { fieldNamed, inSentence, labelOf, nameOf, numberOf, ownerField, stageField } from './shape.ts'
import { context, write, writeShort } from './values.ts'

interface Props { object: ObjectOut; record: RecordOut; onRemoved: () => void }

/** Who it is: name, number to copy, stage, owner, phone to copy and call, the next follow-up. */
export function PageHead({ object, record, onRemoved }: Props) {
  const number = numberOf(object, record)
  const stage = stageField(object)
  return (
    <header className={css.head}>
      <div className={css.name}>
        <h2>{nameOf(object, record) || t('value.unnamed')}</h2>
        {stage !== undefined && !isEmpty(record[stage.name]) && <FieldCell field={stage} value={record[stage.name]} />}
      </div>
      <div className={css.facts}>
        {number !== null && (
          <button type="button" className={css.copy} aria-label={t('page.copyNumber', { number })} onClick={() => void copy(number, t('page.numberCopied', { number }))}>{number}<Icon name="copy" size={16} /></button>
        )}
        <Owner object={object} record={record} />
        <Phones object={object} record={record} />
        <NextFollowUp object={object} record={record} />
      </div>
      <div className={css.acts}><PageActs object={object} record={record} onRemoved={onRemoved} /></div>
    </header>
  )
}

function Owner({ object, record }: { object: ObjectOut; record: RecordOut }) {
  const lang = useLang()
  const owner = ownerField(object)
  if (owner === undefined) return null
  const name = write(record[owner.name], owner)
  return <span className={css.fact}><small>{labelOf(owner, lang)}</small>{name === '' ? t('page.noOwner') : name}</span>
}

const phonesOf = (object: ObjectOut, record: RecordOut): { field: FieldOut; text: string; href: string | null }[] =>
  object.fields.filter(field => field.type === 'phone' && !isEmpty(record[field.name])).map(field => ({
    field, text: write(record[field.name], field), href: field.access === 'masked' ? null : `tel:${String(record[field.name]).replace(/[^+\d,;]/g, '')}`,
  }))

function Phones({ object, record }: { object: ObjectOut; record: RecordOut }) {
  return phonesOf(object, record).map(({ field, text, href }) => (
    <span key={field.name} className={css.fact}>
      {href === null ? <FieldCell field={field} value={record[field.name]} /> : <a className={css.phone} href={href} aria-label={t('value.call', { phone: text })}>{text}</a>}
      {href !== null && <button type="button" className={css.copy} aria-label={t('page.copyPhone', { phone: text })} onClick={() => void copy(text, t('page.phoneCopied', { phone: text }))}><Icon name="copy" size={16} /></button>}
    </span>
  ))
}

/** Always in sight, and in red once it is overdue. */
function NextFollowUp({ object, record }: { object: ObjectOut; record: RecordOut }) {
  const lang = useLang()
  const field = fieldNamed(object, 'nextFollowUpAt')
  if (field === undefined) return null
  const value = record[field.name]
  const isDue = typeof value === 'string' && field.access !== 'masked' && value.slice(0, 10) < context().today
  return <span className={css.fact}><small>{labelOf(field, lang)}</small><span className={isDue ? css.due : undefined}>{isEmpty(value) ? t('value.empty') : writeShort(value, field)}</span></span>
}

/** What can be done with the whole record. */
function PageActs({ object, record, onRemoved }: Props) {
  const lang = useLang()
  const [isEditing, setEditing] = useState(false)
  const saved = (next: RecordOut) => {
    setEditing(false)
    if (next.version !== record.version) toast({ text: t('form.saved'), undo: () => undoLast(object.name, record.id) })
  }
  return (
    <>
      {object.rights.edit && <Button icon="edit" onClick={() => setEditing(true)}>{t('page.edit')}</Button>}
      {object.rights.delete && (
        <Dropdown label={t('page.more')} icon="more" look="sign" kind="menu" align="end">
          <DropdownItem icon="trash" danger onClick={() => void remove(object, record).then(isDone => { if (isDone) onRemoved() })}>{t('page.remove', { object: inSentence(object.one, lang) })}</DropdownItem>
        </Dropdown>
      )}
      {isEditing && <RecordForm object={object} record={record} onSaved={saved} onClose={() => setEditing(false)} />}
    </>
  )
}

/** On a phone, under the thumb: call, edit, more. */
export function PageBar({ object, record, onRemoved }: Props) {
  const [phone] = phonesOf(object, record)
  return (
    <div className={css.bar}>
      {phone !== undefined && phone.href !== null && <a href={phone.href}><Icon name="phone" size={18} />{t('page.call')}</a>}
      <PageActs object={object} record={record} onRemoved={onRemoved} />
    </div>
  )
}
