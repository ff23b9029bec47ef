import * as z from 'zod/mini'
import type { Reference } from '../fields/field.ts'
import { endpoint } from './endpoint.ts'

export interface KeyOut { id: string; name: string; scopes: ('read' | 'write')[]; createdAt: string; expiresAt: string | null; usedAt: string | null; user: Reference }

export const listKeys = endpoint({ method: 'GET', path: '/keys', summary: 'My keys', policy: 'signedIn', output: z.object({ keys: z.array(z.custom<KeyOut>()) }) })

/** The answer is the only place where the key itself is ever shown. */
export const createKey = endpoint({
  method: 'POST', path: '/keys', summary: 'A key for a program that acts as me', policy: 'signedIn', status: 201,
  body: z.strictObject({ name: z.string().check(z.maxLength(100)), scopes: z.array(z.enum(['read', 'write'])).check(z.minLength(1)), expiresAt: z.optional(z.iso.datetime({ offset: true })) }),
  output: z.object({ id: z.string(), key: z.string() }),
})
export const revokeKey = endpoint({ method: 'DELETE', path: '/keys/:id', summary: 'End a key at once', policy: 'signedIn', status: 204, params: z.object({ id: z.uuid() }) })
