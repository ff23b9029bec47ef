import { changeMe } from '#shared/api/session.ts'
import { call } from './api.ts'
import { currentSession, setSession, useMe } from './session/me.ts'

let waiting: Record<string, unknown> = {}
let timer: ReturnType<typeof setTimeout> | undefined

/**
 * What a person remembers about a screen (columns, widths, …), the same on every device: the value and how to change it.
 * Shown at once, saved a moment later; `null` forgets it.
 */
export function usePreference<T>(key: string, fallback: T): [T, (next: T | null) => void] {
  const value = useMe().preferences[key]
  return [value === undefined || value === null ? fallback : value as T, next => setPreference(key, next)]
}

/** The same outside of a component. */
export function setPreference(key: string, value: unknown) {
  const session = currentSession()
  if (session.state !== 'here') return
  setSession({ state: 'here', me: { ...session.me, preferences: { ...session.me.preferences, [key]: value } } })
  waiting = { ...waiting, [key]: value }
  clearTimeout(timer)
  timer = setTimeout(() => void save(), 600)
}

/** A preference that cannot be saved is only lost on the next device: no message for it, the connection line says enough. */
async function save() {
  const preferences = waiting
  waiting = {}
  await call(changeMe, { body: { preferences } }).catch(() => { waiting = { ...preferences, ...waiting } })
}

addEventListener('pagehide', () => { if (Object.keys(waiting).length > 0) void save() })
