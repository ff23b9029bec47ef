import { stat } from 'node:fs/promises'
import { scopesOf } from '#server/access/scope.ts'
import type { Viewer } from '#server/access/viewer.ts'
import { writeAudit } from '#server/audit/write.ts'
import { objectOf } from '#server/catalog/catalog.ts'
import type { Db, Pool } from '#server/db/connect.ts'
import { dropFile, makeRoom } from '#server/files/store.ts'
import type { Column, ColumnKind } from '#server/files/table.ts'
import { visibleColumns } from '#server/records/relation.ts'
import { streamRows } from '#server/records/stream.ts'
import type { ExportFormat, ExportQuery } from '#shared/api/exports.ts'
import type { Field, ObjectType } from '#shared/object.ts'
import { Problem } from '#shared/problem.ts'
import { endExport, findExport, refuseExport, saveProgress } from './state.ts'
import { writeInWorker, type Written } from './worker.ts'

/** What background work gets; see `imports/background.ts`. */
interface Background { db: Pool; viewerOf(id: string): Promise<Viewer | null>; signal?: AbortSignal }

/** Milliseconds between two notes of how far it is. */
const NOTE = 250

/** Writes the file of an export, as its viewer sees the list now. After a stop it begins anew: a half file is no file. */
export async function exportList({ db, viewerOf, signal }: Background, id: string): Promise<void> {
  const found = await findExport(db, id)
  if (found === null || found.state !== 'running') return
  const path = `${id}.${found.format}`
  try {
    const viewer = await viewerOf(found.viewerId)
    if (viewer === null) throw new Problem('background.nobody')
    const place = await makeRoom('exports', path)
    const written = await writeList(db, viewer, { object: found.object, query: found.query, format: found.format }, { path: place, flags: 'w' }, noting(db, id, signal))
    const { size } = await stat(place)
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

/** How far it is, noted now and then; between two pieces of the list a stop of the program is heard. */
function noting(db: Db, id: string, signal: AbortSignal | undefined) {
  let noted = performance.now()
  return async (rows: number) => {
    signal?.throwIfAborted()
    if (performance.now() - noted < NOTE) return
    noted = performance.now()
    await saveProgress(db, id, rows)
  }
}

/** The list through the door, as of one moment, into a file: only what this viewer sees and may export, masked where masked. */
export function writeList(
  db: Db, viewer: Viewer, { object: name, query, format }: { object: string; query: ExportQuery; format: ExportFormat }, file: { path: string; flags: 'w' | 'wx' }, progress: (rows: number) => unknown = () => {},
): Promise<Written> {
  const object = requireExportable(viewer, name)
  const fields = fieldsOf(viewer, object, query)
  const columns = fields.map((field): Column => ({ header: field.label[viewer.lang], kind: kinds[field.type] ?? 'text', ...(field.width !== undefined && { width: Math.round(field.width / 8) }) }))
  return streamRows(db, viewer, name, { ...query, fields: fields.map(field => field.name), action: 'export' },
    rows => writeInWorker({ ...file, format, sheet: object.label[viewer.lang], columns }, rows, progress))
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

/** Values that a spreadsheet knows stay values. */
const kinds: Partial<Record<Field['type'], ColumnKind>> = { number: 'number', rating: 'number', money: 'money', percent: 'percent', date: 'date', datetime: 'datetime' }
