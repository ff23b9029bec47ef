import * as z from 'zod/mini'
import type { Field, ObjectType } from '../object.ts'
import { endpoint } from './endpoint.ts'

/** An object as this viewer may see it: hidden fields are absent; `access` says how much of each, rights what may be done at all. */
export interface ObjectOut extends Omit<ObjectType, 'table' | 'fields'> {
  fields: (Omit<Field, 'column'> & { access: 'masked' | 'read' | 'write'; ops: string[] })[]
  rights: { create: boolean; edit: boolean; delete: boolean; export: boolean; import: boolean; transfer: boolean }
}

export const listObjects = endpoint({ method: 'GET', path: '/objects', summary: 'What exists', policy: 'signedIn', output: z.custom<{ objects: ObjectOut[] }>() })

export const getObject = endpoint({
  method: 'GET', path: '/objects/:object', summary: 'One object: fields, options, rules, rights', policy: 'signedIn',
  params: z.object({ object: z.string() }), output: z.custom<ObjectOut>(),
})
