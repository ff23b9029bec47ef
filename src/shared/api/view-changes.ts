import * as z from 'zod/mini'
import { limits, ops, type Filter } from '../filter.ts'
import { rowLines, viewKinds, type ViewSettings } from '../view.ts'
import { endpoint } from './endpoint.ts'
import { hues } from './fields.ts'
import { audiences, type ViewOut } from './views.ts'

const fieldName = z.string().check(z.minLength(1), z.maxLength(100))
const names = z.array(fieldName).check(z.maxLength(400))
/** Its nodes are counted, its fields asked for, when it is saved: as with every filter. */
const filter = z.custom<Filter>(value => isFilter(value, 1))

function isFilter(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || depth > limits.depth) return false
  const part = value as Record<string, unknown>
  const keys = Object.keys(part)
  const isOnly = (...allowed: string[]) => keys.every(key => allowed.includes(key))
  for (const join of ['and', 'or']) if (join in part) return isOnly(join) && Array.isArray(part[join]) && part[join].every(each => isFilter(each, depth + 1))
  if ('not' in part) return isOnly('not') && isFilter(part['not'], depth + 1)
  return isOnly('field', 'op', 'value') && typeof part['field'] === 'string' && (ops as readonly unknown[]).includes(part['op'])
}

/** `ViewSettings` of `view.ts`, checked strictly. JSON has no undefined: what is there, is there. */
const viewSettings = z.strictObject({
  filter: z.optional(filter),
  q: z.optional(z.string().check(z.maxLength(200))),
  sort: z.optional(z.string().check(z.maxLength(500))),
  columns: z.optional(z.strictObject({
    order: z.optional(names), hidden: z.optional(names), frozen: z.optional(names),
    widths: z.optional(z.record(fieldName, z.number().check(z.minimum(20), z.maximum(2_000)))),
  })),
  colours: z.optional(z.array(z.strictObject({ filter, color: z.enum(hues), field: z.optional(fieldName) })).check(z.maxLength(20))),
  lines: z.optional(z.literal(rowLines)),
  by: z.optional(fieldName),
}) as unknown as z.ZodMiniType<ViewSettings>

const name = z.string().check(z.maxLength(200))
const content = {
  kind: z.optional(z.enum(viewKinds)), audience: z.optional(z.enum(audiences)), pinned: z.optional(z.boolean()),
  /** Which one, of `audience: department`. */
  department: z.optional(z.uuid()),
}
const newView = z.strictObject({ id: z.optional(z.uuid()), name, settings: viewSettings, ...content })
const changedView = z.strictObject({ name: z.optional(name), settings: z.optional(viewSettings), ...content })
export type NewView = z.infer<typeof newView>
export type ChangedView = z.infer<typeof changedView>

const objectParams = z.object({ object: z.string() })
const viewParams = z.object({ object: z.string(), id: z.uuid() })
const view = z.custom<ViewOut>()

export const createView = endpoint({ method: 'POST', path: '/objects/:object/views', summary: 'Save a view', policy: 'signedIn', status: 201, params: objectParams, body: newView, output: view })
export const changeView = endpoint({
  method: 'PATCH', path: '/objects/:object/views/:id', summary: 'Change a view: content, name, for whom (If-Match: version)', policy: 'signedIn',
  params: viewParams, body: changedView, output: view,
})
export const retireView = endpoint({ method: 'DELETE', path: '/objects/:object/views/:id', summary: 'Remove a view; it can be restored for 30 days', policy: 'signedIn', params: viewParams, output: z.object({ id: z.string() }) })
export const restoreView = endpoint({ method: 'POST', path: '/objects/:object/views/:id/restore', summary: 'Bring a removed view back', policy: 'signedIn', params: viewParams, output: view })
/** Exactly these roles begin with the view from now on; each role has at most one per object. */
export const setDefaultView = endpoint({
  method: 'POST', path: '/objects/:object/views/:id/default', summary: 'Which roles begin with a view', policy: { right: 'shape' },
  params: viewParams, body: z.strictObject({ roles: z.array(z.uuid()).check(z.maxLength(100)) }), output: view,
})
