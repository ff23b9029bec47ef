import { useState } from 'react'
import type { ObjectOut } from '#shared/api/objects.ts'
import type { Filter } from '#shared/filter.ts'
import { sentenceOf } from '#shared/filter-sentence.ts'
import { t } from '#web/i18n.ts'
import { useReader } from '#web/records/filter-bar.tsx'
import { FilterEditor } from '#web/records/filter-editor.tsx'
import { Button } from '#web/ui/buttons.tsx'
import { Dialog } from '#web/ui/dialog.tsx'
import { useFormField } from '#web/ui/form.tsx'
import css from './shape.module.css'

interface Props {
  /** Without the field itself: a condition asks about the others. */
  object: ObjectOut
  name: 'requiredWhen' | 'visibleWhen'
  label: string
  /** Said while there is no condition. */
  none: string
  /** A condition that many want, in one click. */
  preset?: { label: string; filter: Filter } | undefined
}

/** In which records something holds: read as a sentence, written with the editor of filters. */
export function ConditionInput({ object, name, label, none, preset }: Props) {
  const field = useFormField(name)
  const reader = useReader(object)
  const [isOpen, setOpen] = useState(false)
  const filter = isFilter(field.value) ? field.value : null
  return (
    <div className={css.condition} role="group" aria-label={label}>
      <span className={css.conditionLabel}>{label}</span>
      <p className={css.conditionText} data-set={filter !== null || undefined}>{filter === null ? none : sentenceOf(filter, reader)}</p>
      <span className={css.conditionActs}>
        <Button look="quiet" onClick={() => setOpen(true)}>{t(filter === null ? 'shaping.conditionSet' : 'shaping.conditionEdit')}</Button>
        {filter !== null && <Button look="quiet" onClick={() => field.set(null)}>{t('shaping.conditionClear')}</Button>}
        {filter === null && preset && <Button look="quiet" onClick={() => field.set(preset.filter)}>{preset.label}</Button>}
      </span>
      {field.error !== null && <p className={css.conditionError} role="alert">{field.error}</p>}
      {isOpen && (
        // What is submitted or pressed in the dialog is not meant for the form around.
        <div onSubmit={event => event.stopPropagation()} onKeyDown={event => event.stopPropagation()}>
          <Dialog title={label} onClose={() => setOpen(false)} width={640}>
            <FilterEditor object={object} filter={filter ?? undefined} onApply={next => { field.set(next ?? null); setOpen(false) }} onClose={() => setOpen(false)} />
          </Dialog>
        </div>
      )}
    </div>
  )
}

const isFilter = (value: unknown): value is Filter => typeof value === 'object' && value !== null
