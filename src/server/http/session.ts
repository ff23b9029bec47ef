import type { FastifyReply, FastifyRequest } from 'fastify'
import { system, type Viewer } from '#server/access/viewer.ts'
import type { Pool } from '#server/db/connect.ts'
import { findSession, type Defaults, type Session } from '#server/users/session.ts'
import { Problem } from '#shared/problem.ts'
import type { Route } from './route.ts'

export const cookieName = 'kebu_session'

/** The token that a request brings: a program's key, else the cookie. */
export function tokenOf(request: FastifyRequest): { token: string; byCookie: boolean } | null {
  const bearer = /^Bearer (\S{1,200})$/i.exec(request.headers.authorization ?? '')?.[1]
  if (bearer) return bearer.startsWith('kebu_') ? { token: bearer, byCookie: false } : null
  const cookie = request.cookies[cookieName]
  return cookie && !cookie.startsWith('kebu_') && cookie.length < 200 ? { token: cookie, byCookie: true } : null
}

/** Who asks. Null when nobody is known by what came. */
export async function sessionOf(request: FastifyRequest, db: Pool, defaults: Defaults): Promise<Session | null> {
  const brought = tokenOf(request)
  return brought && findSession(db, brought.token, defaults)
}

/** The policy of the route, before anything else of the request is looked at. */
export function admit(route: Route, session: Session | null) {
  const { policy } = route.endpoint
  if (policy === 'public') return
  if (!session) throw new Problem('session.required')
  if (typeof policy === 'object' && !session.viewer.rights.includes(policy.right)) throw new Problem('right.missing')
  if (route.personOnly && session.kind === 'key') throw new Problem('key.person')
  if (!session.scopes.includes(route.kind === 'read' ? 'read' : 'write')) throw new Problem('key.scope')
}

/**
 * Refuses writes that another site makes a browser send. Browsers say where a request comes from (Sec-Fetch-Site, Origin);
 * a program that brings a key has no cookie to abuse, and one that says neither is no browser.
 */
export function refuseForeign(request: FastifyRequest, publicUrl: string | null) {
  if (request.method === 'GET' || request.method === 'HEAD' || request.headers.authorization) return
  if (!isSameOrigin(request, publicUrl)) throw new Problem('request.foreign')
}

export function isSameOrigin(request: FastifyRequest, publicUrl: string | null): boolean {
  const { origin } = request.headers
  if (origin !== undefined) return origin === `${request.protocol}://${request.host}` || (publicUrl !== null && origin === new URL(publicUrl).origin)
  const site = request.headers['sec-fetch-site']
  return site === undefined || site === 'same-origin' || site === 'none'
}

/** Nobody in particular: who has not signed in sees nothing and may do nothing. */
export const visitor = (defaults: Defaults): Viewer => ({ ...system('visitor'), kind: 'person', rights: [], lang: defaults.lang, timeZone: defaults.timeZone, source: 'manual' })

export function setCookie(reply: FastifyReply, token: string | null, isSecure: boolean) {
  const kept = { path: '/', httpOnly: true, sameSite: 'lax', secure: isSecure } as const
  // As long as a session can live at most; the server decides earlier.
  if (token === null) reply.clearCookie(cookieName, kept)
  else reply.setCookie(cookieName, token, { ...kept, maxAge: 90 * 86_400 })
}
