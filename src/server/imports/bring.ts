import { createReadStream, statSync } from 'node:fs'
import path from 'node:path'
import type { Viewer } from '#server/access/viewer.ts'
import type { Pool } from '#server/db/connect.ts'
import { Problem } from '#shared/problem.ts'
import type { Background } from './background.ts'
import { beginCommit, commitImport } from './commit.ts'
import { addImport, changeImport, keepUpload } from './handlers.ts'
import { readImport } from './read.ts'
import { findImport, requireImport, type Import } from './state.ts'
import type { ImportChange } from '#shared/api/imports.ts'

export interface Wanted { object: string; password?: string; mode?: Import['mode']; matchField?: string }

/** A file of this machine, tried and not written: the same steps as in the background, one after the other. For the command line and tests. */
export async function tryFile(db: Pool, viewer: Viewer, file: string, wanted: Wanted): Promise<Import> {
  if (statSync(file, { throwIfNoEntry: false })?.isFile() !== true) throw new Problem('import.noFile', { file })
  const kept = await keepUpload({ name: path.basename(file), stream: createReadStream(file) })
  const { id } = await addImport(db, viewer, kept, wanted)
  await readImport(withViewer(db, viewer), id, 1)

  return requireImport(db, viewer, id)
}

/** The same with other choices. */
export async function tryAgain(db: Pool, viewer: Viewer, id: string, change: ImportChange): Promise<Import> {
  await db.transaction(tx => changeImport(tx, viewer, id, change))
  const { attempt } = await requireImport(db, viewer, id)
  await readImport(withViewer(db, viewer), id, attempt)

  return requireImport(db, viewer, id)
}

/** Writes a tried file; `progress` hears how many rows are done. */
export async function write(db: Pool, viewer: Viewer, id: string, progress: (done: number, total: number) => void = () => {}): Promise<Import> {
  await db.transaction(async tx => beginCommit(tx, viewer, await requireImport(tx, viewer, id, true)))
  const timer = setInterval(() => { void findImport(db, id).then(found => found && progress(found.done, found.total)).catch(() => {}) }, 1_000)
  try {
    await commitImport(withViewer(db, viewer), id)
  } finally {
    clearInterval(timer)
  }

  return requireImport(db, viewer, id)
}

const withViewer = (db: Pool, viewer: Viewer): Background => ({ db, viewerOf: async () => viewer })
