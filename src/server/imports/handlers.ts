import type { Readable } from 'node:stream'
import { uuidv7 } from 'uuidv7'
import type { Viewer } from '#server/access/viewer.ts'
import { writeAudit } from '#server/audit/write.ts'
import type { Db } from '#server/db/connect.ts'
import { enqueue } from '#server/db/queue.ts'
import { sql } from '#server/db/sql.ts'
import { dropFile, keepStream } from '#server/files/store.ts'
import type { ImportChange, ImportOut } from '#shared/api/imports.ts'
import { Problem } from '#shared/problem.ts'
import { importable } from './access.ts'
import { beginCommit } from './commit.ts'
import type { Fix } from './fixes.ts'
import { briefOf, outOf } from './out.ts'
import { importsOf, requireImport, saveImport, type Choices, type Import } from './state.ts'

/** A file that was kept and waits to become an import. */
export interface Kept { path: string; name: string; bytes: number }

/** 100 MB: an xlsx of a million rows and twenty columns. */
export const mostBytes = 100 * 1024 ** 2

/** Keeps an uploaded file under a name of ours, while it arrives. */
export async function keepUpload({ name, stream }: { name: string; stream: Readable }): Promise<Kept> {
  const path = uuidv7()
  const bytes = await keepStream('uploads', path, limited(stream))
  return { path, name: name.normalize('NFC').slice(-200), bytes }
}

function limited(stream: Readable): Readable {
  let bytes = 0
  stream.on('data', (piece: Buffer) => {
    bytes += piece.length
    if (bytes > mostBytes) stream.destroy(new Problem('request.tooLarge', { limit: '100 MB' }))
  })
  stream.pause()
  return stream
}

/** A new import of a file that was kept: reading begins in the background. */
export async function addImport(db: Db, viewer: Viewer, kept: Kept, wanted: { object: string; password?: string | undefined; mode?: Import['mode'] | undefined; matchField?: string | undefined }): Promise<{ id: string }> {
  const { object } = importable(viewer, wanted.object)
  const id = uuidv7()
  await db.transaction(async tx => {
    await tx.query(sql`
      insert into imports (id, object, viewer_id, state, file, path, bytes, password, mode, match_field)
      values (${id}, ${object.name}, ${viewer.id}, 'reading', ${kept.name}, ${kept.path}, ${kept.bytes}, ${wanted.password ?? null}, ${wanted.mode ?? 'create'}, ${wanted.matchField ?? null})`)
    await enqueue(tx, 'import.read', { id, attempt: 1 }, `import ${id}`)
  })

  return { id }
}

/** Multipart: `file`, `object`, `password?`. What is refused leaves no file behind. */
export async function startImport(db: Db, viewer: Viewer, { saved, texts }: { saved: Kept; texts: Record<string, string> }): Promise<{ id: string }> {
  try {
    const unknown = Object.keys(texts).find(name => !['object', 'password'].includes(name))
    if (unknown !== undefined) throw new Problem('name.unknown', { name: unknown })
    return await addImport(db, viewer, saved, { object: texts['object'] ?? '', password: texts['password'] })
  } catch (error) {
    await dropFile('uploads', saved.path)
    throw error
  }
}

export const listImports = async (db: Db, viewer: Viewer) => ({ imports: (await importsOf(db, viewer)).map(found => briefOf(viewer, found)) })

export const getImport = async (db: Db, viewer: Viewer, id: string): Promise<ImportOut> => outOf(db, viewer, await requireImport(db, viewer, id))

