import { parseField, fieldTypes } from '#shared/fields/all.ts'
import { isRefused, type TypeName } from '#shared/fields/field.ts'
import { fieldsIn } from '#shared/filter.ts'
import type { ChangedField } from '#shared/api/fields.ts'
import { isTold, type NumberPattern } from '#shared/number-pattern.ts'
import type { Field, ObjectType } from '#shared/object.ts'
import { langs } from '#shared/i18n/messages.ts'
import { Problem, type Finding } from '#shared/problem.ts'
import type { Viewer } from '#server/access/viewer.ts'
import { contextOf, filterSql } from '#server/records/filter.ts'

type Trait = Exclude<keyof ChangedField, 'after' | 'label'>

const numbers: TypeName[] = ['number', 'money', 'percent']
const choices: TypeName[] = ['choice', 'choices']
const texts: TypeName[] = ['text', 'longText']

/** Traits that only some types have. */
const only: Partial<Record<Trait, TypeName[]>> = {
  options: choices, unit: numbers, decimals: numbers, min: numbers, max: [...numbers, 'rating'], maxLength: texts,
  unique: ['text', 'number', 'money', 'date', 'datetime', 'phone', 'email', 'url'],
}

/** A field as it would be, before it is: every reason why it cannot be, at the trait. */
export function checkTraits(viewer: Viewer, object: ObjectType, field: Field, given: ChangedField): Finding[] {
  const misplaced = Object.keys(given).filter(trait => isFilled(given[trait as Trait]) && only[trait as Trait]?.includes(field.type) === false)
  return [
    ...misplaced.map(trait => ({ field: trait, code: 'shape.notForType' })),
    ...(object.groups.some(group => group.name === field.group) ? [] : [{ field: 'group', code: 'shape.groupUnknown', value: field.group }]),
    ...(field.min !== undefined && field.max !== undefined && field.min > field.max ? [{ field: 'min', code: 'shape.minAboveMax', value: field.min }] : []),
    ...(field.type === 'rating' && !isStars(field.max) ? [{ field: 'max', code: 'shape.stars', value: field.max }] : []),
    ...(choices.includes(field.type) && !field.options?.some(option => !option.retired) ? [{ field: 'options', code: 'shape.optionsMissing' }] : []),
    ...(given.pattern ? checkPattern(object, field, given.pattern) : []),
    ...conditions.flatMap(trait => checkCondition(viewer, object, field, trait)),
    ...(field.type === 'reference' && field.target === undefined ? [{ field: 'target', code: 'shape.targetMissing' }] : []),
  ]
}

/** Numbers are never given twice: what begins again must be told apart by its date. */
function checkPattern(object: ObjectType, field: Field, pattern: NumberPattern): Finding[] {
  if (field.name !== object.numberField) return [{ field: 'pattern', code: 'shape.notForType' }]
  return isTold(pattern) ? [] : [{ field: 'pattern', code: 'shape.patternRepeats' }]
}

const conditions = ['requiredWhen', 'visibleWhen'] as const

/** A condition asks about other fields of the same record, and about these only what a filter may ask. */
function checkCondition(viewer: Viewer, object: ObjectType, field: Field, trait: (typeof conditions)[number]): Finding[] {
  const filter = field[trait]
  if (!filter) return []
  try {
    filterSql(viewer, object, filter)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return [{ field: trait, code: error.code, values: error.values }]
  }
  const names = fieldsIn(filter)
  if (names.length === 0) return [{ field: trait, code: 'shape.conditionEmpty' }]
  const strange = names.find(name => name === field.name || !object.fields.some(each => each.name === name))
  return strange === undefined ? [] : [{ field: trait, code: strange === field.name ? 'shape.conditionItself' : 'shape.conditionFar', value: strange, values: { value: strange } }]
}

/** So many can be told apart at a glance. */
const isStars = (most = 5) => Number.isInteger(most) && most >= 2 && most <= 10

const isFilled = (value: unknown) => value !== undefined && value !== null && value !== false && !(Array.isArray(value) && value.length === 0)

/** The label, cleaned: unlike every other of the object, in whatever language. */
export function checkLabel(object: ObjectType, name: string, label: string): Finding[] {
  if (label === '') return [{ field: 'label', code: 'shape.labelMissing' }]
  if ([...label].length > 40) return [{ field: 'label', code: 'shape.labelLong', value: label }]
  const labels = new Set(object.fields.filter(field => field.name !== name).flatMap(field => langs.map(lang => field.label[lang].toLowerCase())))
  if (!labels.has(label.toLowerCase())) return []
  for (let n = 2; ; n++) {
    const proposal = `${label}${n}`
    if (!labels.has(proposal.toLowerCase())) return [{ field: 'label', code: 'shape.labelTaken', value: label, values: { label }, proposal }]
  }
}

/** Control characters and doubled blanks are nobody's wish. */
export const cleanLabel = (label: string) => label.normalize('NFC').replace(/[\p{Cc}\p{Zl}\p{Zp}\u200b-\u200f\ufeff]/gu, ' ').replace(/\s+/g, ' ').trim()

/** The default as a record would give it, understood as a record's value is. */
export function checkDefault(viewer: Viewer, field: Field, given: unknown): { value: unknown } | { finding: Finding } {
  if (given === null || given === '') return { value: null }
  if (fieldTypes[field.type].sql === 'uuid') return { finding: { field: 'default', code: 'shape.notForType' } }
  if (field.type === 'date' && given === 'today') return { value: given }
  const parsed = parseField({ ...field, required: false }, given, contextOf(viewer))
  return isRefused(parsed) ? { finding: { ...parsed.refusal, field: 'default' } } : { value: parsed.value }
}
