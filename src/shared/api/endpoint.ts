import type * as z from 'zod/mini'
import type { Right } from '../access.ts'

/**
 * Who may call: anybody; who is signed in (the door decides about the records); or who holds a right.
 * A route without a policy stops the start.
 */
export type Policy = 'public' | 'signedIn' | { right: Right }

export interface Endpoint<Params, Query, Body, Output> {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  /** Behind `/api/v1`, with `:names`. */
  path: string
  summary: string
  policy: Policy
  params?: z.ZodMiniType<Params>
  query?: z.ZodMiniType<Query>
  body?: z.ZodMiniType<Body>
  /** Only for the types and the OpenAPI document; the server does not check its own answers. */
  output?: z.ZodMiniType<Output>
  /** Success status; 200 unless said. */
  status?: 201 | 202 | 204
}

/** One endpoint = method + path + input schema + output type. The server implements it, the web calls it. */
export const endpoint = <Params = Record<string, never>, Query = Record<string, never>, Body = undefined, Output = unknown>(
  definition: Endpoint<Params, Query, Body, Output>,
): Endpoint<Params, Query, Body, Output> => definition
