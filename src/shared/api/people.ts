import * as z from 'zod/mini'
import { accesses, rights, scopes, type Role } from '../access.ts'
import { endpoint } from './endpoint.ts'
import type { RecordOut } from './records.ts'

const scope = z.enum(scopes)
const grants = z.strictObject({
  view: z.optional(scope), edit: z.optional(scope), delete: z.optional(scope), export: z.optional(scope), transfer: z.optional(scope),
  create: z.optional(z.boolean()), import: z.optional(z.boolean()),
})
/** A role as it is given; what is left out stays as it is, or is empty in a new one. */
const roleParts = {
  objects: z.optional(z.record(z.string(), grants)),
  fields: z.optional(z.record(z.string(), z.record(z.string(), z.enum(accesses)))),
  rights: z.optional(z.array(z.enum(rights))),
}
const changedRole = z.strictObject({ name: z.optional(z.string()), ...roleParts })
export type RoleIn = z.infer<typeof changedRole>
export interface RoleOut extends Role { version: number; members: number }

const reference = z.union([z.string(), z.looseObject({ id: z.string() })])
const userParts = {
  phone: z.optional(z.nullable(z.string())), email: z.optional(z.nullable(z.string())), title: z.optional(z.nullable(z.string())),
  department: z.optional(z.nullable(reference)), manager: z.optional(z.nullable(reference)), region: z.optional(z.unknown()),
  /** Ids or names of roles. */
  roles: z.optional(z.array(z.string())), password: z.optional(z.string()), reason: z.optional(z.string()),
}
const newUser = z.strictObject({ id: z.optional(z.uuid()), login: z.string(), name: z.string(), ...userParts })
/** Flat, as a program says it; a form sends the record's part as `values`. */
const changedUser = z.strictObject({ login: z.optional(z.string()), name: z.optional(z.string()), ...userParts, values: z.optional(z.record(z.string(), z.unknown())) })
export type NewUser = z.infer<typeof newUser>
export type ChangedUser = z.infer<typeof changedUser>

/** `initialPassword` only when none was given: shown once. */
export type UserOut = RecordOut & { initialPassword?: string }
export interface UserAccess { login: string; roles: { id: string; name: string }[]; disabledAt: string | null; lastSignInAt: string | null; mustChangePassword: boolean }

const idParams = z.object({ id: z.uuid() })
const people = { right: 'people' } as const
const role = z.custom<RoleOut>()
const person = z.custom<UserOut>()

export const listRoles = endpoint({ method: 'GET', path: '/roles', summary: 'Roles and how many hold them', policy: people, output: z.object({ roles: z.array(role) }) })
export const createRole = endpoint({ method: 'POST', path: '/roles', summary: 'A new role', policy: people, status: 201, body: z.strictObject({ name: z.string(), ...roleParts }), output: role })
export const changeRole = endpoint({ method: 'PATCH', path: '/roles/:id', summary: 'Change a role (If-Match: version)', policy: people, params: idParams, body: changedRole, output: role })

export const createUser = endpoint({ method: 'POST', path: '/users', summary: 'A new member who may sign in', policy: people, status: 201, body: newUser, output: person })
export const changeUser = endpoint({ method: 'PATCH', path: '/users/:id', summary: 'Change a member, their login, roles or password', policy: people, params: idParams, body: changedUser, output: person })
export const userAccess = endpoint({ method: 'GET', path: '/users/:id/access', summary: 'Login, roles and last sign-in of a member', policy: people, params: idParams, output: z.custom<UserAccess>() })
export const disableUser = endpoint({ method: 'POST', path: '/users/:id/disable', summary: 'Lock a member out: every session and key ends at once', policy: people, params: idParams, output: person })
export const enableUser = endpoint({ method: 'POST', path: '/users/:id/enable', summary: 'Let a member in again', policy: people, params: idParams, output: person })

/** Flat, as a program says it; a form sends `{values}` to the same address. */
export const createDepartment = endpoint({
  method: 'POST', path: '/departments', summary: 'A new department', policy: 'signedIn', status: 201,
  body: z.union([
    z.strictObject({ id: z.optional(z.uuid()), name: z.string(), parent: z.optional(z.nullable(reference)), head: z.optional(z.nullable(reference)) }),
    z.strictObject({ id: z.optional(z.uuid()), values: z.record(z.string(), z.unknown()), reason: z.optional(z.string()) }),
  ]),
  output: z.custom<RecordOut>(),
})
