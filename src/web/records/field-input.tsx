import type { Finding } from '#shared/problem.ts'
import { lazy, Suspense, type ComponentType } from 'react'
import { t, useLang } from '#web/i18n.ts'
import { BooleanInput } from './boolean-input.tsx'
import { ChoiceInput, ChoicesInput, TagsField } from './choice-input.tsx'
import { DateInput } from './date-input.tsx'
import css from './field-input.module.css'
import { Refusal } from './refusal.tsx'
import { ReferenceInput } from './reference-input.tsx'
import { RegionInput } from './region-input.tsx'
import { labelOf } from './shape.ts'
import type { FieldOut } from '#web/objects.ts'
import { LongInput, TypedInput } from './typed-input.tsx'

export interface FieldInputProps {
  field: FieldOut
  /** A value of the API, or the text as it was typed and not yet understood. */
  value: unknown
  onChange: (value: unknown) => void
  /** What the server or the form found at this field. */
  problem?: Finding | undefined
  autoFocus?: boolean | undefined
  /** Without label and help: a cell, a filter line. */
  compact?: boolean | undefined
  /** A question, not a value: nothing is required, 是/否/不限. */
  asked?: boolean | undefined
  label?: string | undefined
  /** The whole editor was left: for a cell that saves on leaving. */
  onDone?: (() => void) | undefined
}

/** What every editor gets: what it edits, and the words around it. */
export interface EditorProps extends Omit<FieldInputProps, 'label'> {
  /** For the input itself: label above it, or only its name for those who do not see it. */
  around: Around
}

export interface Around {
  label?: string
  'aria-label'?: string
  description?: string
  placeholder?: string
  withAsterisk?: boolean
  required?: boolean
  error?: React.ReactNode
  id?: string
}

const RatingInput = lazy(() => import('./rating-input.tsx'))

const editors: Record<FieldOut['type'], ComponentType<EditorProps>> = {
  text: TypedInput, number: TypedInput, money: TypedInput, percent: TypedInput, phone: TypedInput, email: TypedInput, url: TypedInput, numberRule: TypedInput,
  longText: LongInput, address: LongInput,
  date: DateInput, datetime: DateInput,
  boolean: BooleanInput,
  choice: ChoiceInput, choices: ChoicesInput, tags: TagsField,
  person: ReferenceInput, department: ReferenceInput, reference: ReferenceInput,
  region: RegionInput, rating: RatingInput,
}

/** The editor of a field, the same in form, filter, cell and phone. */
export function FieldInput({ label, ...props }: FieldInputProps) {
  const lang = useLang()
  const { field, compact = false, asked = false, problem } = props
  const Editor = editors[field.type]
  const name = label ?? labelOf(field, lang)
  const around: Around = {
    ...(compact ? { 'aria-label': name } : { label: name }),
    ...(!compact && field.help !== undefined ? { description: field.help[lang] } : {}),
    ...(field.example !== undefined && !asked ? { placeholder: field.example } : {}),
    ...(field.required === true && !asked && !compact ? { withAsterisk: true } : {}),
    ...(problem !== undefined ? { error: <Refusal finding={problem} onUse={props.onChange} /> } : {}),
  }
  return (
    <div className={css.input} data-field={field.name} data-compact={compact || undefined}>
      <Suspense><Editor {...props} around={around} /></Suspense>
    </div>
  )
}

/** A field that this viewer may read only, in the place of its editor. */
export const readOnlyHint = (field: FieldOut) => (field.computed === true ? t('value.computed') : field.access === 'masked' ? t('value.masked') : t('value.readOnly'))
