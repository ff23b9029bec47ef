import { getSetup, signOut, whoAmI } from '#shared/api/session.ts'
import { Problem } from '#shared/problem.ts'
import { call } from '../api.ts'
import { onConnection, currentConnection } from '../connection.ts'
import { queries } from '../queries.ts'
import { currentSession, setSession, signedIn } from './me.ts'

/** Finds out who sits here: somebody signed in, nobody, or nobody ever. While the server is away, asks again when it is back. */
export async function begin() {
  const [who, setup] = await Promise.allSettled([call(whoAmI), call(getSetup)])
  if (who.status === 'fulfilled') return signedIn(who.value)
  if (who.reason instanceof Problem && who.reason.code === 'network.lost') return
  setSession({ state: setup.status === 'fulfilled' && setup.value.needed ? 'firstRun' : 'nobody' })
}

onConnection(() => { if (currentConnection() === 'ok' && currentSession().state === 'asking') void begin() })

/** Leaves nothing of what one saw behind. */
export async function leave() {
  await call(signOut).catch(() => undefined)
  queries.clear()
  history.replaceState(null, '', '/')
  setSession({ state: 'nobody' })
}
