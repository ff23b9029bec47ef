import { createStore } from './store.ts'

/** Can the server be reached, and can it save? Shown as a line on top of every screen. */
export type Connection = 'ok' | 'server' | 'database' | 'disk'

const state = createStore<Connection>('ok')
export const useConnection = state.use
export const currentConnection = state.get
export const onConnection = state.watch

let timer: ReturnType<typeof setTimeout> | undefined

/** A request did not arrive, or the server said that it cannot work now: ask until it can again. */
export function connectionLost(reason: Exclude<Connection, 'ok'>) {
  state.set(reason)
  if (reason === 'disk') return
  clearTimeout(timer)
  timer = setTimeout(() => void ask(2000), 1000)
}

export function connectionWorks() {
  clearTimeout(timer)
  state.set('ok')
}

/** Something broke off: is the server still there? */
export async function checkConnection() {
  if (state.get() === 'ok' && !(await isUp())) connectionLost('server')
}

/** Asks at once, for the button on the line. */
export const retryConnection = () => ask(2000)

async function ask(pause: number) {
  clearTimeout(timer)
  if (await isUp()) return state.set('ok')
  timer = setTimeout(() => void ask(Math.min(pause * 1.5, 15_000)), pause)
}

const isUp = () => fetch('/healthz', { cache: 'no-store' }).then(response => response.ok, () => false)
