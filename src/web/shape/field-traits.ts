import { amounts, computedTypes, type ChangedField, type ComputedType, type NewField, type OwnType, type ShapedField } from '#shared/api/fields.ts'
import type { TypeName } from '#shared/fields/field.ts'
import type { Lang } from '#shared/object.ts'
import { draftsOf, optionsOf, type OptionDraft } from './option-drafts.ts'

/** What is typed into the form of a field, by the name of the trait. */
export type Typed = Record<string, unknown>

const numbers: TypeName[] = ['number', 'money', 'percent']

/** What a field of this type can be asked. */
export const takes = (type: TypeName) => ({
  options: type === 'choice' || type === 'choices',
  number: numbers.includes(type),
  target: type === 'reference',
  unique: ['text', 'number', 'money', 'date', 'datetime', 'phone', 'email', 'url'].includes(type),
  default: !['person', 'department', 'reference', 'numberRule', 'tags', 'datetime', 'rating'].includes(type),
})

/** The form of a field that is there. */
export function typedOf(field: ShapedField, lang: Lang): Typed {
  const options = draftsOf(field.options)
  return {
    label: field.label[lang], type: field.type, target: field.target ?? '', group: field.group, help: field.help?.[lang] ?? '', example: field.example ?? '',
    unit: field.unit ?? '', stars: field.max === undefined ? '5' : String(field.max), decimals: field.decimals === undefined ? '' : String(field.decimals), required: field.required === true, unique: field.unique === true,
    requiredWhen: field.requiredWhen ?? null, visibleWhen: field.visibleWhen ?? null, ...(field.pattern && { pattern: field.pattern }),
    needsReason: field.needsReason === true, hidden: field.hidden === true, ...computingOf(field), options, default: typedDefault(field.default, field.type, options),
  }
}

/** How a computed field comes to its value; `kind`: what its formula gives, as long as it is understood. */
function computingOf({ formula, rollup, lookup, type }: ShapedField): Typed {
  if (formula === undefined && !rollup && !lookup) return {}
  return { computing: formula !== undefined ? 'formula' : rollup ? 'rollup' : 'lookup', formula: formula ?? '', rollup: rollup ?? null, lookup: lookup ?? null, kind: type, shownAs: formula !== undefined && numbers.includes(type) ? type : '' }
}

/** A default is chosen among options by their key, so that it follows them when they are called otherwise. */
function typedDefault(value: unknown, type: TypeName, options: OptionDraft[]): unknown {
  const keyOf = (label: unknown) => options.find(option => option.label === label)?.key
  if (type === 'choices') return Array.isArray(value) ? value.flatMap(label => keyOf(label) ?? []) : []
  if (type === 'choice') return keyOf(value) ?? ''
  return value === undefined || value === null ? '' : String(value)
}

function defaultOf(typed: Typed, type: TypeName): unknown {
  const labelOf = (key: unknown) => draftsIn(typed).find(option => option.key === key)?.label.trim()
  const value = typed['default']
  if (type === 'choices') {
    const labels = Array.isArray(value) ? value.flatMap(key => labelOf(key) ?? []) : []
    return labels.length === 0 ? null : labels
  }
  if (type === 'choice') return labelOf(value) ?? null
  if (type === 'boolean') return value === 'true' ? true : value === 'false' ? false : null
  return text(value) === '' ? null : text(value)
}

const conditionIn = (typed: Typed, trait: 'requiredWhen' | 'visibleWhen') => (typed[trait] as ShapedField['requiredWhen']) ?? null
const text = (value: unknown) => (typeof value === 'string' ? value.trim() : '')
const textOrNone = (value: unknown) => text(value) || null
export const draftsIn = (typed: Typed): OptionDraft[] => (Array.isArray(typed['options']) ? typed['options'] as OptionDraft[] : [])
export const typeIn = (typed: Typed) => typed['type'] as TypeName

/** What it is worked out from, of a new field or one that is there; undefined where people fill it in. */
export const computingIn = (typed: Typed): ComputedType | undefined => computedTypes.find(each => each === typed['type'] || each === typed['computing'])

/** Whether a computed field holds a number, as far as that is known. */
export const isAmount = (typed: Typed) => numbers.some(each => each === typed['kind'])

