import { readFileSync } from 'node:fs'
import path from 'node:path'
import compress from '@fastify/compress'
import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import multipart from '@fastify/multipart'
import rateLimit from '@fastify/rate-limit'
import websocket from '@fastify/websocket'
import fastify, { type FastifyInstance, type FastifyRequest } from 'fastify'
import { loadCatalog } from '#server/catalog/shaped.ts'
import type { Pool } from '#server/db/connect.ts'
import { hints } from '#server/records/hints.ts'
import { fieldsHint } from '#server/shape/shaping.ts'
import type { Session } from '#server/users/session.ts'
import type { Lang } from '#shared/object.ts'
import { Problem } from '#shared/problem.ts'
import { answerWith, type Surroundings } from './answer.ts'
import { security } from './headers.ts'
import { registerLive } from './live.ts'
import { langOf, refusalOf } from './problems.ts'
import { startRelay } from './relay.ts'
import { room } from './room.ts'
import type { Route } from './route.ts'
import { routes as siteMap } from './routes.ts'
import { tokenOf } from './session.ts'
import { registerStatic } from './static.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The body as it came: what an operation id stands for. */
    text: string
    /** The language of who asks, once known. */
    lang: Lang | null
    /** Who watches, on the live connection. */
    live: Session | null
  }
}

/** What the server needs to know of the settings. */
export interface ServerConfig {
  host: string
  port: number
  publicUrl: string | null
  lang: Lang
  timeZone: string
  tls: { cert: string; key: string } | null
}

const web = path.join(import.meta.dirname, '..', '..', '..', 'dist', 'web')
// Requests of one address in ten seconds: an office that signs in at nine, and no more than that, before anybody is known.
const flood = { window: 10_000, known: 5_000, unknown: 1_000 }

/** Serves the API, live hints and the web client. `address` is where this process listens. */
export async function startServer({ db, config, routes = siteMap, webFolder = web }: { db: Pool; config: ServerConfig; routes?: Route[]; webFolder?: string }) {
  requirePolicies(routes)
  const app = create(config)
  const around: Surroundings = { db, defaults: { lang: config.lang, timeZone: config.timeZone }, publicUrl: config.publicUrl }
  await registerPlugins(app, config)
  app.setErrorHandler((error, request, reply) => {
    const { status, headers, body } = refusalOf(error, request.lang ?? langOf(request.headers['accept-language'], config.lang))
    return reply.code(status).headers({ ...headers, 'cache-control': 'no-store' }).send(body)
  })
  app.get('/healthz', () => ({ ok: true }))
  for (const route of routes) addRoute(app, route, around)
  const closeLive = registerLive(app, db, around.defaults, config.publicUrl)
  await registerStatic(app, webFolder)
  const closeRelay = startRelay(db)
  const stopLoading = hints.listen(({ object }, from) => { if (object === fieldsHint && from === 'elsewhere') loadCatalog(db).catch((error: Error) => console.error(error)) })
  await app.listen({ host: config.host, port: config.port })

  return {
    address: addressOf(app, config),
    close: async () => {
      stopLoading()
      await closeLive()
      await closeRelay()
      await app.close()
    },
  }
}

/** A route that does not say who may call it stops the start. */
export function requirePolicies(routes: Route[]) {
  for (const { endpoint } of routes) {
    if (endpoint.policy === undefined) throw new Error(`no policy: ${endpoint.method} ${endpoint.path}`)
  }
}

function create({ tls }: ServerConfig): FastifyInstance {
  const options = {
    bodyLimit: room.json.bytes, forceCloseConnections: true, requestTimeout: 600_000,
    // Only a proxy on this machine is believed when it says for whom it asks.
    trustProxy: 'loopback', routerOptions: { maxParamLength: 200 },
  }
  // The overloads differ by the kind of server; everything after this line does not care.
  const app = (tls ? fastify({ ...options, https: { cert: readFileSync(tls.cert), key: readFileSync(tls.key) } }) : fastify(options)) as FastifyInstance
  app.decorateRequest('text', '')
  app.decorateRequest('lang', null)
  app.decorateRequest('live', null)
  acceptJson(app)
  return app
}

function acceptJson(app: FastifyInstance) {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request: FastifyRequest, body: string, done) => {
    request.text = body
    if (body === '') done(null, undefined)
    else void parse(request, body, done)
  })
}

async function registerPlugins(app: FastifyInstance, { publicUrl, tls }: ServerConfig) {
  await app.register(helmet, security(tls !== null || publicUrl?.startsWith('https:') === true))
  await app.register(cookie)
  await app.register(multipart, { limits: { files: 1, fileSize: room.file.bytes, fields: 20, fieldSize: 100_000 } })
  await app.register(rateLimit, {
    timeWindow: flood.window, max: request => (tokenOf(request) ? flood.known : flood.unknown), keyGenerator: request => `${tokenOf(request) ? 'k' : 'u'} ${request.ip}`,
    addHeaders: silent, addHeadersOnExceeding: silent, errorResponseBuilder: (_, { ttl }) => new Problem('request.tooMany', { seconds: Math.max(1, Math.ceil(ttl / 1000)) }),
  })
  await app.register(compress, { threshold: 2_048, encodings: ['br', 'gzip'] })
  await app.register(websocket, { options: { maxPayload: 1_024 } })
}

const silent = { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false, 'retry-after': true }

function addRoute(app: FastifyInstance, route: Route, around: Surroundings) {
  const limit = route.perMinute === undefined ? {} : { config: { rateLimit: { max: route.perMinute, timeWindow: 60_000, keyGenerator: (request: FastifyRequest) => request.ip } } }
  app.route({ method: route.endpoint.method, url: `/api/v1${route.endpoint.path}`, handler: answerWith(route, around), compress: false, ...limit })
}

function addressOf(app: FastifyInstance, { host, tls, publicUrl }: ServerConfig): string {
  const bound = app.server.address()
  return publicUrl ?? `${tls ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}:${typeof bound === 'object' ? bound?.port ?? 0 : 0}`
}
