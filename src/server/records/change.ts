import type { RecordOut } from '#shared/api/records.ts'
import type { Field, ObjectType } from '#shared/object.ts'
import { Problem, type Finding } from '#shared/problem.ts'
import { isCovered, scopesOf } from '../access/scope.ts'
import type { Viewer } from '../access/viewer.ts'
import type { Change } from '../audit/write.ts'
import { allObjects, objectOf, targetOf } from '../catalog/catalog.ts'
import type { Db } from '../db/connect.ts'
import { ident, sql } from '../db/sql.ts'
import { refuse, withNotes } from './create.ts'
import { get, savedAs } from './get.ts'
import { keepComputed } from './keep-computed.ts'
import { labelsOf, referenceOf, unknownReferences, type Labels } from './references.ts'
import { lockRow, type StoredRow } from './row.ts'
import { updateRecord, type Act } from './save.ts'
import { fromStored } from './storage.ts'
import { taken } from './taken.ts'
import { understandChange } from './values.ts'

export interface ChangeInput { values: Record<string, unknown>; reason?: string | undefined; version?: number | undefined }

/** Changes a record. A stale version is refused with both values of every field in question; what stays the same makes no entry. */
export function change(db: Db, viewer: Viewer, name: string, id: string, input: ChangeInput, act: Act = {}): Promise<RecordOut> {
  const object = objectOf(name)
  return db.transaction(async tx => {
    const row = await lockRow(tx, viewer, object, id, 'edit')
    if (input.version !== undefined && input.version !== row.version) await conflict(tx, viewer, name, id, input)
    const { notes, save } = await prepareChange(tx, viewer, object, row, input, act)
    return withNotes(await savedAs(name, save(), () => get(tx, viewer, name, id)), notes)
  })
}

/** The same on a row that is locked already: whether anything changed, and what is worth a look. */
export async function changeRow(db: Db, viewer: Viewer, object: ObjectType, row: StoredRow, input: ChangeInput, act: Act = {}): Promise<{ changed: boolean; notes: Finding[] }> {
  const { changed, notes, save } = await prepareChange(db, viewer, object, row, input, act)
  await save()
  return { changed, notes }
}

/** Everything about a change that may refuse it; `save` sends it. */
async function prepareChange(db: Db, viewer: Viewer, object: ObjectType, row: StoredRow, input: ChangeInput, act: Act) {
  const { stored, findings, notes } = understandChange(viewer, object, row, input.values)
  const references = [...stored].filter(([field]) => targetOf(field)).map(([field, id]) => ({ field, id }))
  const labels = await labelsOf(db, viewer, references)
  findings.push(...unknownReferences(labels, references), ...await taken(db, object, stored, row.id), ...reasonRule(stored, row, input.reason))
  refuse(findings)
  if (stored.size === 0) return { changed: false, notes, save: async () => {} }

  mayGiveAway(viewer, object, row, stored)
  const changes = await changesOf(db, viewer, row, stored, labels)
  const isTransfer = [...stored.keys()].some(field => field.column === 'owner_id')
  const save = async () => {
    await updateRecord(db, viewer, object, row, stored, changes, { reason: input.reason ?? null, ...act })
    if (isTransfer) await takeAlong(db, object, row.id)
  }
  return { changed: true, notes, save }
}

/** 变更原因: asked once per save, when a field that wants one had a value before. */
const reasonRule = (stored: Map<Field, unknown>, row: StoredRow, reason: string | undefined): Finding[] =>
  reason?.trim() ? [] : [...stored.keys()].filter(field => field.needsReason && row[field.column] !== null).slice(0, 1)
    .map(field => ({ field: field.name, code: 'reason.required' }))

/** Another owner is a transfer: it needs that right on the record as it was. */
function mayGiveAway(viewer: Viewer, object: ObjectType, row: StoredRow, stored: Map<Field, unknown>) {
  const owner = [...stored.keys()].find(field => field.column === 'owner_id')
  if (owner && !isCovered(viewer, scopesOf(viewer, object, 'transfer'), row)) throw new Problem('record.forbidden', {}, { fields: [{ field: owner.name, code: 'field.forbidden' }] })
}

/** What belongs to the record follows it to its new owner. */
async function takeAlong(db: Db, object: ObjectType, id: string) {
  for (const other of allObjects()) {
    const link = other.fields.find(field => field.name === other.ownerFrom && field.target === object.name)
    if (!link) continue
    const taken = await db.query<{ id: string }>(sql`update ${ident(other.table)} child set owner_id = parent.owner_id, owner_department_id = parent.owner_department_id
      from ${ident(object.table)} parent where parent.id = ${id}::uuid and child.${ident(link.column)} = parent.id returning child.id`)
    await keepComputed(db, { object: other, ids: taken.map(row => row.id), fields: other.fields.filter(field => field.column === 'owner_id' || field.column === 'owner_department_id') })
  }
}

async function changesOf(db: Db, viewer: Viewer, row: StoredRow, stored: Map<Field, unknown>, after: Labels): Promise<Change[]> {
  const references = [...stored.keys()].filter(field => targetOf(field)).map(field => ({ field, id: row[field.column] }))
  const before = await labelsOf(db, viewer, references, false)
  return [...stored].map(([field, value]) => targetOf(field)
    ? { field: field.name, before: referenceOf(before, field, row[field.column]), after: referenceOf(after, field, value) }
    : { field: field.name, before: fromStored(field, row[field.column]), after: fromStored(field, value) })
}

async function conflict(db: Db, viewer: Viewer, name: string, id: string, input: ChangeInput): Promise<never> {
  const current = await get(db, viewer, name, id)
  const fields = Object.entries(input.values).map(([field, mine]) => ({ field, mine, theirs: current[field] ?? null }))
  throw new Problem('record.conflict', {}, { details: { version: current.version, updatedAt: current.updatedAt, updatedBy: current.updatedBy, fields } })
}
