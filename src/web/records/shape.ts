import { isEmpty } from '#shared/fields/field.ts'
import type { ObjectOut } from '#shared/api/objects.ts'
import type { RecordOut } from '#shared/api/records.ts'
import type { Reference } from '#shared/fields/field.ts'
import type { Lang, Words } from '#shared/object.ts'
import type { FieldOut } from '#web/objects.ts'

/** The choice that says how far a record has come; the first of these that an object has is shown as its tag. */
const stages = ['lifecycle', 'stage', 'status', 'role', 'level']

export const fieldNamed = (object: ObjectOut, name: string) => object.fields.find(field => field.name === name)
export const titleField = (object: ObjectOut) => fieldNamed(object, object.title)
export const phoneField = (object: ObjectOut) => object.fields.find(field => field.type === 'phone')
export const ownerField = (object: ObjectOut) => object.fields.find(field => field.name === 'owner' && field.type === 'person')
export const stageField = (object: ObjectOut) =>
  stages.flatMap(name => object.fields.filter(field => field.name === name && field.type === 'choice')).at(0) ?? object.fields.find(field => field.type === 'choice')

/** The fields that point from one object to another: contacts → customers. */
export const linkFields = (from: ObjectOut, to: string) => from.fields.filter(field => field.type === 'reference' && field.target === to)

/** Where a field's references live: people and departments are objects too. */
export const targetOf = (field: Pick<FieldOut, 'type' | 'target'>) =>
  field.type === 'person' ? 'users' : field.type === 'department' ? 'departments' : field.target

export const isReference = (value: unknown): value is Reference => typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string'

/** What people call a record: its title, else its number. */
export function nameOf(object: ObjectOut, record: RecordOut): string {
  const title = record[object.title]
  if (typeof title === 'string' && title !== '') return title
  const number = object.numberField === undefined ? null : record[object.numberField]
  return typeof number === 'string' ? number : ''
}

export const numberOf = (object: ObjectOut, record: RecordOut) => {
  const number = object.numberField === undefined ? null : record[object.numberField]
  return typeof number === 'string' && number !== '' ? number : null
}

/** Equal as the API sees values: texts, `{id, label}` by id, arrays in order. */
export function isSame(a: unknown, b: unknown): boolean {
  if (isEmpty(a) && isEmpty(b)) return true
  if (isReference(a) && isReference(b)) return a.id === b.id
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, i) => isSame(item, b[i]))
  return a === b || (typeof a === 'object' && typeof b === 'object' && JSON.stringify(a) === JSON.stringify(b))
}

export const isEditable = (field: FieldOut, isNew: boolean) => field.access === 'write' && field.computed !== true && field.type !== 'numberRule' && (isNew || field.setOnce !== true)

/** The name of an object within a sentence: English writes it small there. */
export const inSentence = (words: Words, lang: Lang) => (lang === 'en' ? words.en.charAt(0).toLowerCase() + words.en.slice(1) : words[lang])

export const labelOf = (field: Pick<FieldOut, 'label'>, lang: Lang) => field.label[lang]

/** Fields by the object's groups, in order; groups without fields are left out, fields of an unknown group come last. */
export function grouped(object: ObjectOut, fields: FieldOut[], lang: Lang) {
  const known = object.groups.map(group => ({ name: group.name, label: group.label[lang], fields: fields.filter(field => field.group === group.name) }))
  const rest = fields.filter(field => !object.groups.some(group => group.name === field.group))
  return [...known, { name: '', label: '', fields: rest }].filter(group => group.fields.length > 0)
}

/** The lower-cost editor of a field in words of widths: long texts take the whole line of a form. */
export const isWide = (field: FieldOut) => field.type === 'longText' || field.type === 'address'
