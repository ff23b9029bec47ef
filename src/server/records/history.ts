import type { HistoryEntry } from '#shared/api/records.ts'
import type { Reference } from '#shared/fields/field.ts'
import type { Field, ObjectType } from '#shared/object.ts'
import { fieldTypes } from '#shared/fields/all.ts'
import { fieldOf } from '#shared/object.ts'
import { Problem } from '#shared/problem.ts'
import { sees } from '../access/mask.ts'
import { conditionOf, scopesOf, type Belonging } from '../access/scope.ts'
import type { Viewer } from '../access/viewer.ts'
import type { Change } from '../audit/write.ts'
import { isPeople, objectOf, targetOf } from '../catalog/catalog.ts'
import type { Db } from '../db/connect.ts'
import { ident, raw, sql } from '../db/sql.ts'
import { labelsOf, referenceOf, type Labels } from './references.ts'

interface AuditRow { id: string; at: string; viewer_id: string | null; viewer_name: string; action: HistoryEntry['action']; changes: Change[] | null; reason: string | null; source: string; batch_id: string | null }

/** The timeline of a record, newest first, in what this viewer sees: hidden fields are left out, masked ones masked, before and after. */
export async function history(db: Db, viewer: Viewer, name: string, id: string, query: { before?: string | undefined; limit?: number | undefined } = {}): Promise<{ entries: HistoryEntry[]; next: string | null }> {
  const object = objectOf(name)
  const belonging = await belongingOf(db, viewer, object, id)
  const limit = Math.min(query.limit ?? 50, 200)
  const [at, before] = (query.before ?? '').split('_')
  const older = query.before ? sql` and (at, id) < (${at}::timestamptz, ${before}::uuid)` : raw('')
  const rows = await db.query<AuditRow>(sql`
    select id, at, viewer_id, viewer_name, action, changes, reason, source, batch_id from audit
    where record_id = ${id}::uuid and object = ${name} and action in ('create', 'change', 'remove', 'restore')${older} order by at desc, id desc limit ${limit + 1}`)
  const labels = await currentLabels(db, viewer, object, rows)
  const entries = rows.slice(0, limit).map(row => ({ entry: entryOf(viewer, object, belonging, labels, row), all: row.changes ?? [] }))
    // A change of which nothing may be seen is not there: its reason would tell.
    .filter(({ entry, all }) => entry.changes.length > 0 || all.length === 0).map(({ entry }) => entry)
  const last = rows[limit - 1]
  return { entries, next: rows.length > limit && last ? `${last.at}_${last.id}` : null }
}

/** Whose the record is now, if this viewer sees it at all; deleted records keep their timeline. */
async function belongingOf(db: Db, viewer: Viewer, object: ObjectType, id: string): Promise<Belonging> {
  const [row] = await db.query<Belonging>(sql`select owner_id, owner_department_id from ${ident(object.table)} where id = ${id}::uuid and ${conditionOf(viewer, scopesOf(viewer, object, 'view'))}`)
  if (!row) throw new Problem('record.notFound')
  return row
}

/** Customers named in the past are shown as this viewer sees them today, or not by name; people and departments keep the names they had. */
function currentLabels(db: Db, viewer: Viewer, object: ObjectType, rows: AuditRow[]): Promise<Labels> {
  const named = rows.flatMap(row => row.changes ?? []).flatMap(change => {
    const field = fieldOf(object, change.field)
    return field && pointsToRecords(field) ? [change.before, change.after].map(value => ({ field, id: (value as Reference | null)?.id })) : []
  })
  return labelsOf(db, viewer, named)
}

/** Not every viewer may know the name of what it points to. */
function pointsToRecords(field: Field): boolean {
  const target = targetOf(field)
  return target !== null && !isPeople(target)
}

const entryOf = (viewer: Viewer, object: ObjectType, belonging: Belonging, labels: Labels, row: AuditRow): HistoryEntry => ({
  id: row.id, at: row.at, action: row.action, reason: row.reason, source: row.source, batchId: row.batch_id,
  by: { id: row.viewer_id ?? '', label: row.viewer_name },
  changes: (row.changes ?? []).flatMap(change => shown(viewer, object, belonging, labels, change)),
})

function shown(viewer: Viewer, object: ObjectType, belonging: Belonging, labels: Labels, change: Change): Change[] {
  const field = fieldOf(object, change.field)
  if (!field) return []
  const sight = sees(viewer, object, field, belonging)
  const told = (map: (value: unknown) => unknown) => [{ field: change.field, before: map(change.before), after: map(change.after) }]
  if (sight === 'read') return pointsToRecords(field) ? told(value => referenceOf(labels, field, (value as Reference | null)?.id)) : [change]
  if (sight === 'nothing' || targetOf(field)) return []
  return told(value => (value === null ? null : fieldTypes[field.type].mask(value, field)))
}
