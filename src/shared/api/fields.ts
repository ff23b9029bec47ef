import * as z from 'zod/mini'
import type { TypeName } from '../fields/field.ts'
import type { Filter } from '../filter.ts'
import { takes, type Field, type Hue, type Option } from '../object.ts'
import { endpoint } from './endpoint.ts'

/** A field as whoever shapes the company's objects sees it, retired ones too. */
export interface ShapedField extends Omit<Field, 'column'> {
  /** Shipped with the product: its type and its reason to exist are fixed, its words and options are not. */
  isStandard: boolean
  version: number
  /** When it was retired. Its values are kept for `daysRetired`. */
  retiredAt: string | null
  /** Its values are still being worked out for so many records of all; absent: they are there. */
  filling?: { done: number; total: number }
}

/** A retired field can be brought back for so many days; then it goes, with its values. */
export const daysRetired = 30

/** What a company may make a field of. */
export const ownTypes = [
  'text', 'longText', 'number', 'money', 'percent', 'date', 'datetime', 'boolean', 'choice', 'choices', 'tags',
  'phone', 'email', 'url', 'person', 'department', 'reference', 'region', 'address', 'rating',
] as const satisfies TypeName[]
export type OwnType = (typeof ownTypes)[number]

/** What it may let work out by itself: the type of the value follows from what is asked for. */
export const computedTypes = ['formula', 'rollup', 'lookup'] as const
export type ComputedType = (typeof computedTypes)[number]
export const amounts = ['number', 'money', 'percent'] as const

export const hues = ['grey', 'slate', 'blue', 'teal', 'green', 'amber', 'orange', 'red', 'pink', 'violet'] as const satisfies Hue[]

const short = z.string().check(z.maxLength(200))
/** The whole list as it shall be: an option with its id is kept (and may be called otherwise), one without is new, one that is missing goes if no record has it. */
const optionIn = z.strictObject({ id: z.optional(short), label: short, color: z.optional(z.enum(hues)), definition: z.optional(short), retired: z.optional(z.boolean()) })
export type OptionIn = z.infer<typeof optionIn>

const filter = z.custom<Filter>(value => typeof value === 'object' && value !== null)
const part = z.enum(['year', 'month', 'day'])
const pattern = z.strictObject({
  prefix: z.string().check(z.maxLength(20), z.regex(/^[^\s\p{Cc}]*$/u)), digits: z.int().check(z.minimum(1), z.maximum(10)),
  date: z.optional(part), joint: z.optional(z.string().check(z.maxLength(3), z.regex(/^[^\s\d\p{Cc}]*$/u))), reset: z.optional(part), manual: z.optional(z.boolean()),
})
const traits = {
  group: z.optional(short),
  /** 字段说明, at most 200 characters; null takes it away. So with everything that may be null here. */
  help: z.optional(z.nullable(short)), example: z.optional(z.nullable(short)), unit: z.optional(z.nullable(short)),
  required: z.optional(z.boolean()), unique: z.optional(z.boolean()), hidden: z.optional(z.boolean()), needsReason: z.optional(z.boolean()),
  options: z.optional(z.array(optionIn).check(z.maxLength(500))),
  decimals: z.optional(z.int().check(z.minimum(0), z.maximum(10))), min: z.optional(z.nullable(z.number())), max: z.optional(z.nullable(z.number())),
  maxLength: z.optional(z.nullable(z.int().check(z.minimum(1), z.maximum(32_767)))),
  /** As a record gives it; `today` for a date. */
  default: z.optional(z.nullable(z.unknown())),
  /** Conditions over fields of the same record: where it must be filled, and where it is asked for at all. */
  requiredWhen: z.optional(z.nullable(filter)), visibleWhen: z.optional(z.nullable(filter)),
  /** The number of an object only: how it is made. */
  pattern: z.optional(pattern),
  /** How it is shown to who may see it masked only. */
  mask: z.optional(z.nullable(z.enum(['phone', 'name', 'email', 'address', 'number', 'all']))),
  /** The field behind which it stands; null = first. */
  after: z.optional(z.nullable(short)),
}
const computing = {
  /** Over fields of the record, by API name or label in braces: `{budget} * 0.9`. See docs/api.md. */
  formula: z.optional(z.string().check(z.maxLength(2_000))),
  /** How the number of a formula is shown, where it shall not be what follows from its fields. */
  shownAs: z.optional(z.enum(amounts)),
  /** Over the records of another object that point here by `link`. */
  rollup: z.optional(z.strictObject({ object: short, link: short, take: z.enum(takes), field: z.optional(short), filter: z.optional(filter) })),
  /** A field of the record that the reference `through` points to. */
  lookup: z.optional(z.strictObject({ through: short, field: short })),
}
const newField = z.strictObject({ name: z.optional(short), label: short, type: z.enum([...ownTypes, ...computedTypes]), target: z.optional(short), ...traits, ...computing })
const changedField = z.strictObject({ label: z.optional(short), ...traits, ...computing })
export type NewField = z.infer<typeof newField>
export type ChangedField = z.infer<typeof changedField>
const previewing = z.strictObject({ /** The field that would become so; absent: a new one. */ name: z.optional(short), decimals: traits.decimals, ...computing })
export type Computing = z.infer<typeof previewing>
/** What a computed field would hold: its type, and its value on some records. `isHidden`: whoever asks may not see what it is made from. */
export interface ComputedPreview { type: TypeName; unit?: string; decimals?: number; isHidden: boolean; examples: { id: string; label: string | null; value: unknown }[] }

