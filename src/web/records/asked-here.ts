import type { ObjectOut } from '#shared/api/objects.ts'
import { isVisible, requiredness } from '#shared/asked.ts'
import { sentenceOf, type Reader } from '#shared/filter-sentence.ts'
import { isEmpty, isRefused, type Parsed } from '#shared/fields/field.ts'
import type { Surroundings } from '#shared/fits.ts'
import { currentLang, t } from '#web/i18n.ts'
import type { FieldOut } from '#web/objects.ts'
import { currentSession } from '#web/session/me.ts'
import { context, understand, write } from './values.ts'

type Values = Readonly<Record<string, unknown>>

function surroundingsOf(object: ObjectOut): Surroundings {
  const session = currentSession()
  return { fields: object.fields, context: context(), ...('me' in session && { me: session.me.id }) }
}

/** The fields that are asked for where the record is as it is now, each as required as it is there. */
export function askedHere(object: ObjectOut, fields: readonly FieldOut[], values: Values): FieldOut[] {
  const surroundings = surroundingsOf(object)
  return fields.filter(field => isVisible(field, values, surroundings)).map(field => {
    const required = requiredness(field, values, surroundings) !== null
    return required === (field.required === true) ? field : { ...field, required }
  })
}

/** Understands a value as its record has it: empty is refused where it is required there, with the rule that says so. */
export function understandHere(object: ObjectOut, field: FieldOut, input: unknown, values: Values): Parsed<unknown> {
  const why = isEmpty(input) ? requiredness(field, values, surroundingsOf(object)) : null
  if (why === 'here' && field.requiredWhen) return { refusal: { field: field.name, code: 'field.requiredHere', values: { when: sentenceOf(field.requiredWhen, readerOf(object)) } } }
  const parsed = understand({ ...field, required: why !== null }, isEmpty(input) ? null : input)
  return isRefused(parsed) ? { refusal: { ...parsed.refusal, field: field.name } } : parsed
}

const readerOf = (object: ObjectOut): Reader<FieldOut> => {
  const lang = currentLang()
  return { object, lang, say: t, write: (value, field) => write(value, field, lang) }
}
