import type { ClipboardEvent, KeyboardEvent } from 'react'
import { useState } from 'react'
import { newId } from '#web/new-id.ts'
import { createRecord } from '#shared/api/records.ts'
import type { RecordOut } from '#shared/api/records.ts'
import type { ObjectOut } from '#shared/api/objects.ts'
import { isEmpty, isRefused } from '#shared/fields/field.ts'
import { Problem } from '#shared/problem.ts'
import type { Finding } from '#shared/problem.ts'
import { call } from '#web/api.ts'
import { problemText, t, useLang } from '#web/i18n.ts'
import type { FieldOut } from '#web/objects.ts'
import { Alert } from '#web/ui/alert.tsx'
import { Button } from '#web/ui/buttons.tsx'
import { Dialog } from '#web/ui/dialog.tsx'
import { toast } from '#web/ui/toast.tsx'
import { askedHere } from './asked-here.ts'
import { changedHere } from './changes-here.ts'
import { copy, remove } from './acts.ts'
import { FieldInput } from './field-input.tsx'
import { collect, problemAt, startOf } from './form-state.ts'
import type { Values } from './form-state.ts'
import { isQuickLine, readQuickLine } from './quick-line.ts'
import css from './quick-add.module.css'
import { useRefusedFocus } from './refused-focus.ts'
import { fieldNamed, isEditable, nameOf, numberOf, phoneField, titleField } from './shape.ts'
import { understand } from './values.ts'

interface Props {
  object: ObjectOut
  initial?: Values
  onClose: () => void
  /** After ⌘/Ctrl + Enter, or from the toast. */
  onOpen: (record: RecordOut) => void
  /** The full form, with what was typed so far. */
  onFull?: (values: Values) => void
}

/** Name, phone, need: Enter saves, ⌘/Ctrl + Enter saves and opens. Understands one pasted line. */
export function QuickAdd({ object, initial = {}, onClose, onOpen, onFull }: Props) {
  const lang = useLang()
  const quick = useQuickAdd(object, initial, onClose, onOpen)
  return (
    <Dialog title={t('quickAdd.title', { object: object.one[lang] })} onClose={onClose} width={520}>
      <form className={css.form} noValidate onSubmit={event => { event.preventDefault(); void quick.save(false) }} onKeyDown={quick.onKey} onPaste={quick.onPaste} ref={quick.element}>
        {quick.general !== null && <Alert>{quick.general}</Alert>}
        {askedHere(object, quick.fields, quick.values).map((field, i) => (
          <FieldInput key={field.name} field={field} value={quick.values[field.name]} onChange={value => quick.change(field.name, value)} problem={problemAt(quick.findings, field)} autoFocus={i === 0} />
        ))}
        <p className={css.hint}>{t('quickAdd.hint')}</p>
        <div className={css.buttons}>
          <Button type="submit" look="main" busy={quick.busy} keys="enter">{t('quickAdd.save')}</Button>
          <Button onClick={() => void quick.save(true)} keys="mod+enter">{t('quickAdd.saveOpen')}</Button>
          {onFull !== undefined && <Button look="quiet" onClick={() => onFull(quick.values)}>{t('quickAdd.full')}</Button>}
        </div>
      </form>
    </Dialog>
  )
}

/** Title, what must be filled, the first phone, the need. */
export function quickFields(object: ObjectOut): FieldOut[] {
  const wanted = [titleField(object), ...object.fields.filter(field => field.required === true && field.default === undefined), phoneField(object), needsField(object)]
  return wanted.filter((field, i): field is FieldOut => field !== undefined && isEditable(field, true) && wanted.indexOf(field) === i)
}
const needsField = (object: ObjectOut) => fieldNamed(object, 'needs') ?? object.fields.find(field => field.type === 'longText')

