import { checkConnection } from './connection.ts'
import { refresh } from './queries.ts'
import { signedOut } from './session/me.ts'
import { createStore } from './store.ts'

/** Something changed: which object, and which records (none named: many). Never what it says. */
export interface Hint { object: string; ids: string[] }

const listeners = new Set<(hint: Hint) => void>()
const connected = createStore(true)
export const useLive = connected.use

/** Tells a screen of changes that others made, until the returned function is called. */
export function onHint(listener: (hint: Hint) => void): () => void {
  listeners.add(listener)
  return () => { listeners.delete(listener) }
}

/** A screen of somebody else: in which cell they work, or only the screen, when they have left. */
export interface Elsewhere { screen: string; user?: { id: string; name: string }; object?: string; id?: string; field?: string }

const watchers = new Set<(other: Elsewhere) => void>()

/** Tells of cells in which others work, until the returned function is called. */
export function onElsewhere(watcher: (other: Elsewhere) => void): () => void {
  watchers.add(watcher)
  return () => { watchers.delete(watcher) }
}

let line: WebSocket | undefined

/** Says where this person works; without a line nobody needs to know. */
export function sayEditing(editing: { object: string; id: string; field: string } | null) {
  if (line?.readyState === WebSocket.OPEN) line.send(JSON.stringify({ editing }))
}

/** The server closes with it when the session has ended. */
const sessionEnded = 4401

/** Keeps a line to the server open; what was read and has changed is read again. Returns how to end it. */
export function startLive(): () => void {
  let socket: WebSocket | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let pause = 500
  let missed = false

  const open = () => {
    socket = new WebSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/api/v1/live`)
    line = socket
    socket.onopen = () => {
      pause = 500
      connected.set(true)
      // Hints that came while the line was down are lost: everything may have changed.
      if (missed) announce({ object: '*', ids: [] })
      missed = false
    }
    socket.onmessage = event => {
      const said = JSON.parse(String(event.data)) as Hint & { presence?: Elsewhere }
      if (said.presence) watchers.forEach(watcher => watcher(said.presence ?? { screen: '' }))
      else gather(said)
    }
    socket.onclose = ({ code }) => {
      if (code === sessionEnded) signedOut()
      else void checkConnection()
      missed = true
      connected.set(false)
      timer = setTimeout(open, pause * (0.75 + Math.random() / 2))
      pause = Math.min(pause * 2, 20_000)
    }
  }
  open()
  return () => {
    clearTimeout(timer)
    if (socket) socket.onclose = null
    socket?.close()
  }
}

let waiting = new Map<string, Set<string> | 'many'>()

/** Hints of the same quarter of a second are told once. */
function gather({ object, ids }: Hint) {
  if (typeof object !== 'string') return
  if (waiting.size === 0) setTimeout(tell, 250)
  const before = waiting.get(object) ?? new Set<string>()
  if (ids.length === 0 || before === 'many') waiting.set(object, 'many')
  else waiting.set(object, ids.reduce((all, id) => all.add(id), before))
}

function tell() {
  const told = waiting
  waiting = new Map()
  told.forEach((ids, object) => announce({ object, ids: ids === 'many' ? [] : [...ids] }))
}

function announce(told: Hint) {
  // Other fields: what was read has other columns now, or calls things otherwise.
  const hint = told.object === 'fields' ? { object: '*', ids: [] } : told
  refresh(hint.object, hint.ids.length === 0 ? undefined : hint.ids)
  listeners.forEach(listener => listener(hint))
}
