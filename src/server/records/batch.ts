import { uuidv7 } from 'uuidv7'
import type { Field, ObjectType } from '#shared/object.ts'
import { fieldOf } from '#shared/object.ts'
import { Problem, type Finding } from '#shared/problem.ts'
import { mayFill } from '../access/mask.ts'
import { isCovered, mayCreate, scopesOf, type Belonging } from '../access/scope.ts'
import { today, type Viewer } from '../access/viewer.ts'
import type { Change } from '../audit/write.ts'
import { objectOf, targetOf } from '../catalog/catalog.ts'
import type { Db } from '../db/connect.ts'
import { copyIn, copyLine } from '../db/copy.ts'
import { ident, sql } from '../db/sql.ts'
import { changeRow } from './change.ts'
import { derivedOf } from './derived.ts'
import { hints } from './hints.ts'
import { keepComputed } from './keep-computed.ts'
import { lockRows } from './row.ts'
import { takeNumbers } from './numbering.ts'
import type { Act } from './save.ts'
import { toStored } from './storage.ts'

/** Values are those of the API, parsed already (references as `{id, label}`). */
export interface BatchRow { id: string; values: Record<string, unknown> }

/** What could not be written, by the id of its row. Everything else was. */
export interface BatchResult { done: number; refused: { id: string; findings: Finding[] }[] }

interface Ready { id: string; stored: Map<Field, unknown>; belonging: Belonging; changes: Change[] }

/**
 * Many new records in one transaction of the caller (at most 2,000): numbers, belonging, audit, change feed, all by COPY.
 * Search documents are made a little later by a job. Rows that break a rule come back refused, the others are written.
 */
export async function createMany(db: Db, viewer: Viewer, name: string, rows: BatchRow[], act: Act = {}): Promise<BatchResult> {
  const object = objectOf(name)
  if (!mayCreate(viewer, object, viewer.source === 'import' ? 'import' : 'create')) throw new Problem('record.forbidden')
  const belongings = await belongingsOf(db, viewer, object, rows)
  const taken = await takenIn(db, object, rows)
  const result: BatchResult = { done: 0, refused: [] }
  const ready: Ready[] = []
  for (const row of rows) {
    const findings = taken.get(row.id) ?? []
    const belonging = belongings(row)
    if (object.owned && !belongsWell(viewer, object, belonging)) findings.push({ code: 'record.forbidden' })
    if (findings.length > 0) result.refused.push({ id: row.id, findings })
    else ready.push({ id: row.id, stored: storedOf(viewer, object, row), belonging, changes: changesOf(row) })
  }
  await write(db, viewer, object, ready, act)
  return { ...result, done: ready.length }
}

/** Many changes in one transaction of the caller. A row that is not there, not visible or not editable is refused; the others are written. */
export async function changeMany(db: Db, viewer: Viewer, name: string, rows: BatchRow[], act: Act = {}): Promise<BatchResult & { unchanged: number }> {
  const object = objectOf(name)
  const locked = new Map((await lockRows(db, viewer, object, rows.map(row => row.id))).map(row => [row.id, row]))
  const scopes = scopesOf(viewer, object, 'edit')
  const result = { done: 0, unchanged: 0, refused: [] as BatchResult['refused'] }
  for (const row of rows) {
    const stored = locked.get(row.id)
    if (!stored || !isCovered(viewer, scopes, stored)) {
      result.refused.push({ id: row.id, findings: [{ code: stored ? 'record.forbidden' : 'record.notFound' }] })
      continue
    }
    const outcome = await changeRow(db, viewer, object, stored, { values: row.values, reason: act.reason ?? undefined }, act).catch(refusal)
    if ('changed' in outcome) result[outcome.changed ? 'done' : 'unchanged'] += 1
    else result.refused.push({ id: row.id, findings: outcome })
  }
  return result
}

/** What refused a row, as findings; anything else is thrown on. */
export function refusal(error: unknown): Finding[] {
  if (error instanceof Problem && error.code.startsWith('record.')) return error.fields.length > 0 ? error.fields : [{ code: error.code }]
  throw error
}

const belongsWell = (viewer: Viewer, object: ObjectType, belonging: Belonging) =>
  belonging.owner_id === viewer.id || isCovered(viewer, scopesOf(viewer, object, 'edit'), belonging)

function storedOf(viewer: Viewer, object: ObjectType, row: BatchRow): Map<Field, unknown> {
  const stored = new Map<Field, unknown>()
  for (const [name, value] of Object.entries(row.values)) {
    const field = fieldOf(object, name)
    if (field && !field.computed && field.column !== 'owner_id' && mayFill(viewer, object, field)) stored.set(field, toStored(field, value))
  }
  for (const field of object.fields) {
    if (field.default !== undefined && field.default !== 'today' && !stored.has(field)) stored.set(field, toStored(field, field.default))
  }
  return stored
}