const retyping = { type: z.enum(ownTypes), options: z.optional(z.array(optionIn).check(z.maxLength(500))), decimals: z.optional(z.int().check(z.minimum(0), z.maximum(10))) }
const retypingIn = z.strictObject(retyping)
export type Retyping = z.infer<typeof retypingIn>
/** What a change of type would do: so many records have a value, so many of these would lose it, and why. */
export interface RetypePreview { filled: number; lost: number; examples: { value: string; message: string }[]; options: Option[] }

/** What a field means and how it is used, for everybody who may see it. `filled`: in how many of the records that this viewer sees. */
export interface DictionaryField extends Omit<Field, 'column'> { isStandard: boolean; isSearched: boolean; filled: number; /** How it is computed, in words. */ made?: string }
export interface Dictionary { records: number; fields: DictionaryField[] }

const shape = { right: 'shape' } as const
const objectParams = z.object({ object: z.string() })
const fieldParams = z.object({ object: z.string(), name: z.string() })
const field = z.custom<ShapedField>()

export const listFields = endpoint({ method: 'GET', path: '/objects/:object/fields', summary: 'Every field of an object, retired ones too', policy: shape, params: objectParams, output: z.custom<{ fields: ShapedField[] }>() })
export const readDictionary = endpoint({ method: 'GET', path: '/objects/:object/dictionary', summary: 'Field dictionary: meaning, example, options, use, fill rate', policy: 'signedIn', params: objectParams, output: z.custom<Dictionary>() })
export const dictionaryFile = endpoint({ method: 'GET', path: '/objects/:object/dictionary.xlsx', summary: 'The field dictionary as a file', policy: 'signedIn', params: objectParams })
export const createField = endpoint({ method: 'POST', path: '/objects/:object/fields', summary: 'A new field, at once usable everywhere', policy: shape, status: 201, params: objectParams, body: newField, output: field })
export const changeField = endpoint({ method: 'PATCH', path: '/objects/:object/fields/:name', summary: 'Change what a field is called, asks for or offers (If-Match: version)', policy: shape, params: fieldParams, body: changedField, output: field })
export const previewComputed = endpoint({ method: 'POST', path: '/objects/:object/preview', summary: 'What a formula, rollup or lookup would give, on three records', policy: shape, params: objectParams, body: previewing, output: z.custom<ComputedPreview>() })
export const mergeOptions = endpoint({
  method: 'POST', path: '/objects/:object/fields/:name/merge', summary: 'One option becomes another: its records too, each with an entry in its history', policy: shape,
  params: fieldParams, body: z.strictObject({ from: short, into: short }), output: z.custom<{ field: ShapedField; records: number }>(),
})
export const previewRetype = endpoint({
  method: 'POST', path: '/objects/:object/fields/:name/retype/preview', summary: 'What a change of type would keep and lose', policy: shape,
  params: fieldParams, body: retypingIn, output: z.custom<RetypePreview>(),
})
export const retypeField = endpoint({
  method: 'POST', path: '/objects/:object/fields/:name/retype', summary: 'Another type; `lost` is how many values may go, as the preview said', policy: shape,
  params: fieldParams, body: z.strictObject({ ...retyping, lost: z.int().check(z.minimum(0)) }), output: field,
})
/** The numbers that the next records of today would get. */
export const previewNumbers = endpoint({ method: 'POST', path: '/objects/:object/numbers/preview', summary: 'The next three numbers of a pattern', policy: shape, params: objectParams, body: pattern, output: z.custom<{ next: string[] }>() })
export const retireField = endpoint({ method: 'DELETE', path: '/objects/:object/fields/:name', summary: 'Retire a field; its values are kept for 30 days', policy: shape, params: fieldParams, output: field })
export const restoreField = endpoint({ method: 'POST', path: '/objects/:object/fields/:name/restore', summary: 'Bring a retired field back, with its values', policy: shape, params: fieldParams, output: field })