function useQuickAdd(object: ObjectOut, initial: Values, onClose: () => void, onOpen: (record: RecordOut) => void) {
  const [values, setValues] = useState<Values>(() => startOf(object, null, initial))
  const [findings, setFindings] = useState<Finding[]>([])
  const [general, setGeneral] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const [id] = useState(() => newId())
  const [attempt, setAttempt] = useState(0)
  // What a rule misses is asked for here as well, and stays once it was.
  const [missed, setMissed] = useState<string[]>([])
  const element = useRefusedFocus(attempt)

  const refuse = (found: Finding[], text: string | null) => {
    setFindings(found)
    setMissed([...missed, ...found.flatMap(finding => finding.field ?? [])])
    setGeneral(text)
    setAttempt(attempt + 1)
  }

  async function save(isOpening: boolean) {
    if (busy) return
    const whole = { ...values, ...splitTitle(object, values) }
    setValues(whole)
    const collected = collect(object, null, whole, whole)
    if (collected.findings.length > 0) return refuse(collected.findings, null)
    setBusy(true)
    try {
      const record = await call(createRecord, { params: { object: object.name }, body: { id, values: collected.values } })
      changedHere(object.name)
      sayCreated(object, record, onOpen)
      onClose()
      if (isOpening) onOpen(record)
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      refuse(error.fields, error.fields.some(finding => finding.field !== undefined) ? null : problemText(error))
    } finally {
      setBusy(false)
    }
  }

  const onKey = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing || event.defaultPrevented || event.shiftKey || event.target instanceof HTMLButtonElement) return
    event.preventDefault()
    void save(event.metaKey || event.ctrlKey)
  }
  const onPaste = (event: ClipboardEvent) => {
    const line = event.clipboardData.getData('text/plain')
    const split = lineValues(object, line)
    if (split === null || !isEmpty(values[object.title])) return
    event.preventDefault()
    // The text field under the cursor lets go of what it holds before the parts are put in.
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
    setValues({ ...values, ...split })
  }
  const quickly = quickFields(object)
  const fields = [...quickly, ...object.fields.filter(field => missed.includes(field.name) && !quickly.includes(field) && isEditable(field, true))]
  return { values, fields, findings, general, busy, element, save, onKey, onPaste, change: (name: string, value: unknown) => { setValues(before => ({ ...before, [name]: value })); setFindings(findings.filter(finding => finding.field !== name)) } }
}

/** `名称 电话 需求` as values, or null where the text is only a name. */
function lineValues(object: ObjectOut, text: string): Values | null {
  const phone = phoneField(object)
  const title = titleField(object)
  if (phone === undefined || title === undefined) return null
  const isPhone = (part: string) => { const parsed = understand(phone, part); return !isRefused(parsed) && parsed.value !== null }
  if (!isQuickLine(text, isPhone)) return null
  const line = readQuickLine(text, isPhone)
  const needs = needsField(object)
  return { [title.name]: line.name, [phone.name]: line.phone, ...(needs === undefined || line.needs === '' ? {} : { [needs.name]: line.needs }) }
}

/** A whole line typed into the name, while the phone is still empty. */
function splitTitle(object: ObjectOut, values: Values): Values {
  const phone = phoneField(object)
  const title = values[object.title]
  return typeof title === 'string' && phone !== undefined && isEmpty(values[phone.name]) ? lineValues(object, title) ?? {} : {}
}

/** The number stands in the toast, to be copied; 撤销 takes the new record back. */
function sayCreated(object: ObjectOut, record: RecordOut, onOpen: (record: RecordOut) => void) {
  const name = nameOf(object, record)
  const number = numberOf(object, record)
  toast({
    text: t('quickAdd.created', { name: number === null ? name : `${name} · ${number}` }),
    undo: () => remove(object, record),
    action: number === null
      ? { label: t('quickAdd.open'), run: () => onOpen(record) }
      : { label: t('page.copyNumber', { number }), run: () => copy(number, t('page.numberCopied', { number })) },
  })
}