const changesOf = (row: BatchRow): Change[] =>
  Object.entries(row.values).filter(([, value]) => value !== null).map(([field, value]) => ({ field, before: null, after: value }))

/** Whose each row will be: its owner's or the importer's, or with its parent. One question for all. */
async function belongingsOf(db: Db, viewer: Viewer, object: ObjectType, rows: BatchRow[]): Promise<(row: BatchRow) => Belonging> {
  const nobody: Belonging = { owner_id: null, owner_department_id: null }
  if (!object.owned) return () => nobody
  const parent = object.fields.find(field => field.name === object.ownerFrom)
  const target = parent && targetOf(parent)
  const idOf = (row: BatchRow) => {
    const reference = row.values[parent?.name ?? 'owner'] as { id: string } | null | undefined
    return reference?.id ?? (parent ? null : viewer.kind === 'person' ? viewer.id : null)
  }
  const ids = [...new Set(rows.map(idOf).filter(id => id !== null))]
  const known = target
    ? await db.query<Belonging & { id: string }>(sql`select id, owner_id, owner_department_id from ${ident(target.table)} where id = any(${ids}::uuid[])`)
    : await db.query<Belonging & { id: string }>(sql`select id, id as owner_id, department_id as owner_department_id from users where id = any(${ids}::uuid[])`)
  const byId = new Map(known.map(row => [row.id, row]))
  return row => byId.get(idOf(row) ?? '') ?? nobody
}

/** Unique values that are taken already, in the table or by an earlier row of this batch. */
async function takenIn(db: Db, object: ObjectType, rows: BatchRow[]): Promise<Map<string, Finding[]>> {
  const found = new Map<string, Finding[]>()
  for (const field of object.fields.filter(each => each.unique)) {
    const values = rows.flatMap(row => (row.values[field.name] ? [String(row.values[field.name])] : []))
    if (values.length === 0) continue
    const living = field.name === object.numberField ? sql`` : sql`deleted_at is null and `
    const present = await db.query<{ value: string }>(sql`select ${ident(field.column)} as value from ${ident(object.table)} where ${living}${ident(field.column)} = any(${values}::text[])`)
    const seen = new Set(present.map(row => row.value))
    for (const row of rows) {
      const value = row.values[field.name]
      if (!value) continue
      if (seen.has(String(value))) found.set(row.id, [...(found.get(row.id) ?? []), { field: field.name, code: 'field.notUnique', value }])
      seen.add(String(value))
    }
  }
  return found
}

async function write(db: Db, viewer: Viewer, object: ObjectType, rows: Ready[], act: Act) {
  if (rows.length === 0) return
  await giveNumbers(db, viewer, object, rows)
  const fields = [...new Set(rows.flatMap(row => [...row.stored.keys()]))]
  const derived = derivedOf(object, fields)
  await copyIn(db, object.table,
    ['id', 'created_by', 'updated_by', 'owner_id', 'owner_department_id', ...fields.map(field => field.column), ...derived.map(({ column }) => column)],
    lines(rows, row => [row.id, viewer.id, viewer.id, row.belonging.owner_id, row.belonging.owner_department_id, ...fields.map(field => row.stored.get(field)), ...derived.map(({ field, of }) => of((row.stored.get(field) ?? null) as string | null))]))
  await copyIn(db, 'audit', ['id', 'viewer_id', 'viewer_name', 'action', 'object', 'record_id', 'changes', 'reason', 'source', 'batch_id'],
    lines(rows, row => [uuidv7(), viewer.id, viewer.name, 'create', object.name, row.id, JSON.stringify(row.changes), act.reason ?? null, viewer.source, act.batchId ?? null]))
  await copyIn(db, 'changes', ['object', 'record_id', 'kind'], lines(rows, row => [object.name, row.id, 'create']))
  await copyIn(db, 'search_waiting', ['object', 'id'], lines(rows, row => [object.name, row.id]))
  await keepComputed(db, { object, ids: rows.map(row => row.id), fields: 'all' })
  db.afterCommit(() => hints.emit(object.name, rows.map(row => row.id)))
}

function* lines(rows: Ready[], values: (row: Ready) => unknown[]): Generator<string> {
  for (const row of rows) yield copyLine(values(row))
}

/** Numbers for those without one, in the order of the rows. */
async function giveNumbers(db: Db, viewer: Viewer, object: ObjectType, rows: Ready[]) {
  const field = object.fields.find(each => each.name === object.numberField)
  if (!field || !object.numberPattern) return
  const missing = rows.filter(row => !row.stored.get(field))
  const given = rows.flatMap(row => (row.stored.get(field) ? [String(row.stored.get(field))] : []))
  const numbers = await takeNumbers(db, object, given, missing.length, today(viewer))
  for (const [i, number] of numbers.entries()) {
    missing[i]?.stored.set(field, number)
    missing[i]?.changes.unshift({ field: field.name, before: null, after: number })
  }
}
