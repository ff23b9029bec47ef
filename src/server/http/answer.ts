import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Pool } from '#server/db/connect.ts'
import type { Defaults, Session } from '#server/users/session.ts'
import { Problem } from '#shared/problem.ts'
import { checkInput, checkParams } from './input.ts'
import { again, operationOf, perform, type Answer } from './operation.ts'
import { langOf } from './problems.ts'
import { FileAnswer, type Context, type Route } from './route.ts'
import { admit, refuseForeign, sessionOf, setCookie, visitor } from './session.ts'
import { upload } from './upload.ts'

/** What every request of one server shares. */
export interface Surroundings { db: Pool; defaults: Defaults; publicUrl: string | null }

/** One request from policy to answer: who asks, may they come here, is what they say understood, then the handler. */
export const answerWith = (route: Route, around: Surroundings) => async (request: FastifyRequest, reply: FastifyReply) => {
  refuseForeign(request, around.publicUrl)
  const session = route.endpoint.policy === 'public' ? null : await sessionOf(request, around.db, around.defaults)
  if (session) request.lang = session.viewer.lang
  admit(route, session)
  const context = contextOf(route, request, reply, session, around)

  if (route.kind === 'own') return send(reply, route, await route.handle(context as never))
  if (route.kind === 'read') return send(reply, route, await again(async () => route.handle(context as never)))
  const operation = operationOf(headerOf(request, 'idempotency-key'), request.method, request.url, request.text)
  const work = async (tx: Context['db']) => textOf(route, await route.handle({ ...context, db: tx } as never))
  return sendText(reply, await perform(around.db, context.viewer, operation, work, answer => keptOf(route, answer)))
}

function contextOf(route: Route, request: FastifyRequest, reply: FastifyReply, session: Session | null, { db, defaults }: Surroundings) {
  const version = versionOf(headerOf(request, 'if-match'))
  return {
    db, pool: db, session, defaults,
    viewer: session?.viewer ?? visitor({ ...defaults, lang: langOf(request.headers['accept-language'], defaults.lang) }),
    params: checkParams(route.endpoint.params, request.params),
    query: checkInput(route.endpoint.query, request.query),
    body: request.isMultipart() ? undefined : checkInput(route.endpoint.body, request.body),
    request: { address: request.ip, agent: request.headers['user-agent'] ?? '', ...(version !== undefined && { version }) },
    setCookie: (token: string | null) => setCookie(reply, token, request.protocol === 'https'),
    upload: upload(request),
  }
}

const headerOf = (request: FastifyRequest, name: string) => {
  const value = request.headers[name]
  return Array.isArray(value) ? value[0] : value
}

function versionOf(header: string | undefined): number | undefined {
  if (header === undefined || header === '*') return undefined
  const version = /^(?:W\/)?"?(\d{1,9})"?$/.exec(header.trim())?.[1]
  if (!version) throw new Problem('request.malformed', { detail: 'If-Match' })
  return Number(version)
}

const statusOf = (route: Route) => route.endpoint.status ?? 200

function textOf(route: Route, result: unknown): Answer {
  if (statusOf(route) === 204) return { status: 204, text: null }
  return { status: statusOf(route), text: typeof result === 'string' ? result : JSON.stringify(result ?? {}) }
}

const keptOf = (route: Route, answer: Answer): Answer =>
  route.keep && answer.text !== null ? { ...answer, text: JSON.stringify(route.keep(JSON.parse(answer.text))) } : answer

const send = (reply: FastifyReply, route: Route, result: unknown) => (result instanceof FileAnswer ? sendFile(reply, result) : sendText(reply, textOf(route, result)))

async function sendText(reply: FastifyReply, { status, text }: Answer) {
  reply.code(status).header('cache-control', 'no-store').header('vary', 'accept-encoding')
  if (text === null) return reply.send()
  reply.header('content-type', 'application/json; charset=utf-8')
  if (text.length < worthPacking || !/\bgzip\b/.test(String(reply.request.headers['accept-encoding'] ?? ''))) return reply.send(text)
  return reply.header('content-encoding', 'gzip').send(await pack(text, { level: 1 }))
}

// Lists are packed quickly and beside the event loop (the general plug-in takes ten times as long); short answers fit into one packet as they are.
const worthPacking = 4_000
const pack = promisify(gzip)

function sendFile(reply: FastifyReply, { stream, name, type, length }: FileAnswer) {
  const plain = name.replace(/[^\x20-\x7e]|["\\]/g, '_')
  reply.header('cache-control', 'no-store').header('content-type', type)
    .header('content-disposition', `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, mark => `%${mark.charCodeAt(0).toString(16)}`)}`)
  if (length !== undefined) reply.header('content-length', length)
  return reply.send(stream)
}
