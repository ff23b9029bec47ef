import type { Readable } from 'node:stream'
import type { Viewer } from '#server/access/viewer.ts'
import type { Db, Pool } from '#server/db/connect.ts'
import type { Defaults, Session } from '#server/users/session.ts'
import type { Endpoint } from '#shared/api/endpoint.ts'

/** Facts of the request beside its content. */
export interface RequestFacts {
  address: string
  agent: string
  /** `If-Match`: the version that a change is based on. */
  version?: number
}

/** Takes the one file of a multipart request while it arrives; must read it to its end. */
export type SaveFile<T> = (file: { name: string; stream: Readable }) => Promise<T>

/** What became of the file, and the texts beside it. */
export interface Uploaded<T> { saved: T; texts: Record<string, string> }

/** What a handler gets. For writes `db` is one transaction that http opens and commits; for reads it is the pool. */
export interface Context<Params = Record<string, never>, Query = Record<string, never>, Body = undefined> {
  db: Db
  viewer: Viewer
  params: Params
  query: Query
  body: Body
  request: RequestFacts
  /** Null only where anybody may call. */
  session: Session | null
  defaults: Defaults
  /** For work that outlives the request or makes transactions of its own. */
  pool: Pool
  /** The token into the cookie of the browser; null takes the cookie away. */
  setCookie(token: string | null): void
  /** A file that turns out too large is refused after `save`, which then cleans up. */
  upload<T>(save: SaveFile<T>): Promise<Uploaded<T>>
}

/** An answer that is a file. `length` in bytes if it is known. */
export class FileAnswer {
  readonly stream: Readable
  readonly name: string
  readonly type: string
  readonly length: number | undefined

  constructor(stream: Readable, name: string, type: string, length?: number) {
    this.stream = stream
    this.name = name
    this.type = type
    this.length = length
  }
}

export interface RouteOptions {
  /** `write` (unless GET): in one transaction, with the operation id. `read`: a POST that only asks. `own`: makes its transactions itself. */
  kind?: 'write' | 'read' | 'own'
  /** Only a person with a session, no program with a key: what would let a lost key make more of itself. */
  personOnly?: boolean
  /** At most so many from one address in a minute. */
  perMinute?: number
  /** What of the answer may be kept for a repeated operation id: secrets are given once. */
  keep?: (result: unknown) => unknown
}

export interface Route extends Required<Pick<RouteOptions, 'kind' | 'personOnly'>> {
  // The schemas have checked what a handler gets; the list of routes holds handlers of many shapes.
  endpoint: Endpoint<never, never, never, unknown>
  handle: (context: Context<never, never, never>) => unknown
  keep?: (result: unknown) => unknown
  perMinute?: number
}

/** Pairs an endpoint with its handler. A text is sent as it is: JSON that the database wrote. */
export function route<Params, Query, Body, Output>(
  endpoint: Endpoint<Params, Query, Body, Output>,
  handle: (context: Context<Params, Query, Body>) => Promise<Output | string | FileAnswer | void> | Output | string | FileAnswer,
  { kind = endpoint.method === 'GET' ? 'read' : 'write', personOnly = false, ...more }: RouteOptions = {},
): Route {
  return { endpoint: endpoint as unknown as Route['endpoint'], handle: handle as Route['handle'], kind, personOnly, ...more }
}
