import { uuidv7 } from 'uuidv7'
import type { Filter } from '#shared/filter.ts'
import type { ObjectType } from '#shared/object.ts'
import { Problem } from '#shared/problem.ts'
import { isCovered, scopesOf } from '../access/scope.ts'
import type { Viewer } from '../access/viewer.ts'
import { objectOf } from '../catalog/catalog.ts'
import type { Db } from '../db/connect.ts'
import { enqueue } from '../db/queue.ts'
import { sql } from '../db/sql.ts'
import { changeRow } from './change.ts'
import { findAll } from './find.ts'
import { moveMany } from './remove.ts'
import { lockRows } from './row.ts'

export interface BulkInput {
  ids?: string[] | undefined
  filter?: Filter | undefined
  q?: string | undefined
  action: 'change' | 'remove' | 'restore'
  values?: Record<string, unknown> | undefined
  reason?: string | undefined
}

/** The same act on many records as one undoable batch, in transactions of 2,000. What may not be touched is skipped and counted; a value that no record can take refuses everything. */
export async function bulk(db: Db, viewer: Viewer, name: string, input: BulkInput): Promise<{ batchId: string; done: number; skipped: number }> {
  const object = objectOf(name)
  if (input.action === 'change' && Object.keys(input.values ?? {}).length === 0) throw new Problem('record.nothing')
  if (!input.ids && !input.filter && !input.q) throw new Problem('request.malformed', { detail: 'ids, filter' })
  const ids = input.ids ?? await idsOf(db, viewer, name, input)
  const batchId = uuidv7()
  await db.query(sql`insert into batches (id, kind, object, viewer_id, reason) values (${batchId}, ${`bulk.${input.action}`}, ${name}, ${viewer.id}, ${input.reason ?? null})`)

  let done = 0
  for (let i = 0; i < ids.length; i += 2000) {
    done += await db.transaction(tx => actOnSome(tx, viewer, object, ids.slice(i, i + 2000), input, batchId))
  }
  await enqueue(db, 'search.catchUp', {}, 'search.catchUp')
  return { batchId, done, skipped: ids.length - done }
}

async function idsOf(db: Db, viewer: Viewer, name: string, input: BulkInput): Promise<string[]> {
  const ids: string[] = []
  const query = { ...(input.filter ? { filter: input.filter } : {}), ...(input.q ? { q: input.q } : {}), fields: [], deleted: input.action === 'restore' }
  for await (const page of findAll(db, viewer, name, query)) ids.push(...page.map(record => record.id))
  return ids
}

async function actOnSome(db: Db, viewer: Viewer, object: ObjectType, ids: string[], input: BulkInput, batchId: string): Promise<number> {
  const rows = await lockRows(db, viewer, object, ids, { deleted: input.action === 'restore' })
  const scopes = scopesOf(viewer, object, input.action === 'change' ? 'edit' : 'delete')
  const mine = rows.filter(row => isCovered(viewer, scopes, row))
  if (input.action !== 'change') {
    await moveMany(db, viewer, object, mine.map(row => row.id), input.action, { batchId, reason: input.reason ?? null })
    return mine.length
  }
  let done = 0
  for (const row of mine) done += Number((await changeRow(db, viewer, object, row, { values: input.values ?? {}, reason: input.reason }, { batchId })).changed)
  return done
}
