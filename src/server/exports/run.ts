import { stat } from 'node:fs/promises'
import type { Writable } from 'node:stream'
import { scopesOf } from '#server/access/scope.ts'
import type { Viewer } from '#server/access/viewer.ts'
import { writeAudit } from '#server/audit/write.ts'
import { objectOf } from '#server/catalog/catalog.ts'
import type { Db, Pool } from '#server/db/connect.ts'
import { dropFile, openForWriting, placeOf } from '#server/files/store.ts'
import type { Column, ColumnKind } from '#server/files/table.ts'
import { writeCsv } from '#server/files/write-csv.ts'
import { writeXlsx } from '#server/files/write-xlsx.ts'
import { findAll } from '#server/records/find.ts'
import { visibleColumns } from '#server/records/relation.ts'
import type { ExportFormat, ExportQuery } from '#shared/api/exports.ts'
import { fieldTypes } from '#shared/fields/all.ts'
import type { Field, ObjectType } from '#shared/object.ts'
import { Problem } from '#shared/problem.ts'
import { endExport, findExport, refuseExport, saveProgress } from './state.ts'

/** What background work gets; see `imports/background.ts`. */
interface Background { db: Pool; viewerOf(id: string): Promise<Viewer | null>; signal?: AbortSignal }

export interface Written { rows: number; sha256: string }

/** Writes the file of an export, as its viewer sees the list now. After a stop it begins anew: a half file is no file. */
export async function exportList({ db, viewerOf, signal }: Background, id: string): Promise<void> {
  const found = await findExport(db, id)
  if (found === null || found.state !== 'running') return
  const path = `${id}.${found.format}`
  try {
    const viewer = await viewerOf(found.viewerId)
    if (viewer === null) throw new Problem('background.nobody')
    const stream = await openForWriting('exports', path)
    const progress = (rows: number) => {
      signal?.throwIfAborted()
      return saveProgress(db, id, rows)
    }
    const written = await writeList(db, viewer, { object: found.object, query: found.query, format: found.format }, stream, progress)
    const { size } = await stat(placeOf('exports', path))
    await db.transaction(async tx => {
      await endExport(tx, id, { ...written, path, bytes: size })
      await auditExport(tx, viewer, { object: found.object, query: found.query, format: found.format, ...written })
    })
  } catch (error) {
    await dropFile('exports', path)
    if (!(error instanceof Problem)) throw error
    await refuseExport(db, id, { code: error.code, values: error.values })
  }
}

export const giveUpExport = (db: Db, id: string) => refuseExport(db, id, { code: 'export.gaveUp' })

/** No audit, no file. */
export const auditExport = (tx: Db, viewer: Viewer, facts: { object: string; query: ExportQuery; format: ExportFormat } & Written) =>
  writeAudit(tx, viewer, { action: 'export', object: facts.object, changes: { query: facts.query, format: facts.format, rows: facts.rows, sha256: facts.sha256 } })

/** Whoever may export nothing of an object is told so, before anything is queued. */
export function requireExportable(viewer: Viewer, name: string): ObjectType {
  const object = objectOf(name)
  if (scopesOf(viewer, object, 'export').length === 0) throw new Problem('export.forbidden', { object: object.label[viewer.lang] })
  return object
}

/** The list through the door, page by page, into a stream that it ends: only what this viewer sees and may export, masked where masked. */
export async function writeList(
  db: Db, viewer: Viewer, list: { object: string; query: ExportQuery; format: ExportFormat }, stream: Writable, progress: (rows: number) => unknown = () => {},
): Promise<Written> {
  const object = requireExportable(viewer, list.object)
  const fields = fieldsOf(viewer, object, list.query)
  const columns = fields.map((field): Column => ({ header: field.label[viewer.lang], kind: kinds[field.type] ?? 'text', ...(field.width !== undefined && { width: Math.round(field.width / 8) }) }))
  const rows = rowsOf(db, viewer, object, fields, list.query, progress)
  const { rows: count, sha256 } = list.format === 'csv' ? await writeCsv(stream, { columns, rows }) : await writeXlsx(stream, { sheet: object.label[viewer.lang], columns, rows })

  return { rows: count, sha256 }
}

/** The columns asked for, in that order; otherwise all that are shown, then the others. */
function fieldsOf(viewer: Viewer, object: ObjectType, query: ExportQuery): Field[] {
  const visible = visibleColumns(viewer, object).map(column => column.field)
  if (query.fields === undefined) return [...visible.filter(field => field.hidden !== true), ...visible.filter(field => field.hidden === true)]
  return query.fields.map(name => {
    const field = visible.find(other => other.name === name)
    if (field === undefined) throw new Problem('name.unknown', { name })
    return field
  })
}

async function* rowsOf(db: Db, viewer: Viewer, object: ObjectType, fields: Field[], { filter, q, sort, ids }: ExportQuery, progress: (rows: number) => unknown) {
  const query = { fields: fields.map(field => field.name), ids, ...(filter !== undefined && { filter }), ...(q !== undefined && { q }), ...(sort !== undefined && { sort }) }
  let count = 0
  for await (const page of findAll(db, viewer, object.name, query, 'export')) {
    yield page.map(record => fields.map(field => valueOf(field, record[field.name], viewer)))
    count += page.length
    await progress(count)
  }
}

/** Values that a spreadsheet knows stay values; 是 and 否 are words. */
function valueOf(field: Field, value: unknown, viewer: Viewer): unknown {
  return typeof value === 'boolean' ? fieldTypes.boolean.format(value, field, viewer.lang) : value
}

const kinds: Partial<Record<Field['type'], ColumnKind>> = { number: 'number', money: 'money', percent: 'percent', date: 'date', datetime: 'datetime' }
