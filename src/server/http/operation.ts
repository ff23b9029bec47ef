import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Viewer } from '#server/access/viewer.ts'
import type { Db, Pool } from '#server/db/connect.ts'
import { sql } from '#server/db/sql.ts'
import { Problem } from '#shared/problem.ts'

/** What is sent: kept with the operation, so that a repeated one answers the same, byte for byte. */
export interface Answer { status: number; text: string | null }

export interface Operation { id: string; hash: Buffer }

/** The operation id of a write and what it was asked to do. */
export function operationOf(id: string | undefined, method: string, url: string, body: string): Operation | null {
  if (id === undefined) return null
  if (!/^[\x21-\x7e]{1,100}$/.test(id)) throw new Problem('request.malformed', { detail: 'Idempotency-Key' })
  return { id, hash: createHash('sha256').update(`${method} ${url}\n${body}`).digest() }
}

/**
 * One write in one transaction, remembered with its operation id: the same again, even at the same moment, gives the first answer;
 * the same id for something else is refused. A write that fails leaves no trace and may be tried again.
 */
export function perform(pool: Pool, viewer: Viewer, operation: Operation | null, work: (tx: Db) => Promise<Answer>, kept: (answer: Answer) => Answer = answer => answer): Promise<Answer> {
  return again(() => pool.transaction(async tx => {
    if (!operation) return work(tx)
    // Of two at once the second waits here for the first to commit.
    const [first] = await tx.query(sql`
      insert into operations (viewer_id, id, request_hash) values (${viewer.id}, ${operation.id}, ${operation.hash}) on conflict do nothing returning 1`, 'prepared')
    if (!first) return earlierAnswer(tx, viewer, operation)

    const answer = await work(tx)
    const { status, text } = kept(answer)
    await tx.beforeCommit(sql`update operations set status = ${status}, response = to_jsonb(${text}::text) where viewer_id = ${viewer.id} and id = ${operation.id}`)
    return answer
  }))
}

async function earlierAnswer(tx: Db, viewer: Viewer, operation: Operation): Promise<Answer> {
  const [earlier] = await tx.query<{ hash: Buffer; status: number; text: string | null }>(sql`
    select request_hash as hash, status, response #>> '{}' as text from operations where viewer_id = ${viewer.id} and id = ${operation.id}`, 'prepared')
  if (!earlier?.hash.equals(operation.hash)) throw new Problem('operation.reused')
  return { status: earlier.status, text: earlier.text }
}

/**
 * Two writes that waited for each other: PostgreSQL ends one, which simply begins again. So does who asked for a column
 * that got another type meanwhile (`rename_field_column`): by then this node has heard of it.
 */
export async function again<T>(work: () => Promise<T>, left = 2): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (left === 0 || !collisions.includes(code)) throw error
    if (code === columnGone) await sleep(200)
    return again(work, left - 1)
  }
}

const columnGone = '42703'
const collisions: unknown[] = ['40P01', '40001', columnGone]