/** Other choices: the file is read and tried again with them. */
export async function changeImport(db: Db, viewer: Viewer, id: string, change: ImportChange): Promise<ImportOut> {
  const found = await requireImport(db, viewer, id, true)
  if (!['reading', 'ready', 'refused'].includes(found.state)) throw new Problem('import.notOpen')
  checkNames(viewer, found, change)
  const attempt = found.attempt + 1
  await saveImport(db, id, {
    state: 'reading', attempt, done: 0, total: 0, refusal: null, choices: merged(found, change), counts: { rows: 0 }, kinds: [],
    mode: change.mode ?? found.mode, matchField: change.matchField === undefined ? found.matchField : change.matchField,
    reason: change.reason ?? found.reason, ...(change.password !== undefined && { password: change.password }),
  })
  await enqueue(db, 'import.read', { id, attempt }, `import ${id}`)

  return getImport(db, viewer, id)
}

function checkNames(viewer: Viewer, found: Import, change: ImportChange) {
  const { object, targets } = importable(viewer, found.object)
  const names = new Set(targets.map(target => target.name))
  const unknown = (change.mapping ?? []).find(entry => entry.field !== null && !names.has(entry.field))?.field ?? (change.fixes ?? []).find(fix => !names.has(fix.field))?.field
  if (unknown !== undefined && unknown !== null) throw new Problem('name.unknown', { name: unknown })
  if (typeof change.matchField === 'string' && object.fields.find(field => field.name === change.matchField)?.unique !== true) throw new Problem('import.matchField', { name: change.matchField })
}

/** Another sheet, header or encoding makes other columns: what was chosen for the old ones is forgotten. */
function merged(found: Import, change: ImportChange): Choices {
  const isOther = change.sheet !== undefined || change.headerRow !== undefined || change.encoding !== undefined
  const before: Choices = isOther ? { ...found.choices, columns: [], fixes: [] } : found.choices
  const columns = new Map([...asChosen(isOther ? [] : found.mapping), ...(before.columns ?? [])].map(entry => [entry.column, entry.field]))
  for (const { column, field } of change.mapping ?? []) columns.set(column, field)

  return {
    ...before, ...(change.sheet !== undefined && { sheet: change.sheet }), ...(change.headerRow !== undefined && { headerRow: change.headerRow }), ...(change.encoding !== undefined && { encoding: change.encoding }),
    ...(change.mapping !== undefined && { columns: [...columns].map(([column, field]) => ({ column, field })) }),
    fixes: [...(before.fixes ?? []), ...(change.fixes ?? []) as Fix[]],
  }
}

const asChosen = (mapping: Import['mapping']) => mapping.filter(entry => entry.because === 'chosen' || entry.because === 'remembered').map(({ column, field }) => ({ column, field }))

/** Writes it, in the background. */
export async function commitImport(db: Db, viewer: Viewer, id: string): Promise<ImportOut> {
  const found = await requireImport(db, viewer, id, true)
  importable(viewer, found.object)
  await beginCommit(db, viewer, found)
  await enqueue(db, 'import.commit', { id }, `import ${id}`)

  return getImport(db, viewer, id)
}

/** Stops at the next batch; what is written stays, and can be taken back. */
export async function cancelImport(db: Db, viewer: Viewer, id: string): Promise<ImportOut> {
  const found = await requireImport(db, viewer, id, true)
  if (!['reading', 'ready', 'refused', 'committing'].includes(found.state)) throw new Problem('import.notOpen')
  await saveImport(db, id, { state: 'cancelled', attempt: found.attempt + 1, password: null })
  if (found.state === 'committing') await writeAudit(db, viewer, { action: 'import.cancel', object: found.object, changes: { batch: found.batchId, file: found.file, counts: found.counts } })

  return getImport(db, viewer, id)
}

/** Takes everything back that was written, in the background. */
export async function undoImport(db: Db, viewer: Viewer, id: string): Promise<ImportOut> {
  const found = await requireImport(db, viewer, id, true)
  if (found.batchId === null || found.isUndoing || !['done', 'cancelled', 'failed'].includes(found.state)) throw new Problem('import.nothingToUndo')
  await saveImport(db, id, { isUndoing: true })
  await enqueue(db, 'import.undo', { id }, `import ${id}`)

  return getImport(db, viewer, id)
}
