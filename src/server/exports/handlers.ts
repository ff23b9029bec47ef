import { uuidv7 } from 'uuidv7'
import { today, type Viewer } from '#server/access/viewer.ts'
import type { Db } from '#server/db/connect.ts'
import { enqueue } from '#server/db/queue.ts'
import { placeOf } from '#server/files/store.ts'
import type { ExportFormat, ExportOut, ExportQuery } from '#shared/api/exports.ts'
import { Problem } from '#shared/problem.ts'
import { requireExportable } from './run.ts'
import { addExport, exportsOf, requireExport, type Export } from './state.ts'

type Wanted = { object: string; format: ExportFormat } & { [name in keyof ExportQuery]: ExportQuery[name] | undefined }

/** Queues an export of a list. */
export async function startExport(db: Db, viewer: Viewer, { object, format, filter, q, sort, fields, ids }: Wanted): Promise<ExportOut> {
  const { label } = requireExportable(viewer, object)
  const query: ExportQuery = { ...(filter && { filter }), ...(q && { q }), ...(sort && { sort }), ...(fields && { fields }), ...(ids && { ids }) }
  const id = uuidv7()
  await addExport(db, { id, object, viewerId: viewer.id, format, query, name: `${label[viewer.lang]}-${today(viewer)}.${format}` })
  await enqueue(db, 'export.run', { id }, `export ${id}`)

  return outOf(await requireExport(db, viewer, id))
}

export const listExports = async (db: Db, viewer: Viewer): Promise<{ exports: ExportOut[] }> => ({ exports: (await exportsOf(db, viewer)).map(outOf) })

export const getExport = async (db: Db, viewer: Viewer, id: string): Promise<ExportOut> => outOf(await requireExport(db, viewer, id))

/** Where the file lies and how it is handed out, to nobody but who asked for it. */
export async function exportFile(db: Db, viewer: Viewer, id: string): Promise<{ place: string; name: string; type: string; bytes: number | null }> {
  const found = await requireExport(db, viewer, id)
  if (found.state !== 'done' || found.path === null) throw new Problem('export.notReady')
  return { place: placeOf('exports', found.path), name: found.name, type: types[found.format], bytes: found.bytes }
}

const types: Record<ExportFormat, string> = { xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', csv: 'text/csv; charset=utf-8' }

const outOf = ({ id, object, state, format, rows, bytes, sha256, name, createdAt, refusal, path }: Export): ExportOut =>
  ({ id, object, state, format, rows, bytes, sha256, name, createdAt, refusal, isThere: state === 'done' && path !== null })
