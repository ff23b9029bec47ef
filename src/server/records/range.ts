import { uuidv7 } from 'uuidv7'
import { mostInRange } from '#shared/api/sheet.ts'
import type { Filter } from '#shared/filter.ts'
import { Problem } from '#shared/problem.ts'
import type { Viewer } from '../access/viewer.ts'
import { objectOf } from '../catalog/catalog.ts'
import type { Db } from '../db/connect.ts'
import { enqueue } from '../db/queue.ts'
import { sql } from '../db/sql.ts'
import { changeSome } from './edit.ts'
import { planOf } from './find.ts'
import { rowsOf } from './order.ts'
import { freshenSearch } from './search-index.ts'
import { orderOf } from './sort.ts'

export interface RangeInput {
  filter?: Filter | undefined
  q?: string | undefined
  sort?: string | undefined
  from: number
  to: number
  rows: Record<string, unknown>[]
  reason?: string | undefined
}

/**
 * Writes values into the rows `from` to `to` of a list as it stands now, in its order, as one batch: `rows` over and over. For what a sheet marks but has not loaded.
 * Rows that may not be touched, or refuse their values, are skipped and counted.
 */
export async function fillRange(db: Db, viewer: Viewer, name: string, input: RangeInput): Promise<{ batchId: string; done: number; skipped: number }> {
  const object = objectOf(name)
  const size = input.to - input.from + 1
  if (size < 1 || input.rows.every(row => Object.keys(row).length === 0)) throw new Problem('record.nothing')
  if (size > mostInRange) throw new Problem('record.tooMany', { most: mostInRange })
  if (input.q?.trim()) await freshenSearch(db)
  const plan = planOf(viewer, object, { filter: input.filter, q: input.q, fields: [] })
  const found = await rowsOf(db, plan, orderOf(viewer, object, input.sort), { offset: input.from, limit: size })
  const batchId = uuidv7()
  const reason = input.reason ?? null
  await db.query(sql`insert into batches (id, kind, object, viewer_id, reason) values (${batchId}, 'range', ${name}, ${viewer.id}, ${reason})`)
  const changes = found.map(({ id }, i) => ({ id, values: input.rows[i % input.rows.length] ?? {} })).filter(({ values }) => Object.keys(values).length > 0)
  let done = 0
  for (let start = 0; start < changes.length; start += 2000) {
    done += (await db.transaction(tx => changeSome(tx, viewer, object, changes.slice(start, start + 2000), { batchId, reason }))).ids.length
  }
  await enqueue(db, 'search.catchUp', {}, 'search.catchUp')
  return { batchId, done, skipped: changes.length - done }
}
