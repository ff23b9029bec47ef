import { amounts, type Computing, type ShapedField } from '#shared/api/fields.ts'
import type { ObjectOut } from '#shared/api/objects.ts'
import { t } from '#web/i18n.ts'
import { useForm } from '#web/ui/form-context.ts'
import { ComputedPreview } from './computed-preview.tsx'
import { computingIn, isAmount, type Typed } from './field-traits.ts'
import { FormulaInput } from './formula-input.tsx'
import { OpenSelect } from './open-select.tsx'
import { asLookup, asRollup, LookupInputs, RollupInputs } from './related-inputs.tsx'
import css from './formula.module.css'
import { typeWord } from './types.ts'

interface Props { object: ObjectOut; fields: ShapedField[]; /** As it is; absent: a new one. */ field: ShapedField | undefined }

/** How a computed field comes to its value, and what it would hold. */
export function ComputedInputs({ object, fields, field }: Props) {
  const typed = useForm()?.values ?? {}
  const kind = computingIn(typed)
  return (
    <>
      {kind === 'formula' && <FormulaInput fields={fields} />}
      {kind === 'rollup' && <RollupInputs object={object} />}
      {kind === 'lookup' && <LookupInputs object={object} />}
      {kind === 'formula' && isAmount(typed) && <ShownAs isNew={!field} />}
      <ComputedPreview object={object} asked={askedIn(typed, field)} />
      {field?.filling && <p className={css.hint} role="status">{t('formula.filling', field.filling)}</p>}
    </>
  )
}

/** A number of a formula is shown as what it follows from, unless one says otherwise. */
function ShownAs({ isNew }: { isNew: boolean }) {
  const choices = amounts.map(value => ({ value: value as string, label: typeWord(value) }))
  return <OpenSelect name="shownAs" label={t('formula.shownAs')} choices={isNew ? [{ value: '', label: t('formula.shownAsIs') }, ...choices] : choices} />
}

/** What can be tried; null while it is unfinished. */
function askedIn(typed: Typed, field: ShapedField | undefined): Computing | null {
  const name = field === undefined ? {} : { name: field.name }
  const decimals = typeof typed['decimals'] === 'string' && typed['decimals'] !== '' ? { decimals: Number(typed['decimals']) } : {}
  const shownAs = amounts.find(each => each === typed['shownAs'])
  const kind = computingIn(typed)
  if (kind === 'formula') return typeof typed['formula'] === 'string' && typed['formula'].trim() !== '' && typed['kind'] !== '' ? { ...name, ...decimals, formula: typed['formula'], ...(shownAs && { shownAs }) } : null
  const rollup = asRollup(typed['rollup'])
  if (kind === 'rollup') return rollup && (rollup.take === 'count' || rollup.field) ? { ...name, ...decimals, rollup } : null
  const lookup = asLookup(typed['lookup'])
  return lookup?.through && lookup.field ? { ...name, lookup } : null
}
