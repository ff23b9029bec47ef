import { requiredness } from '#shared/asked.ts'
import { sentenceOf, writtenIn } from '#shared/filter-sentence.ts'
import { fieldsIn, isEmpty, type Surroundings } from '#shared/fits.ts'
import type { Field, ObjectType } from '#shared/object.ts'
import type { Finding } from '#shared/problem.ts'
import type { Viewer } from '../access/viewer.ts'
import { say } from '../say.ts'
import { contextOf } from './filter.ts'
import { visibleColumns } from './relation.ts'

/** A record as it would be after a save, as the API shows it, and which of its fields the save is about. */
export interface Outcome { values: Readonly<Record<string, unknown>>; isTouched: (name: string) => boolean }

/**
 * Rules that look at several fields of one record. A save answers for what it touches: a field that it fills or empties,
 * and the fields that a rule asks about; what was missing before may stay so while something else is changed.
 */
export function brokenRules(viewer: Viewer, object: ObjectType, outcome: Outcome): Finding[] {
  const surroundings: Surroundings = { fields: object.fields, context: contextOf(viewer), me: viewer.id }
  return object.fields.filter(field => isEmpty(outcome.values[field.name])).flatMap(field => missing(viewer, object, field, outcome, surroundings))
}

function missing(viewer: Viewer, object: ObjectType, field: Field, { values, isTouched }: Outcome, surroundings: Surroundings): Finding[] {
  if (field.computed || (!field.required && !field.requiredWhen) || ![field.name, ...asked(field)].some(isTouched)) return []
  const why = requiredness(field, values, surroundings)
  if (why === null) return []
  const sentence = why === 'here' ? ruleInWords(viewer, object, field) : null
  return [{ field: field.name, ...(sentence === null ? { code: 'field.required' } : { code: 'field.requiredHere', values: { when: sentence } }) }]
}

const asked = (field: Field) => [field.requiredWhen, field.visibleWhen].flatMap(filter => (filter ? fieldsIn(filter) : []))

/** The rule in words, unless it speaks of fields that this viewer does not know. */
export function ruleInWords(viewer: Viewer, object: ObjectType, { requiredWhen }: Field): string | null {
  if (!requiredWhen) return null
  const known = new Set(visibleColumns(viewer, object).map(column => column.field.name))
  const { lang } = viewer
  return fieldsIn(requiredWhen).every(name => known.has(name)) ? sentenceOf(requiredWhen, { object, lang, say: (key, values) => say(lang, key, values), write: writtenIn(lang) }) : null
}
