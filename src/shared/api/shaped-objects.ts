import * as z from 'zod/mini'
import { scopes, type Scope } from '../access.ts'
import type { Hue, ObjectType, Words } from '../object.ts'
import { objectIcons, type ObjectIcon } from '../objects/icons.ts'
import { endpoint } from './endpoint.ts'
import { hues } from './fields.ts'

/** A company may make so many objects of its own, retired ones that can come back included. */
export const mostObjects = 50

/** An object as whoever shapes the company's objects sees it, retired ones too. */
export interface ShapedObject {
  name: string
  label: Words
  one: Words
  icon: ObjectIcon
  hue: Hue
  groups: ObjectType['groups']
  /** Shipped with the product: it can be called otherwise, not retired. */
  isStandard: boolean
  owned: boolean
  number: { prefix: string; digits: number } | null
  /** About so many records, the recycle bin aside. */
  records: number
  version: number
  /** When it was retired. Its records are kept for `daysRetired`. */
  retiredAt: string | null
}

const short = z.string().check(z.maxLength(200))
/** How it is called in English, for one and for many; without them as in the company's own word. */
const english = z.strictObject({ one: z.optional(short), many: z.optional(short) })
const words = { english: z.optional(english), icon: z.optional(z.enum(objectIcons)), hue: z.optional(z.enum(hues)), after: z.optional(z.nullable(short)) }
const scope = z.enum(scopes)

const newObject = z.strictObject({
  /** The company's word, at most 20 characters. */
  label: short,
  /** The API name, plural and camelCase; without it the sound of the label. */
  name: z.optional(short), ...words,
  /** What the field is called that names a record. */
  titleLabel: z.optional(short),
  number: z.optional(z.strictObject({ prefix: short, digits: z.int() })),
  /** Records belong to somebody, so that scopes tell mine from others'. True unless said. */
  owned: z.optional(z.boolean()),
  /** By the id of a role: whose records it sees and may change. A role that is not named sees nothing, whoever may shape objects everything. */
  roles: z.optional(z.record(z.string(), z.strictObject({ view: scope, edit: scope }))),
})
export type NewObject = z.infer<typeof newObject>
export type BirthRights = Record<string, { view: Scope; edit: Scope }>

const changedObject = z.strictObject({
  label: z.optional(short), ...words,
  /** The whole list as it shall be: a group with its name is kept (and may be called otherwise), one without is new. */
  groups: z.optional(z.array(z.strictObject({ name: z.optional(short), label: short })).check(z.maxLength(30))),
})
export type ChangedObject = z.infer<typeof changedObject>

const shape = { right: 'shape' } as const
const params = z.object({ object: z.string() })
const object = z.custom<ShapedObject>()

export const listShapedObjects = endpoint({ method: 'GET', path: '/objects/shaped', summary: 'Every object, retired ones too', policy: shape, output: z.custom<{ objects: ShapedObject[] }>() })
export const createObject = endpoint({ method: 'POST', path: '/objects', summary: 'A new object, at once usable everywhere', policy: shape, status: 201, body: newObject, output: object })
export const changeObject = endpoint({ method: 'PATCH', path: '/objects/:object', summary: 'Change what an object is called, how it looks and where it stands (If-Match: version)', policy: shape, params, body: changedObject, output: object })
export const retireObject = endpoint({ method: 'DELETE', path: '/objects/:object', summary: 'Retire an own object; its records are kept for 30 days', policy: shape, params, output: object })
export const restoreObject = endpoint({ method: 'POST', path: '/objects/:object/restore', summary: 'Bring a retired object back, with its records', policy: shape, params, output: object })
