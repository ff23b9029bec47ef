import { lazy, Suspense, useState } from 'react'
import type { ShapedField } from '#shared/api/fields.ts'
import type { ObjectOut } from '#shared/api/objects.ts'
import { labelAdvice } from '#shared/fields/label-advice.ts'
import type { Problem } from '#shared/problem.ts'
import { t, useLang } from '#web/i18n.ts'
import { useObjects, useWord } from '#web/objects.ts'
import { CheckboxInput, SelectInput } from '#web/ui/choice-inputs.tsx'
import { useForm } from '#web/ui/form-context.ts'
import { FieldProblem } from '#web/ui/form.tsx'
import { TextInput } from '#web/ui/inputs.tsx'
import { DefaultInput } from './default-input.tsx'
import { computingIn, isAmount, takes, typeIn, type Typed } from './field-traits.ts'
import { OpenSelect } from './open-select.tsx'
import { OptionsInput } from './options-input.tsx'
import { canRetype } from './retype.tsx'
import css from './shape.module.css'
import { TypeInput } from './type-input.tsx'
import { kindWord } from './types.ts'

const ComputedInputs = lazy(() => import('./computed-inputs.tsx').then(file => ({ default: file.ComputedInputs })))

const PatternInputs = lazy(() => import('./pattern-inputs.tsx').then(file => ({ default: file.PatternInputs })))
const RequiredWhen = lazy(() => import('./rule-inputs.tsx').then(file => ({ default: file.RequiredWhen })))
const VisibleWhen = lazy(() => import('./rule-inputs.tsx').then(file => ({ default: file.VisibleWhen })))

interface Props { object: ObjectOut; fields: ShapedField[]; /** As it is; absent: a new one. */ field: ShapedField | undefined; problem: Problem | null }

/** What everybody asks of a field stands open; what few ask is folded. */
export function FieldInputs({ object, fields, field, problem }: Props) {
  const typed = useTyped()
  const type = typeIn(typed)
  const can = takes(type)
  const computing = computingIn(typed)
  return (
    <>
      <div className={css.labelled}>
        <TextInput name="label" label={t('shaping.label')} required autoFocus />
        <LabelHint object={object} fields={fields} field={field} />
      </div>
      {field ? <p className={css.fixed}>{t('shaping.type')}<b>{kindWord(field)}</b>{!computing && <span>{t(canRetype(field) ? 'shaping.typeElsewhere' : 'shaping.typeFixed')}</span>}</p> : <TypeInput />}
      {computing && <Suspense><ComputedInputs object={object} fields={fields} field={field} /></Suspense>}
      {!computing && can.options && <OptionsInput base={field?.options ?? []} />}
      {!computing && can.target && !field && <TargetInput />}
      {(computing ? isAmount(typed) : can.number) && <NumberInputs field={field} />}
      {!computing && type === 'rating' && <OpenSelect name="stars" label={t('formula.stars')} choices={['3', '5', '10'].map(value => ({ value, label: value }))} />}
      {field?.pattern && <Suspense><PatternInputs object={object} /></Suspense>}
      <TextInput name="help" label={t('shaping.help')} help={t('shaping.helpHelp')} kind="words" />
      {!computing && field?.computed !== true && !field?.pattern && <CheckboxInput name="required" label={t('shaping.required')} help={t('shaping.requiredHelp')} disabled={field?.isStandard === true && field.required === true} />}
      {!computing && field?.computed !== true && !field?.pattern && typed['required'] !== true && <Suspense><RequiredWhen object={object} field={field} /></Suspense>}
      <More object={object} field={field} problem={problem} />
    </>
  )
}

function useTyped(): Typed {
  return useForm()?.values ?? {}
}

/** While it is typed: another field has this name, or it says nothing. A refusal of the server says it itself. */
function LabelHint({ object, fields, field }: Omit<Props, 'problem'>) {
  const form = useForm()
  const lang = useLang()
  if (!form || form.findingAt('label')) return <p className={css.hint} role="status" />
  const label = typeof form.values['label'] === 'string' ? form.values['label'] : ''
  const isAsItWas = field !== undefined && label === field.label[lang]
  const advice = isAsItWas ? null : labelAdvice({ label, type: typeIn(form.values), one: object.one, fields, ...(field ? { name: field.name } : {}) }, lang)
  return <p className={css.hint} role="status">{advice && <FieldProblem finding={advice} onFix={proposal => form.set('label', proposal)} />}</p>
}

function TargetInput() {
  const objects = useObjects()
  const word = useWord()
  return <SelectInput name="target" label={t('shaping.target')} help={t('shaping.targetHelp')} required choices={objects.map(object => ({ value: object.name, label: word(object.label) }))} />
}

function NumberInputs({ field }: Pick<Props, 'field'>) {
  const isAny = field?.decimals === undefined
  const decimals = ['0', '1', '2', '3', '4', '6'].map(value => ({ value, label: value }))
  return (
    <div className={css.two}>
      <TextInput name="unit" label={t('shaping.unit')} placeholder={t('shaping.unitHelp')} />
      <OpenSelect name="decimals" label={t('shaping.decimals')} choices={isAny ? [{ value: '', label: t('shaping.decimalsAny') }, ...decimals] : decimals} />
    </div>
  )
}

const folded = ['group', 'example', 'default', 'unique', 'needsReason', 'visibleWhen', 'hidden']

function More({ object, field, problem }: Omit<Props, 'fields'>) {
  const word = useWord()
  const [isOpen, setOpen] = useState(false)
  const can = takes(typeIn(useTyped()))
  const isRefused = problem?.fields.some(finding => finding.field !== undefined && folded.includes(finding.field)) === true
  const isAsked = field?.computed !== true && computingIn(useTyped()) === undefined
  return (
    <details className={css.more} open={isOpen || isRefused} onToggle={event => setOpen(event.currentTarget.open)}>
      <summary>{t('shaping.more')}</summary>
      <div className={css.moreInputs}>
        <div className={css.two}>
          <SelectInput name="group" label={t('shaping.group')} required choices={object.groups.map(group => ({ value: group.name, label: word(group.label) }))} />
          {isAsked && can.default && <DefaultInput />}
        </div>
        {isAsked && <TextInput name="example" label={t('shaping.example')} help={t('shaping.exampleHelp')} kind="words" />}
        {isAsked && can.unique && <CheckboxInput name="unique" label={t('shaping.unique')} help={t('shaping.uniqueHelp')} disabled={field?.name === object.numberField && field !== undefined} />}
        {isAsked && <CheckboxInput name="needsReason" label={t('shaping.needsReason')} help={t('shaping.needsReasonHelp')} />}
        {field?.name !== object.title && <Suspense><VisibleWhen object={object} field={field} /></Suspense>}
        <CheckboxInput name="hidden" label={t('shaping.hidden')} help={t('shaping.hiddenHelp')} />
      </div>
    </details>
  )
}
