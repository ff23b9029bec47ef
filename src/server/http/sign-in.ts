import { writeAudit } from '#server/audit/write.ts'
import { describeMe } from '#server/users/me.ts'
import { endSession, findSession } from '#server/users/session.ts'
import { signIn } from '#server/users/sign-in.ts'
import type { Me } from '#shared/api/session.ts'
import { Problem } from '#shared/problem.ts'
import type { Context } from './route.ts'

type Visit = Pick<Context, 'pool' | 'defaults' | 'request' | 'setCookie'>

/** Signs in, gives the browser its cookie and says who one is. */
export async function enter({ pool, defaults, request, setCookie }: Visit, typed: { login: string; password: string }): Promise<Me> {
  const token = await signIn(pool, typed, request)
  const session = await findSession(pool, token, defaults)
  if (!session) throw new Problem('session.wrong')
  setCookie(token)
  return describeMe(pool, session.viewer)
}

/** Ends this session, and its live connections with it. */
export async function leave({ db, viewer, session, setCookie }: Pick<Context, 'db' | 'viewer' | 'session' | 'setCookie'>) {
  if (!session) throw new Problem('session.required')
  await endSession(db, session)
  await writeAudit(db, viewer, { action: 'session.end', object: 'users', recordId: viewer.id })
  setCookie(null)
}
