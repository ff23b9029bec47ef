import { Textarea } from '@mantine/core'
import { useState } from 'react'
import type { ObjectOut } from '#shared/api/objects.ts'
import { isEmpty, isRefused } from '#shared/fields/field.ts'
import type { Finding } from '#shared/problem.ts'
import { t, useLang } from '#web/i18n.ts'
import type { FieldOut } from '#web/objects.ts'
import { Button } from '#web/ui/buttons.tsx'
import { Dialog, DialogButtons } from '#web/ui/dialog.tsx'
import css from './bulk-bar.module.css'
import { FieldInput } from '#web/records/field-input.tsx'
import { fieldNamed, grouped, inSentence, isEditable, labelOf } from '#web/records/shape.ts'
import { understand } from '#web/records/values.ts'

interface Props { object: ObjectOut; count: number; onApply: (values: Record<string, unknown>, reason?: string) => void; onClose: () => void }

/** One field, one value, for all chosen records. An empty value clears the field. */
export function BulkEdit({ object, count, onApply, onClose }: Props) {
  const lang = useLang()
  const choices = object.fields.filter(field => isEditable(field, false) && field.unique !== true && field.name !== object.title)
  const [field, setField] = useState<FieldOut | undefined>(choices.find(each => each.type === 'choice') ?? choices[0])
  const [value, setValue] = useState<unknown>(null)
  const [reason, setReason] = useState('')
  const [problem, setProblem] = useState<Finding | undefined>(undefined)
  const [isReasonMissing, setReasonMissing] = useState(false)
  const apply = () => {
    if (field === undefined) return
    const parsed = understand(field, isEmpty(value) ? null : value)
    if (isRefused(parsed)) return setProblem(parsed.refusal)
    if (field.needsReason === true && reason.trim() === '') return setReasonMissing(true)
    onApply({ [field.name]: parsed.value }, reason.trim() === '' ? undefined : reason.trim())
  }
  return (
    <Dialog title={t('bulk.editTitle', { count: count.toLocaleString(), object: inSentence(count === 1 ? object.one : object.label, lang) })} onClose={onClose} width={480}>
      <form className={css.form} noValidate onSubmit={event => { event.preventDefault(); apply() }}>
        <label className={css.field}>
          <span>{t('bulk.field')}</span>
          <select value={field?.name ?? ''} onChange={event => { setField(fieldNamed(object, event.currentTarget.value)); setValue(null); setProblem(undefined) }}>
            {grouped(object, choices, lang).map(group => <optgroup key={group.name} label={group.label || t('form.other')}>{group.fields.map(each => <option key={each.name} value={each.name}>{labelOf(each, lang)}</option>)}</optgroup>)}
          </select>
        </label>
        {field !== undefined && <FieldInput key={field.name} field={field} value={value} label={t('bulk.value')} problem={problem} onChange={next => { setValue(next); setProblem(undefined) }} />}
        {field?.needsReason === true && <Textarea label={t('reason.title')} required autosize minRows={1} value={reason} onChange={event => setReason(event.currentTarget.value)} error={isReasonMissing && reason.trim() === '' ? t('reason.needed') : undefined} />}
        <DialogButtons>
          <Button type="submit" look="main">{t('bulk.apply', { count: count.toLocaleString() })}</Button>
          <Button onClick={onClose}>{t('form.cancel')}</Button>
        </DialogButtons>
      </form>
    </Dialog>
  )
}
