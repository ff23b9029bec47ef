import type { KeyboardEvent } from 'react'
import { useRef, useState } from 'react'
import type { HistoryEntry, RecordOut } from '#shared/api/records.ts'
import type { ObjectOut } from '#shared/api/objects.ts'
import { isEmpty, isRefused } from '#shared/fields/field.ts'
import type { Finding, Problem } from '#shared/problem.ts'
import { t, useLang } from '#web/i18n.ts'
import type { FieldOut } from '#web/objects.ts'
import { Icon } from '#web/ui/icon.tsx'
import { toast } from '#web/ui/toast.tsx'
import { undoLast } from './acts.ts'
import { FieldCell } from './field-cell.tsx'
import { FieldInput, readOnlyHint } from './field-input.tsx'
import css from './field-row.module.css'
import { Hint } from './hint.tsx'
import { isEditable, isSame, labelOf } from './shape.ts'
import type { Saved } from './saving.tsx'
import { understand, writeMoment } from './values.ts'

interface Props {
  object: ObjectOut
  field: FieldOut
  record: RecordOut
  /** The last change of this field, for the hint on hover. */
  changed: HistoryEntry | undefined
  canEdit: boolean
  save: (record: RecordOut, values: Record<string, unknown>) => Promise<Saved>
}

/** A field of the page: its label and value; a click or Enter edits it where it stands. */
export function FieldRow({ object, field, record, changed, canEdit, save }: Props) {
  const lang = useLang()
  const label = labelOf(field, lang)
  const edit = useEdit(object, field, record, save)
  const isOpen = canEdit && isEditable(field, isEmpty(record[field.name]))
  return (
    <div className={css.row} data-field={field.name} ref={edit.row}>
      <span className={css.label} title={field.help?.[lang]}>{label}</span>
      {edit.isOn
        ? <div className={css.editor} onKeyDown={edit.onKey}>
            <FieldInput field={field} value={edit.value} onChange={edit.change} problem={edit.problem} onDone={edit.onDone} autoFocus compact />
          </div>
        : <Value field={field} value={edit.shown} hint={hintOf(changed, isOpen ? null : readOnlyHint(field))} onEdit={isOpen ? edit.start : null} label={label} isBack={edit.isBack} />}
    </div>
  )
}

const hintOf = (changed: HistoryEntry | undefined, readOnly: string | null) => {
  const values = changed === undefined ? null : { who: changed.by.label ?? t('history.someone'), when: writeMoment(changed.at) }
  const when = values === null ? null : t(changed?.action === 'create' ? 'page.createdBy' : 'page.changedBy', values)
  return [when, readOnly].filter(text => text !== null).join(' · ')
}

interface ValueProps { field: FieldOut; value: unknown; hint: string; label: string; onEdit: (() => void) | null; isBack: boolean }

function Value({ field, value, hint, label, onEdit, isBack }: ValueProps) {
  const cell = isEmpty(value) ? <span className={css.empty}>{t('value.empty')}</span> : <FieldCell field={field} value={value} />
  if (onEdit === null) return <Hint text={hint}><div className={css.value}>{cell}</div></Hint>
  // Whoever marks a text to copy it does not want to edit it.
  const click = () => { if (getSelection()?.isCollapsed !== false) onEdit() }
  return (
    <Hint text={hint}>
      <div className={css.open} onClick={click}>
        {cell}
        <button type="button" className={css.edit} autoFocus={isBack} aria-label={t('page.editField', { field: label })} onClick={event => { event.stopPropagation(); onEdit() }}><Icon name="edit" size={14} /></button>
      </div>
    </Hint>
  )
}

function useEdit(object: ObjectOut, field: FieldOut, record: RecordOut, save: Props['save']) {
  // With the record as it was when the edit began, so that somebody else's change since then is noticed.
  const [draft, setDraft] = useState<{ value: unknown; base: RecordOut } | null>(null)
  const [pending, setPending] = useState<{ value: unknown } | null>(null)
  const [problem, setProblem] = useState<Finding | undefined>(undefined)
  /** Whoever edited by keyboard comes back to where they began. */
  const [isBack, setBack] = useState(false)
  const row = useRef<HTMLDivElement>(null)

  const end = (isByKey: boolean) => {
    setDraft(null)
    setProblem(undefined)
    setBack(isByKey)
  }

  const refuse = (finding: Finding, isByKey: boolean) => {
    setProblem(finding)
    if (isByKey) row.current?.querySelector<HTMLElement>('input, textarea')?.focus()
  }

  async function commit(isByKey: boolean) {
    if (draft === null || pending !== null) return
    const parsed = understand(field, isEmpty(draft.value) ? null : draft.value)
    if (isRefused(parsed)) return refuse(parsed.refusal, isByKey)
    if (isSame(parsed.value, draft.base[field.name])) return end(isByKey)
    setPending({ value: parsed.value })
    end(isByKey)
    const saved = await save(draft.base, { [field.name]: parsed.value })
    setPending(null)
    if (saved !== null && 'record' in saved) toast({ text: t('form.saved'), undo: () => undoLast(object.name, record.id) })
    if (saved === null || 'record' in saved) return
    setDraft({ value: parsed.value, base: draft.base })
    refuse(findingOf(saved.problem, field), isByKey)
  }
  // What an editor hands over when it is left arrives with the next drawing; the commit after it must see that.
  const latest = useRef(commit)
  latest.current = commit
  const leaving = useRef<{ timer: ReturnType<typeof setTimeout>; isByKey: boolean } | null>(null)
  // Enter also leaves the editor: both together are one end.
  const done = (isByKey: boolean) => {
    if (leaving.current !== null) clearTimeout(leaving.current.timer)
    const isKey = isByKey || leaving.current?.isByKey === true
    leaving.current = { isByKey: isKey, timer: setTimeout(() => { leaving.current = null; void latest.current(isKey) }, 0) }
  }

  const onKey = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.defaultPrevented) return
    if (event.key === 'Enter' && !(event.target instanceof HTMLTextAreaElement && event.shiftKey)) {
      event.preventDefault()
      if (event.target instanceof HTMLElement) event.target.blur()
      done(true)
    }
    if (event.key === 'Escape') { event.preventDefault(); event.stopPropagation(); end(true) }
  }
  return {
    row, isBack, isOn: draft !== null, value: draft?.value, shown: pending === null ? record[field.name] : pending.value, problem, onKey, onDone: () => done(false),
    start: () => setDraft({ value: record[field.name], base: record }),
    change: (value: unknown) => { setDraft({ value, base: draft?.base ?? record }); setProblem(undefined) },
  }
}

const findingOf = (problem: Problem, field: FieldOut): Finding =>
  problem.fields.find(finding => finding.field === field.name) ?? { code: problem.code, values: problem.values }
