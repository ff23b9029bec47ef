import type { Db, Pool } from './connect.ts'
import { sql } from './sql.ts'

/** Background work by name; `jobs/worker.ts` knows who does it. */
export type Step = 'import.read' | 'import.commit' | 'import.undo' | 'export.run' | 'search.catchUp' | 'upkeep' | 'field.fill' | 'field.daily'

/**
 * Puts work into the queue, in the caller's transaction: no commit, no work. Work with a key that waits already is replaced, not queued twice;
 * work with that key that is being done is left to end, and this follows.
 */
export async function enqueue(db: Db, step: Step, payload: Record<string, unknown>, key: string | null = null): Promise<void> {
  await db.query(sql`select graphile_worker.add_job(${step}::text, ${JSON.stringify(payload)}::json, job_key := ${key}::text, max_attempts := 5)`)
}

/** Makes or updates the tables of the queue. */
export async function installQueue(db: Pool): Promise<void> {
  const { Logger, runMigrations } = await import('graphile-worker')
  listenToErrors(db)
  await runMigrations({ pgPool: db.pool, logger: new Logger(() => () => {}) })
}

/** The queue wants every client of the pool to have a listener, so that a lost connection does not end the program. */
export function listenToErrors(db: Pool): void {
  if (db.pool.listenerCount('connect') === 0) db.pool.on('connect', client => { client.on('error', () => {}) })
}