function computedTraits(typed: Typed, kind: ComputedType): ChangedField {
  const decimals = text(typed['decimals'])
  const shownAs = amounts.find(each => each === typed['shownAs'])
  return {
    label: text(typed['label']), help: textOrNone(typed['help']), group: text(typed['group']), hidden: typed['hidden'] === true,
    ...(isAmount(typed) && { unit: textOrNone(typed['unit']), ...(decimals !== '' && { decimals: Number(decimals) }) }),
    ...(kind === 'formula' && { formula: text(typed['formula']), ...(isAmount(typed) && shownAs && { shownAs }) }),
    ...(kind === 'rollup' && typed['rollup'] !== null && { rollup: typed['rollup'] as NonNullable<ChangedField['rollup']> }),
    ...(kind === 'lookup' && typed['lookup'] !== null && { lookup: typed['lookup'] as NonNullable<ChangedField['lookup']> }),
  }
}

function traitsOf(typed: Typed): ChangedField {
  const computing = computingIn(typed)
  if (computing) return computedTraits(typed, computing)
  const type = typeIn(typed)
  const can = takes(type)
  const decimals = text(typed['decimals'])
  return {
    label: text(typed['label']), help: textOrNone(typed['help']), example: textOrNone(typed['example']), group: text(typed['group']),
    required: typed['required'] === true, needsReason: typed['needsReason'] === true, hidden: typed['hidden'] === true,
    requiredWhen: conditionIn(typed, 'requiredWhen'), visibleWhen: conditionIn(typed, 'visibleWhen'),
    ...(typed['pattern'] !== undefined && { pattern: typed['pattern'] as NonNullable<ChangedField['pattern']> }),
    ...(can.unique && { unique: typed['unique'] === true }),
    ...(can.number && { unit: textOrNone(typed['unit']), ...(decimals !== '' && { decimals: Number(decimals) }) }),
    ...(type === 'rating' && text(typed['stars']) !== '' && { max: Number(text(typed['stars'])) }),
    ...(can.options && { options: optionsOf(draftsIn(typed)) }),
    ...(can.default && { default: defaultOf(typed, type) }),
  }
}

/** What is sent for a new one. */
export function newFieldOf(typed: Typed, after: string | undefined): NewField {
  const { label = '', ...traits } = traitsOf(typed)
  const said = Object.fromEntries(Object.entries(traits).filter(([, value]) => value !== null && value !== false && value !== ''))
  const type = typed['type'] as OwnType | ComputedType
  return { label, type, ...said, ...(type === 'reference' && text(typed['target']) !== '' && { target: text(typed['target']) }), ...(after === undefined ? {} : { after }) }
}

/** Only what differs from how the field was. */
export function changesOf(field: ShapedField, typed: Typed, lang: Lang): ChangedField {
  const before = traitsOf(typedOf(field, lang))
  return differing(traitsOf({ ...typed, type: field.type }), before)
}

/** The way back: what the changed traits were before. */
export function backOf(field: ShapedField, changes: ChangedField, lang: Lang): ChangedField {
  const before = traitsOf(typedOf(field, lang))
  return Object.fromEntries(Object.entries(before).filter(([trait]) => trait in changes))
}

const differing = (wanted: ChangedField, before: ChangedField): ChangedField =>
  Object.fromEntries(Object.entries(wanted).filter(([trait, value]) => JSON.stringify(value) !== JSON.stringify(before[trait as keyof ChangedField])))

/** The traits that two versions of a field tell differently. */
export const toldOtherwise = (before: ShapedField, now: ShapedField, lang: Lang): string[] =>
  Object.keys(differing(traitsOf(typedOf(now, lang)), traitsOf(typedOf(before, lang))))

/** Those traits in a form become as they are now; what was typed into the others stays. */
export function rebased(typed: Typed, changes: ChangedField, now: ShapedField, lang: Lang): Typed {
  const theirs = typedOf(now, lang)
  return { ...theirs, ...Object.fromEntries(Object.keys(changes).map(trait => [trait, typed[trait]])) }
}

/** After which field one stands when it moves a place up or down among those of its group; null = first, undefined = it stays. */
export function afterMove(fields: readonly { name: string; group: string }[], name: string, by: -1 | 1): string | null | undefined {
  const own = fields.find(field => field.name === name)
  const group = fields.filter(field => field.group === own?.group)
  const neighbour = group[group.findIndex(field => field.name === name) + by]
  if (!own || !neighbour) return undefined
  if (by === 1) return neighbour.name
  return fields[fields.findIndex(field => field.name === neighbour.name) - 1]?.name ?? null
}
