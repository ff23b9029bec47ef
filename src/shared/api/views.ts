import * as z from 'zod/mini'
import type { ViewKind, ViewSettings } from '../view.ts'
import { endpoint } from './endpoint.ts'

/** For whom a view is, and so who changes it: one's own oneself; a department's its head, and who shapes objects; everyone's who shapes objects. A department's is seen below it, too. */
export const audiences = ['mine', 'department', 'everyone'] as const
export type Audience = (typeof audiences)[number]

/** A saved view as this viewer sees it. What asks for fields that are not there for them is left out of `settings`; `leftOut` says how much. */
export interface ViewOut {
  id: string
  object: string
  name: string
  kind: ViewKind
  settings: ViewSettings
  leftOut: number
  audience: Audience
  department: { id: string; label: string | null } | null
  owner: { id: string; label: string | null }
  /** Stands among the tabs. */
  pinned: boolean
  /** Ids of the roles whose members begin with it. */
  roles: string[]
  /** This viewer begins with it, by one of their roles. */
  isDefault: boolean
  mayChange: boolean
  version: number
  updatedAt: string
}

/** With whom this viewer may share, and the roles that they may give a view to begin with. Nothing of it: one's own views only. */
export interface ViewRights { departments: { id: string; label: string }[]; everyone: boolean; roles: { id: string; label: string }[] }

/** Views of one object that one person, one department or everyone may have. */
export const mostViews = 100

export const listViews = endpoint({
  method: 'GET', path: '/objects/:object/views', summary: 'The views of an object that this viewer may open', policy: 'signedIn',
  params: z.object({ object: z.string() }), output: z.custom<{ views: ViewOut[]; rights: ViewRights }>(),
})
