import type { Me } from '#shared/api/session.ts'
import { useTimeZone } from '#shared/dates.ts'
import { createStore } from '../store.ts'

/** Who sits at this screen. `expired`: somebody did, and has to say the password again before going on. */
export type Session = { state: 'asking' } | { state: 'nobody' } | { state: 'firstRun' } | { state: 'here'; me: Me } | { state: 'expired'; me: Me }

const session = createStore<Session>({ state: 'asking' })
export const useSession = session.use
export const currentSession = session.get
export const setSession = session.set

/** From now on this person sits here; times are shown in the company's zone. */
export function signedIn(me: Me) {
  useTimeZone(me.timeZone)
  session.set({ state: 'here', me })
}

/** The server does not know this session any more: where one was stays, and typed text with it. */
export function signedOut() {
  const now = session.get()
  if (now.state === 'here') session.set({ state: 'expired', me: now.me })
}

/** Inside the frame somebody is always signed in. */
export function useMe(): Me {
  const now = session.use()
  if (now.state !== 'here' && now.state !== 'expired') throw new Error('nobody is signed in')
  return now.me
}
