import type { Endpoint } from '#shared/api/endpoint.ts'
import { Problem, type Finding } from '#shared/problem.ts'
import { newId } from './new-id.ts'
import { connectionLost, connectionWorks, currentConnection } from './connection.ts'
import { currentLang } from './i18n.ts'
import { signedOut } from './session/me.ts'

type Part<Name extends string, T> = string extends keyof T ? { [K in Name]?: undefined } : {} extends T ? { [K in Name]?: T } : { [K in Name]: T }

/** What a call takes: the parts that the endpoint declares, and how it is sent. */
export type Input<Params, Query, Body> = Part<'params', Params> & Part<'query', Query> & ([Body] extends [undefined] ? { body?: undefined } : { body: Body }) & Sending

export interface Sending {
  /** The version that a change is based on; a stale one is refused with both values. */
  version?: number
  /** The same id and content again give the same answer; made for every write where it is not given. */
  operationId?: string
  /** A file goes as multipart instead of JSON. */
  form?: FormData
  signal?: AbortSignal
}

/** An input may be left out where nothing in it is needed. */
export type Args<Params, Query, Body> = {} extends Input<Params, Query, Body> ? [input?: Input<Params, Query, Body>] : [input: Input<Params, Query, Body>]

export type ServerFinding = Finding & { message?: string }

/** A refusal of the server, with its own words in `message`. */
export class ServerProblem extends Problem {
  readonly status: number
  declare readonly fields: ServerFinding[]

  constructor(status: number, error: ErrorBody) {
    const { code, message, fields = [], values, ...details } = error
    super(code, values, { fields: fields.map(({ field, ...found }) => (field == null ? found : { field, ...found })), details })
    this.status = status
    if (message !== undefined) this.message = message
  }
}

interface ErrorBody { code: string; message?: string; values?: Record<string, string | number>; fields?: (Omit<ServerFinding, 'field'> & { field?: string | null })[]; reference?: string | null }

interface Loose { params?: unknown; query?: unknown; body?: unknown }

/** Calls the server; the answer is typed by the endpoint, a refusal is thrown as a Problem. Writes carry an operation id. */
export function call<P, Q, B, O>(endpoint: Endpoint<P, Q, B, O>, ...[input]: Args<P, Q, B>): Promise<O> {
  const sending: Sending = { operationId: newId(), ...input }
  return send(endpoint, input ?? {}, endpoint.method === 'GET' ? { ...sending, operationId: '' } : sending)
}

/** The same for what changes nothing, though it may be a POST: lists, sums, searches. */
export function read<P, Q, B, O>(endpoint: Endpoint<P, Q, B, O>, ...[input]: Args<P, Q, B>): Promise<O> {
  return send(endpoint, input ?? {}, input ?? {})
}

/** Where a file of the server is, for a link. */
export function address<P, Q, B, O>(endpoint: Endpoint<P, Q, B, O>, ...[input]: Args<P, Q, B>): string {
  return addressOf(endpoint.path, input ?? {})
}

async function send<P, Q, B, O>(endpoint: Endpoint<P, Q, B, O>, input: Loose, sending: Sending): Promise<O> {
  const request = new Request(addressOf(endpoint.path, input), {
    method: endpoint.method,
    headers: headersOf(input, sending),
    body: sending.form ?? (input.body === undefined ? null : JSON.stringify(input.body)),
    signal: sending.signal ?? null,
    credentials: 'same-origin',
  })
  const response = await fetch(request).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    connectionLost('server')
    throw new Problem('network.lost')
  })
  if (!response.ok) throw await refusalOf(response)
  if (currentConnection() !== 'ok' && endpoint.method !== 'GET') connectionWorks()
  return response.status === 204 ? undefined as O : await response.json() as O
}

function addressOf(path: string, input: Loose): string {
  const params = (input.params ?? {}) as Record<string, unknown>
  const query = Object.entries((input.query ?? {}) as Record<string, unknown>).filter(([, value]) => value !== undefined && value !== '')
  const filled = path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(params[name])))
  return `/api/v1${filled}${query.length === 0 ? '' : `?${new URLSearchParams(query.map(([name, value]) => [name, String(value)]))}`}`
}

/** What every request carries: the language, the operation id, the version. */
export function headersOf(input: Loose, sending: Sending): Record<string, string> {
  return {
    'Accept': 'application/json',
    'Accept-Language': currentLang(),
    ...(input.body === undefined ? {} : { 'Content-Type': 'application/json' }),
    ...(sending.operationId ? { 'Idempotency-Key': sending.operationId } : {}),
    ...(sending.version === undefined ? {} : { 'If-Match': String(sending.version) }),
  }
}

/** The refusal that an answer of the server tells. */
export async function refusalOf(response: Response): Promise<ServerProblem> {
  const body = await response.json().catch(() => null) as { error?: ErrorBody } | null
  const problem = new ServerProblem(response.status, body?.error ?? { code: response.status === 502 || response.status === 504 ? 'network.lost' : 'network.answer' })
  if (problem.code === 'session.required') signedOut()
  if (problem.code === 'database.unavailable') connectionLost('database')
  if (problem.code === 'storage.full') connectionLost('disk')
  return problem
}
