import { requiredness } from '#shared/asked.ts'
import { sentenceOf, writtenIn } from '#shared/filter-sentence.ts'
import { isEmpty } from '#shared/fields/field.ts'
import { fieldsIn, type Filter } from '#shared/filter.ts'
import type { Surroundings } from '#shared/fits.ts'
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

/** Whether this viewer may know a condition: it tells of a record what its fields hold, which is nothing to read there from behind a mask. */
export function mayKnow(viewer: Viewer, object: ObjectType, filter: Filter): boolean {
  const read = new Set(visibleColumns(viewer, object).filter(column => column.shown !== 'text').map(column => column.field.name))
  return fieldsIn(filter).every(name => read.has(name))
}

/** The rule in words, unless it speaks of fields that this viewer does not read. */
export function ruleInWords(viewer: Viewer, object: ObjectType, { requiredWhen }: Field): string | null {
  if (!requiredWhen || !mayKnow(viewer, object, requiredWhen)) return null
  const { lang } = viewer
  return sentenceOf(requiredWhen, { object, lang, say: (key, values) => say(lang, key, values), write: writtenIn(lang) })
}
