import { useState } from 'react'
import { changeField, createField, type ShapedField } from '#shared/api/fields.ts'
import type { ObjectOut } from '#shared/api/objects.ts'
import { currentLang, t } from '#web/i18n.ts'
import { useWord } from '#web/objects.ts'
import { useCall } from '#web/queries.ts'
import { inSentence } from '#web/records/shape.ts'
import { Button, SubmitButton } from '#web/ui/buttons.tsx'
import { Dialog, DialogButtons } from '#web/ui/dialog.tsx'
import { Form } from '#web/ui/form.tsx'
import { toast } from '#web/ui/toast.tsx'
import { ConflictNote, currentOf } from './conflict-note.tsx'
import { FieldInputs } from './field-inputs.tsx'
import { backOf, changesOf, draftsIn, newFieldOf, rebased, typedOf, type Typed } from './field-traits.ts'
import { newDraft, onTop } from './option-drafts.ts'
import { changeBack, shapedHere, takeOut } from './shaped-here.ts'
import css from './shape.module.css'

export interface Editing {
  object: ObjectOut
  /** The living fields of the object. */
  fields: ShapedField[]
  /** Absent: a new one. */
  field?: ShapedField | undefined
  /** Where a new one stands. */
  after?: string | undefined
  group?: string | undefined
  onClose: () => void
  onSaved?: ((field: ShapedField) => void) | undefined
  onRetire?: () => void
}

/** A field, new or changed: what it is called, what it takes, what it asks for. */
export function FieldEditor({ object, fields, field, after, group, onClose, onSaved, onRetire }: Editing) {
  const word = useWord()
  const { start, save, restart, busy, problem, forget } = useSaved({ object, field, after, group, onClose, onSaved })
  const conflict = currentOf(problem)
  const title = field === undefined ? t('shaping.addTo', { object: inSentence(object.label, currentLang()) }) : t('shaping.edit', { label: word(field.label) })
  return (
    <Dialog title={title} onClose={onClose} width={560}>
      <Form key={start.round} onSubmit={typed => save(start.base, typed)} problem={conflict ? null : problem} busy={busy} initial={start.typed}>
        {conflict && start.base && (
          <ConflictNote before={start.base} now={conflict} groups={object.groups} busy={busy}
            onMine={typed => void restart(conflict, onTopOf(start.base, typed, conflict), true)}
            onTheirs={() => { forget(); void restart(conflict, typedOf(conflict, currentLang()), false) }} />
        )}
        <FieldInputs object={object} fields={fields} field={start.base} problem={problem} />
        <div className={css.foot}>
          <DialogButtons>
            <SubmitButton>{t(field === undefined ? 'shaping.add' : 'form.save')}</SubmitButton>
            <Button onClick={onClose}>{t('ui.cancel')}</Button>
            {onRetire && field?.isStandard === false && <span className={css.aside}><Button look="quiet" onClick={onRetire}>{t('shaping.retire')}</Button></span>}
          </DialogButtons>
        </div>
      </Form>
    </Dialog>
  )
}

/** What I changed, on top of what somebody else has saved meanwhile. */
function onTopOf(base: ShapedField | undefined, typed: Typed, now: ShapedField): Typed {
  if (!base) return typed
  const changes = changesOf(base, typed, currentLang())
  const merged = rebased(typed, changes, now, currentLang())
  return changes.options ? { ...merged, options: onTop(draftsIn(typed), base.options ?? [], now.options ?? []) } : merged
}

/** The form begins with `base` as it was then; after a conflict it begins again with what the server has now. */
function useSaved({ object, field, after, group, onClose, onSaved }: Omit<Editing, 'fields' | 'onRetire'>) {
  const [start, setStart] = useState(() => ({ round: 0, base: field, typed: field ? typedOf(field, currentLang()) : empty(group ?? object.groups[0]?.name ?? '') }))
  const create = useCall(createField, { with: { params: { object: object.name } } })
  const change = useCall(changeField)

  const done = (saved: ShapedField, text: string, undo?: () => unknown) => {
    shapedHere(object.name)
    toast({ text, ...(undo ? { undo } : {}) })
    onSaved?.(saved)
    onClose()
  }
  const save = async (base: ShapedField | undefined, typed: Typed) => {
    if (!base) {
      const made = await create.run({ body: newFieldOf(typed, after) })
      if (made) done(made, t('shaping.added', { label: made.label[currentLang()] }), () => takeOut(object.name, made))
      return
    }
    const changes = changesOf(base, typed, currentLang())
    if (Object.keys(changes).length === 0) return onClose()
    const saved = await change.run({ params: { object: object.name, name: base.name }, version: base.version, body: changes })
    if (saved) done(saved, t('shaping.saved', { label: saved.label[currentLang()] }), () => changeBack(object.name, saved, backOf(base, changes, currentLang())))
  }
  const restart = async (base: ShapedField, typed: Typed, isSaved: boolean) => {
    setStart({ round: start.round + 1, base, typed })
    if (isSaved) await save(base, typed)
  }
  return { start, save, restart, busy: create.busy || change.busy, problem: create.problem ?? change.problem, forget: change.forget }
}

const empty = (group: string): Typed => ({
  label: '', type: 'text', target: '', group, help: '', example: '', unit: '', decimals: '', required: false, requiredWhen: null, visibleWhen: null, unique: false, needsReason: false, hidden: false, options: [newDraft('', [])], default: '', formula: '', rollup: null, lookup: null, kind: '', shownAs: '', stars: '5',
})
