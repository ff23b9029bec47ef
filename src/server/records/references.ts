import type { Reference } from '#shared/fields/field.ts'
import type { Field, ObjectType } from '#shared/object.ts'
import type { Finding } from '#shared/problem.ts'
import type { Viewer } from '../access/viewer.ts'
import { isPeople, targetOf } from '../catalog/catalog.ts'
import type { Db } from '../db/connect.ts'
import { raw, sql } from '../db/sql.ts'
import { labelled } from './json.ts'

/** What references point to, by object and id: their labels, as this viewer sees them. */
export type Labels = Map<string, Reference>

const key = (object: ObjectType, id: string) => `${object.name}/${id}`

/** Looks up the records behind references, one question per object. Unseen ones stay absent. */
export async function labelsOf(db: Db, viewer: Viewer, wanted: { field: Field; id: unknown }[], living = true): Promise<Labels> {
  const labels: Labels = new Map()
  const byObject = new Map<ObjectType, Set<string>>()
  for (const { field, id } of wanted) {
    const target = targetOf(field)
    if (!target || typeof id !== 'string') continue
    byObject.set(target, (byObject.get(target) ?? new Set()).add(id))
  }
  for (const [target, ids] of byObject) {
    const { from, label } = labelled(viewer, target)
    const rows = await db.query<Reference>(sql`select id, ${label} as label from ${from} target where id = any(${[...ids]}::uuid[])${!isPeople(target) || !living ? raw('') : sql` and deleted_at is null`}`)
    rows.forEach(row => labels.set(key(target, row.id), row))
  }
  return labels
}

/** A stored id as the API shows it. */
export function referenceOf(labels: Labels, field: Field, id: unknown): Reference | null {
  const target = targetOf(field)
  if (!target || typeof id !== 'string') return null
  return labels.get(key(target, id)) ?? { id, label: null }
}

/** References to what is not there, or not for this viewer, are refused. */
export const unknownReferences = (labels: Labels, wanted: { field: Field; id: unknown }[]): Finding[] =>
  wanted.flatMap(({ field, id }) => {
    const target = targetOf(field)
    return target && typeof id === 'string' && !labels.has(key(target, id)) ? [{ field: field.name, code: 'reference.unknown', values: { text: id }, value: id }] : []
  })
