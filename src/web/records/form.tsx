import { newId } from '#web/new-id.ts'
import { useState } from 'react'
import { createRecord } from '#shared/api/records.ts'
import type { RecordOut } from '#shared/api/records.ts'
import type { ObjectOut } from '#shared/api/objects.ts'
import { Problem } from '#shared/problem.ts'
import type { Finding } from '#shared/problem.ts'
import { call } from '#web/api.ts'
import { problemText, t, useLang } from '#web/i18n.ts'
import { useMe } from '#web/session/me.ts'
import { Alert } from '#web/ui/alert.tsx'
import { Button } from '#web/ui/buttons.tsx'
import { Dialog } from '#web/ui/dialog.tsx'
import { toast } from '#web/ui/toast.tsx'
import { changedHere } from './changes-here.ts'
import { draftKey, dropDraft, keepDraft, readDraft } from './draft.ts'
import css from './form.module.css'
import { FormGroups } from './form-groups.tsx'
import { collect, startOf } from './form-state.ts'
import type { Values } from './form-state.ts'
import { inSentence, isSame, nameOf, numberOf } from './shape.ts'
import { useRefusedFocus } from './refused-focus.ts'
import { useSaving } from './saving.tsx'
import { writeMoment } from './values.ts'

interface Props {
  object: ObjectOut
  /** Absent: a new one. */
  record?: RecordOut | undefined
  /** What is known of a new one: the customer of a contact. */
  initial?: Values
  onSaved: (record: RecordOut) => void
  onClose: () => void
}

/** The full form: all groups, all refusals at once, the draft kept on this device, ⌘/Ctrl + Enter saves. */
export function RecordForm({ object, record, initial = {}, onSaved, onClose }: Props) {
  const lang = useLang()
  const form = useRecordForm(object, record ?? null, initial, onSaved)
  const close = () => {
    if (form.isDirty) toast({ text: t('form.draftKept') })
    onClose()
  }
  return (
    <Dialog title={t(record === undefined ? 'form.create' : 'form.edit', { object: inSentence(object.one, lang) })} onClose={close} width={880}>
      <form
        ref={form.element} className={css.form} noValidate onSubmit={event => { event.preventDefault(); void form.save() }}
        onKeyDown={event => { if (event.key === 'Enter' && (event.metaKey || event.ctrlKey) && !event.nativeEvent.isComposing) { event.preventDefault(); void form.save() } }}
      >
        {form.draftFrom !== null && <DraftNotice at={form.draftFrom} onDrop={form.dropDraft} />}
        {form.general !== null && <Alert>{form.general}</Alert>}
        <FormGroups object={object} isNew={record === undefined} values={form.values} findings={form.findings} onChange={form.change} />
        <footer className={css.footer}>
          <Button type="submit" look="main" busy={form.busy} keys="mod+enter">{t('form.save')}</Button>
          <Button onClick={close}>{t('form.cancel')}</Button>
          {form.findings.length > 0 && <span className={css.count} role="status">{t('form.problems', { count: form.findings.length })}</span>}
        </footer>
      </form>
      {form.dialogs}
    </Dialog>
  )
}

function DraftNotice({ at, onDrop }: { at: number; onDrop: () => void }) {
  return (
    <p className={css.draft}>
      {t('form.draftFound', { when: writeMoment(new Date(at).toISOString(), true) })}
      <button type="button" className={css.drop} onClick={onDrop}>{t('form.draftDrop')}</button>
    </p>
  )
}

function useRecordForm(object: ObjectOut, given: RecordOut | null, initial: Values, onSaved: (record: RecordOut) => void) {
  // As it was when the form opened: what others change meanwhile is met when saving, not painted over.
  const [record] = useState(given)
  const key = draftKey(useMe().id, object.name, record?.id ?? null)
  const [draft] = useState(() => readDraft(localStorage, key))
  const [draftFrom, setDraftFrom] = useState(draft?.at ?? null)
  const [changes, setChanges] = useState<Values>(draft?.values ?? {})
  const [findings, setFindings] = useState<Finding[]>([])
  const [general, setGeneral] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const [id] = useState(() => newId())
  const [attempt, setAttempt] = useState(0)
  const element = useRefusedFocus(attempt)
  const saving = useSaving(object)
  const start = startOf(object, record, initial)
  const values = { ...start, ...changes }

  const change = (name: string, value: unknown) => {
    const next = { ...changes, [name]: value }
    if (isSame(value, start[name])) delete next[name]
    setChanges(next)
    setFindings(findings.filter(finding => finding.field !== name))
    keepDraft(localStorage, key, next, record)
  }
  const refuse = (found: Finding[], text: string | null) => {
    setFindings(found.filter(finding => finding.field !== undefined))
    setGeneral(text)
    setAttempt(attempt + 1)
  }
  const refused = (problem: Problem) => refuse(problem.fields, problem.fields.some(finding => finding.field !== undefined) ? null : problemText(problem))

  async function save() {
    if (busy) return
    const collected = collect(object, record, values, changes)
    if (collected.findings.length > 0) return refuse(collected.findings, null)
    setBusy(true)
    const saved = record === null ? await create(object, id, collected.values) : Object.keys(collected.values).length === 0 ? { record } : await saving.save(record, collected.values)
    setBusy(false)
    if (saved === null) return
    if ('problem' in saved) return refused(saved.problem)
    dropDraft(localStorage, key)
    onSaved(saved.record)
  }

  return {
    element, values, findings, general, busy, change, save, dialogs: saving.dialogs, isDirty: Object.keys(changes).length > 0,
    draftFrom, dropDraft: () => { dropDraft(localStorage, key); setDraftFrom(null); setChanges({}); setFindings([]) },
  }
}

/** The id is made here, once for a form: sent twice, it is still one record. */
async function create(object: ObjectOut, id: string, values: Values): Promise<{ record: RecordOut } | { problem: Problem }> {
  try {
    const record = await call(createRecord, { params: { object: object.name }, body: { id, values } })
    changedHere(object.name)
    return { record }
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return { problem: error }
  }
}

/** `已新建客户 C001`: said after creation. */
export const createdText = (object: ObjectOut, record: RecordOut, one: string) => t('form.created', { object: one, number: ` ${numberOf(object, record) ?? nameOf(object, record)}` })
