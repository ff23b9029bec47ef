import type { Viewer } from '#server/access/viewer.ts'
import type { Pool } from '#server/db/connect.ts'
import { Problem } from '#shared/problem.ts'

/** What work in the background gets. */
export interface Background {
  db: Pool
  /** A person as of now, or null when they may no longer come. */
  viewerOf(id: string): Promise<Viewer | null>
  /** Aborted when the program stops. */
  signal?: AbortSignal
}

/** The program stops: the work ends between two batches and goes on after the next start. */
export class Interrupted extends Error {}

export function goOn({ signal }: Background): void {
  if (signal?.aborted === true) throw new Interrupted()
}

/** For whom the work is done, as of now: rights may have changed since it was asked for. */
export async function requireViewer(around: Background, id: string, source: Viewer['source']): Promise<Viewer> {
  const viewer = await around.viewerOf(id)
  if (viewer === null) throw new Problem('background.nobody')
  return { ...viewer, source }
}

/** One worker at a time on one thing; a worker that died lets go with its connection. Waits at most half a minute. */
export async function exclusively(db: Pool, id: string, work: () => Promise<void>): Promise<void> {
  const client = await db.pool.connect()
  let lost: Error | undefined
  try {
    await client.query(`set lock_timeout = '30s'`)
    await client.query('select pg_advisory_lock(hashtextextended($1, 5142))', [id])
    await work()
  } finally {
    await client.query('select pg_advisory_unlock_all()').then(() => client.query('reset lock_timeout')).catch((error: Error) => { lost = error })
    client.release(lost)
  }
}

/** The choices changed, or somebody cancelled, while this step was at work: it ends quietly. */
export class Outdated extends Error {}
