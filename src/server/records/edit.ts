import { uuidv7 } from 'uuidv7'
import { mostAtOnce, type Refused } from '#shared/api/sheet.ts'
import type { Field, ObjectType } from '#shared/object.ts'
import { Problem, type Finding } from '#shared/problem.ts'
import { isCovered, mayCreate, scopesOf } from '../access/scope.ts'
import type { Viewer } from '../access/viewer.ts'
import { objectOf, targetOf } from '../catalog/catalog.ts'
import type { Db } from '../db/connect.ts'
import { enqueue } from '../db/queue.ts'
import { sql } from '../db/sql.ts'
import { createMany, refusal } from './batch.ts'
import { changeRow } from './change.ts'
import { dress } from './dress.ts'
import { labelsOf, referenceOf, unknownReferences } from './references.ts'
import { relation, visibleColumns } from './relation.ts'
import { moveMany } from './remove.ts'
import { lockRows, type StoredRow } from './row.ts'
import { fromStored } from './storage.ts'
import { understandNew } from './values.ts'

type Values = Record<string, unknown>

export interface EditInput {
  create?: { id: string; values: Values }[] | undefined
  change?: { id: string; version?: number | undefined; values: Values }[] | undefined
  remove?: string[] | undefined
  reason?: string | undefined
}

interface Act { batchId: string; reason: string | null }
interface Done { ids: string[]; refused: Refused[] }

/** What was typed, pasted or deleted in a sheet: one transaction, one batch. What is refused comes back by row and field and does not stop the rest. As the JSON text of an `Edited`. */
export function editMany(db: Db, viewer: Viewer, name: string, input: EditInput): Promise<string> {
  const object = objectOf(name)
  const { create = [], change = [], remove = [] } = input
  const rows = create.length + change.length + remove.length
  if (rows === 0) throw new Problem('record.nothing')
  if (rows > mostAtOnce) throw new Problem('record.tooMany', { most: mostAtOnce })
  return db.transaction(async tx => {
    const act: Act = { batchId: uuidv7(), reason: input.reason ?? null }
    await tx.query(sql`insert into batches (id, kind, object, viewer_id, reason) values (${act.batchId}, 'edit', ${name}, ${viewer.id}, ${act.reason})`)
    const made = await createSome(tx, viewer, object, create, act)
    const changed = await changeSome(tx, viewer, object, change, act)
    const removed = await removeSome(tx, viewer, object, remove, act)
    const ids = [...made.ids, ...changed.ids]
    const done = ids.length + removed.ids.length
    if (done > 0) await enqueue(tx, 'search.catchUp', {}, 'search.catchUp')
    const records = await dress(tx, { viewer, columns: visibleColumns(viewer, object), from: relation(viewer, object) }, ids)
    const refused = [...made.refused, ...changed.refused, ...removed.refused]
    return `{"batchId":${done > 0 ? `"${act.batchId}"` : 'null'},"done":${done},"records":[${records}],"refused":${JSON.stringify(refused)}}`
  })
}

/** New records as a form would make them: defaults, demands, references looked up for all of them at once. */
async function createSome(db: Db, viewer: Viewer, object: ObjectType, rows: { id: string; values: Values }[], act: Act): Promise<Done> {
  if (rows.length === 0) return { ids: [], refused: [] }
  if (!mayCreate(viewer, object)) throw new Problem('record.forbidden')
  const read = rows.map(({ id, values }) => ({ id, ...understandNew(viewer, object, values) }))
  const referencesOf = (stored: Map<Field, unknown>) => [...stored].filter(([field]) => targetOf(field)).map(([field, value]) => ({ field, id: value }))
  const labels = await labelsOf(db, viewer, read.flatMap(({ stored }) => referencesOf(stored)))
  const refused: Refused[] = []
  const ready: { id: string; values: Values }[] = []
  for (const { id, stored, findings } of read) {
    findings.push(...unknownReferences(labels, referencesOf(stored)))
    if (findings.length > 0) refused.push({ id, fields: findings })
    else ready.push({ id, values: Object.fromEntries([...stored].map(([field, value]) => [field.name, targetOf(field) ? referenceOf(labels, field, value) : fromStored(field, value)])) })
  }
  for (let start = 0; start < ready.length; start += 2000) {
    const result = await createMany(db, viewer, object.name, ready.slice(start, start + 2000), act).catch(clash)
    refused.push(...result.refused.map(({ id, findings }) => ({ id, fields: findings })))
  }
  const lost = new Set(refused.map(({ id }) => id))
  return { ids: ready.map(({ id }) => id).filter(id => !lost.has(id)), refused }
}

/** Somebody took the same number or id at the same moment: the whole act is refused and may be tried again. */
function clash(error: { code?: string; constraint?: string }): never {
  if (error.code === '23505') throw new Problem('record.exists')
  throw error
}

/** Changes of rows that may have been changed since; a refused row does not stop the others. */
export async function changeSome(db: Db, viewer: Viewer, object: ObjectType, rows: NonNullable<EditInput['change']>, act: Act): Promise<Done> {
  const locked = new Map((await lockRows(db, viewer, object, rows.map(row => row.id))).map(row => [row.id, row]))
  const scopes = scopesOf(viewer, object, 'edit')
  const done: Done = { ids: [], refused: [] }
  for (const { id, version, values } of rows) {
    const stored = locked.get(id)
    if (!stored || !isCovered(viewer, scopes, stored)) done.refused.push({ id, fields: [{ code: stored ? 'record.forbidden' : 'record.notFound' }] })
    else if (version !== undefined && version !== stored.version) done.refused.push({ id, fields: [{ code: 'record.conflict' }] })
    else {
      const findings = await changeOne(db, viewer, object, stored, values, act)
      if (findings.length > 0) done.refused.push({ id, fields: findings })
      if (findings.length === 0 || isPartly(findings, values)) done.ids.push(id)
    }
  }
  return done
}

/** Whether what was refused left something to be saved. A rule that misses another field refuses them all: nobody knows which of them it would allow. */
const isPartly = (findings: Finding[], values: Values) => {
  const refused = new Set(findings.map(({ field }) => field ?? ''))
  return [...refused].every(name => name in values) && Object.keys(values).some(name => !refused.has(name))
}

/** Values that are refused do not keep the others of the row from being saved. */
async function changeOne(db: Db, viewer: Viewer, object: ObjectType, row: StoredRow, values: Values, act: Act): Promise<Finding[]> {
  const findings = await changeRow(db, viewer, object, row, { values, reason: act.reason ?? undefined }, act).then(() => [], refusal)
  if (findings.length === 0 || !isPartly(findings, values)) return findings
  const names = new Set(findings.map(({ field }) => field))
  const rest = Object.fromEntries(Object.entries(values).filter(([name]) => !names.has(name)))
  return [...findings, ...await changeOne(db, viewer, object, row, rest, act)]
}

async function removeSome(db: Db, viewer: Viewer, object: ObjectType, ids: string[], act: Act): Promise<Done> {
  if (ids.length === 0) return { ids: [], refused: [] }
  const scopes = scopesOf(viewer, object, 'delete')
  const rows = await lockRows(db, viewer, object, ids)
  const mine = rows.filter(row => isCovered(viewer, scopes, row)).map(row => row.id)
  await moveMany(db, viewer, object, mine, 'remove', act)
  const known = new Set(rows.map(row => row.id))
  const kept = ids.filter(id => !mine.includes(id))
  return { ids: mine, refused: kept.map(id => ({ id, fields: [{ code: known.has(id) ? 'record.forbidden' : 'record.notFound' }] })) }
}
