import type { RecordOut } from '#shared/api/records.ts'
import type { Field, ObjectType } from '#shared/object.ts'
import { Problem, type Finding } from '#shared/problem.ts'
import { isCovered, mayCreate, scopesOf, type Belonging } from '../access/scope.ts'
import type { Viewer } from '../access/viewer.ts'
import type { Change } from '../audit/write.ts'
import { objectOf, targetOf } from '../catalog/catalog.ts'
import type { Db } from '../db/connect.ts'
import { ident, sql } from '../db/sql.ts'
import { get, savedAs } from './get.ts'
import { labelsOf, referenceOf, unknownReferences, type Labels } from './references.ts'
import { insertRecord, newId, type Act } from './save.ts'
import { fromStored } from './storage.ts'
import { taken } from './taken.ts'
import { understandNew } from './values.ts'

/** A new record. The id may come from whoever made it; the human number is given here. Belongs to its maker unless said otherwise. */
export const create = (db: Db, viewer: Viewer, name: string, input: CreateInput, act: Act = {}): Promise<RecordOut> => db.transaction(tx => createIn(tx, viewer, name, input, act))

interface CreateInput { id?: string | undefined; values: Record<string, unknown>; reason?: string | undefined }

async function createIn(db: Db, viewer: Viewer, name: string, input: CreateInput, act: Act): Promise<RecordOut> {
  const object = objectOf(name)
  if (!mayCreate(viewer, object)) throw new Problem('record.forbidden')
  const { stored, findings, notes } = understandNew(viewer, object, input.values)
  const references = [...stored].filter(([field]) => targetOf(field)).map(([field, id]) => ({ field, id }))
  const labels = await labelsOf(db, viewer, references)
  findings.push(...unknownReferences(labels, references), ...await taken(db, object, stored))
  refuse(findings)

  const belonging = await belongingOf(db, viewer, object, stored)
  const isMine = belonging.owner_id === viewer.id
  if (object.owned && !isMine && !isCovered(viewer, scopesOf(viewer, object, 'edit'), belonging)) throw new Problem('record.forbidden')
  const owner = [...stored.keys()].find(field => field.column === 'owner_id')
  if (owner) stored.delete(owner)
  const id = input.id ?? newId()
  const changes = changesOf(stored, labels)
  const saving = insertRecord(db, viewer, object, id, stored, sql`select ${belonging.owner_id}::uuid, ${belonging.owner_department_id}::uuid`, changes, { reason: input.reason ?? null, ...act })
  return withNotes(await savedAs(name, saving, () => get(db, viewer, name, id)), notes)
}

/** What is worth a look about a save that was accepted goes back with the record. */
export const withNotes = (record: RecordOut, notes: Finding[]): RecordOut => (notes.length === 0 ? record : { ...record, findings: notes })

/** All problems of all fields at once. */
export function refuse(findings: Finding[]) {
  if (findings.length > 0) throw new Problem('record.invalid', { count: findings.length }, { fields: findings })
}

const changesOf = (stored: Map<Field, unknown>, labels: Labels): Change[] =>
  [...stored].filter(([, value]) => value !== null)
    .map(([field, value]) => ({ field: field.name, before: null, after: targetOf(field) ? referenceOf(labels, field, value) : fromStored(field, value) }))

/** Whose the record is: its owner's, or with its parent's owner. Whoever has no user (the system) leaves it without one. */
async function belongingOf(db: Db, viewer: Viewer, object: ObjectType, stored: Map<Field, unknown>): Promise<Belonging> {
  const nobody = { owner_id: null, owner_department_id: null }
  if (!object.owned) return nobody
  const parent = object.fields.find(field => field.name === object.ownerFrom)
  const target = parent && targetOf(parent)
  if (parent && target) {
    const [row] = await db.query<Belonging>(sql`select owner_id, owner_department_id from ${ident(target.table)} where id = ${stored.get(parent)}::uuid for key share`, 'prepared')
    return row ?? nobody
  }
  const owner = [...stored.keys()].find(field => field.column === 'owner_id')
  const ownerId = owner ? stored.get(owner) : viewer.kind === 'person' ? viewer.id : null
  const [row] = await db.query<Belonging>(sql`select id as owner_id, department_id as owner_department_id from users where id = ${ownerId}::uuid`, 'prepared')
  return row ?? nobody
}
