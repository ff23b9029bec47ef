import type { ObjectOut } from '#shared/api/objects.ts'
import type { TypeName } from '#shared/fields/field.ts'
import type { Lang } from '#shared/object.ts'

type Json = Record<string, unknown>
type FieldOut = ObjectOut['fields'][number]

/** A record of one object as JSON Schema: the fields that this viewer sees, in their language. */
export const recordSchema = (object: ObjectOut, lang: Lang): Json => ({
  type: 'object', title: object.one[lang], required: ['id', 'version'],
  properties: {
    id: { type: 'string', format: 'uuid' }, version: { type: 'integer' },
    ...Object.fromEntries(object.fields.map(field => [field.name, fieldSchema(field, lang)])),
  },
})

function fieldSchema(field: FieldOut, lang: Lang): Json {
  const shape = field.access === 'masked' ? { type: 'string' } : shapes[field.type](field)
  return {
    ...nullable(shape), title: field.label[lang],
    ...(field.help && { description: field.help[lang] }), ...(field.access !== 'write' && { readOnly: true }),
  }
}

const nullable = (shape: Json): Json => {
  if (typeof shape.type !== 'string') return shape
  return { ...shape, type: [shape.type, 'null'], ...(Array.isArray(shape.enum) && { enum: [...shape.enum, null] }) }
}

const text = (): Json => ({ type: 'string' })
const decimal = (): Json => ({ type: 'string', pattern: '^-?\\d+(\\.\\d+)?$' })
const labels = (field: FieldOut): Json => ({ type: 'string', enum: (field.options ?? []).map(option => option.label) })
const reference = (): Json => ({ type: 'object', required: ['id'], properties: { id: { type: 'string', format: 'uuid' }, label: { type: ['string', 'null'] } } })

/** How values of each type look in JSON. */
const shapes: Record<TypeName, (field: FieldOut) => Json> = {
  text: ({ maxLength }) => ({ type: 'string', ...(maxLength !== undefined && { maxLength }) }),
  longText: text, phone: text, email: () => ({ type: 'string', format: 'email' }), url: () => ({ type: 'string', format: 'uri' }),
  region: text, address: text, numberRule: text,
  number: decimal, money: decimal, percent: decimal, rating: decimal,
  date: () => ({ type: 'string', format: 'date' }), datetime: () => ({ type: 'string', format: 'date-time' }), boolean: () => ({ type: 'boolean' }),
  choice: labels, choices: field => ({ type: 'array', items: labels(field) }), tags: () => ({ type: 'array', items: { type: 'string' } }),
  person: reference, department: reference, reference,
}
