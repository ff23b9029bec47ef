import { randomUUID } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { scopesOf } from '#server/access/scope.ts'
import type { Viewer } from '#server/access/viewer.ts'
import { allObjects } from '#server/catalog/catalog.ts'
import type { Pool } from '#server/db/connect.ts'
import { visibleIds } from '#server/records/get.ts'
import { hints, type Hint } from '#server/records/hints.ts'
import { presence, type Place, type Presence } from '#server/records/presence.ts'
import { fieldsHint } from '#server/shape/shaping.ts'
import { findSession, type Defaults } from '#server/users/session.ts'
import { viewsHint } from '#server/views/save.ts'
import { Problem } from '#shared/problem.ts'
import { placeIn, seesPlace, wordFor } from './presence.ts'
import { isSameOrigin, tokenOf } from './session.ts'

/** What we use of a ws socket. */
interface Socket {
  send(text: string): void
  close(code?: number): void
  ping(): void
  terminate(): void
  on(event: 'close' | 'error' | 'pong', listener: () => void): void
  on(event: 'message', listener: (data: Buffer) => void): void
}

interface Watcher {
  socket: Socket
  token: string
  userId: string
  isAlive: boolean
  /** Names this screen to others. */
  screen: string
  isPerson: boolean
  /** Screens that it was told work somewhere. */
  told: Set<string>
  /** What it said last has not been passed on yet: newer words take its place. */
  waiting: { place: Place | null } | null
  isSomewhere: boolean
}

/** The close code that tells the client to sign in again. */
const signedOut = 4401
const heartbeat = 30_000

/** WebSocket /api/v1/live: `{object, ids}` after commits, and in which cells others work, only of records that this viewer may see at that moment. */
export function registerLive(app: FastifyInstance, db: Pool, defaults: Defaults, publicUrl: string | null) {
  const watchers = new Set<Watcher>()
  let work = Promise.resolve()
  const inTurn = (task: () => Promise<void>) => { work = work.then(task).catch(() => {}) }

  const tell = async (hint: Hint) => {
    for (const watcher of watchers) {
      if (hint.object !== 'sessions') await inform(db, defaults, watcher, hint)
      else if (hint.ids.includes(watcher.userId)) await stillKnown(db, defaults, watcher)
    }
  }
  const beat = async () => {
    for (const watcher of watchers) {
      if (!watcher.isAlive) watcher.socket.terminate()
      watcher.isAlive = false
      watcher.socket.ping()
      await stillKnown(db, defaults, watcher)
    }
  }
  const pass = async (said: Presence) => {
    for (const watcher of watchers) if (watcher.screen !== said.screen) await informOf(db, defaults, watcher, said)
  }
  const stopListening = [hints.listen(hint => inTurn(() => tell(hint))), presence.listen(said => inTurn(() => pass(said)))]
  const timer = setInterval(() => inTurn(beat), heartbeat).unref()

  app.get('/api/v1/live', { websocket: true, preValidation: request => admit(request, db, defaults, publicUrl) }, (socket: Socket, request) => {
    const watcher: Watcher = {
      socket, token: tokenOf(request)?.token ?? '', userId: request.live?.viewer.id ?? '', isAlive: true,
      screen: randomUUID(), isPerson: request.live?.kind === 'person', told: new Set(), waiting: null, isSomewhere: false,
    }
    watchers.add(watcher)
    socket.on('close', () => {
      watchers.delete(watcher)
      if (watcher.isSomewhere) presence.emit({ screen: watcher.screen, user: { id: watcher.userId, name: '' }, place: null })
    })
    socket.on('error', () => socket.terminate())
    socket.on('pong', () => { watcher.isAlive = true })
    socket.on('message', data => {
      const place = watcher.isPerson ? placeIn(String(data)) : undefined
      if (place === undefined) return socket.close(1003)
      if (!watcher.waiting) inTurn(() => say(db, defaults, watcher))
      watcher.waiting = { place }
    })
    socket.send('{"ready":true}')
  })

  return async function close() {
    stopListening.forEach(stop => stop())
    clearInterval(timer)
    watchers.forEach(watcher => watcher.socket.close(1001))
    await work
  }
}

async function admit(request: FastifyRequest, db: Pool, defaults: Defaults, publicUrl: string | null) {
  const brought = tokenOf(request)
  if (brought?.byCookie && !isSameOrigin(request, publicUrl)) throw new Problem('request.foreign')
  const session = brought && (await findSession(db, brought.token, defaults))
  if (!session) throw new Problem('session.required')
  if (!session.scopes.includes('read')) throw new Problem('key.scope')
  request.live = session
}

/** Asks anew who this is: roles may have changed, the session may have ended. */
async function stillKnown(db: Pool, defaults: Defaults, watcher: Watcher): Promise<Viewer | null> {
  const session = await findSession(db, watcher.token, defaults)
  if (!session) watcher.socket.close(signedOut)
  return session?.viewer ?? null
}

async function inform(db: Pool, defaults: Defaults, watcher: Watcher, { object, ids }: Hint) {
  const viewer = await stillKnown(db, defaults, watcher)
  // What exists, and which views there are, is asked anew by everybody; each is told what they may see of it.
  if (viewer && (object === fieldsHint || object === viewsHint)) return watcher.socket.send(JSON.stringify({ object, ids: [] }))
  const declared = allObjects().find(each => each.name === object)
  if (!viewer || !declared || scopesOf(viewer, declared, 'view').length === 0) return
  const seen = ids.length === 0 ? [] : await visibleIds(db, viewer, object, ids)
  if (ids.length === 0 || seen.length > 0) watcher.socket.send(JSON.stringify({ object, ids: seen }))
}

/** Passes on where this screen works, once it is sure that its person may see that place themselves. */
async function say(db: Pool, defaults: Defaults, watcher: Watcher) {
  const place = watcher.waiting?.place ?? null
  watcher.waiting = null
  const viewer = await stillKnown(db, defaults, watcher)
  if (!viewer || (place && !await seesPlace(db, viewer, place))) return
  watcher.isSomewhere = place !== null
  presence.emit({ screen: watcher.screen, user: { id: viewer.id, name: viewer.name }, place })
}

async function informOf(db: Pool, defaults: Defaults, watcher: Watcher, said: Presence) {
  if (!said.place && !watcher.told.has(said.screen)) return
  const viewer = await stillKnown(db, defaults, watcher)
  const word = wordFor(watcher.told, said, viewer !== null && said.place !== null && await seesPlace(db, viewer, said.place))
  if (viewer && word !== null) watcher.socket.send(word)
}
