import * as z from 'zod/mini'
import type { Right } from '../access.ts'
import type { Lang } from '../object.ts'
import { endpoint } from './endpoint.ts'

export interface Me {
  id: string
  login: string
  name: string
  lang: Lang
  theme: 'light' | 'dark' | 'auto'
  rights: Right[]
  company: string
  timeZone: string
  /** Somebody else gave the password: it should be changed now. */
  mustChangePassword: boolean
  /** What this person remembers about screens: columns, widths, … by key. */
  preferences: Record<string, unknown>
}

/** Before anybody exists: is this the first run? The console prints the token that proves who started the program. */
export const getSetup = endpoint({ method: 'GET', path: '/setup', summary: 'Is this the first run?', policy: 'public', output: z.object({ needed: z.boolean() }) })

export const setUp = endpoint({
  method: 'POST', path: '/setup', summary: 'Company and first administrator', policy: 'public', status: 201,
  body: z.strictObject({ token: z.string(), company: z.string(), name: z.string(), login: z.string(), password: z.string(), lang: z.optional(z.enum(['zh-CN', 'en'])) }),
  output: z.custom<Me>(),
})

export const signIn = endpoint({
  method: 'POST', path: '/session', summary: 'Sign in', policy: 'public',
  body: z.strictObject({ login: z.string(), password: z.string(), code: z.optional(z.string()) }), output: z.custom<Me>(),
})
export const whoAmI = endpoint({ method: 'GET', path: '/session', summary: 'Who one is', policy: 'signedIn', output: z.custom<Me>() })
export const signOut = endpoint({ method: 'DELETE', path: '/session', summary: 'Sign out', policy: 'signedIn', status: 204 })

/** Language, theme and what screens remember; a preference of null forgets it. */
export const changeMe = endpoint({
  method: 'PATCH', path: '/session', summary: 'Language, theme, remembered screens', policy: 'signedIn',
  body: z.strictObject({ lang: z.optional(z.enum(['zh-CN', 'en'])), theme: z.optional(z.enum(['light', 'dark', 'auto'])), preferences: z.optional(z.record(z.string(), z.unknown())) }),
  output: z.custom<Me>(),
})
export const changePassword = endpoint({
  method: 'POST', path: '/session/password', summary: 'Change one\'s own password', policy: 'signedIn', status: 204,
  body: z.strictObject({ current: z.string(), next: z.string() }),
})
