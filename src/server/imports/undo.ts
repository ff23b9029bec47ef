import { undoBatch } from '#server/records/undo.ts'
import { Problem } from '#shared/problem.ts'
import { exclusively, requireViewer, type Background } from './background.ts'
import { findImport, saveImport } from './state.ts'

/** Takes a written import back, record by record; what others changed since then stays as they left it and is counted. */
export async function undoImported(around: Background, id: string): Promise<void> {
  await exclusively(around.db, id, async () => {
    const found = await findImport(around.db, id)
    if (found === null || !found.isUndoing || found.batchId === null) return
    const viewer = await requireViewer(around, found.viewerId, 'undo')
    const { done, kept } = await undoBatch(around.db, viewer, found.batchId).catch((error: unknown) => {
      // Taken back by another way already, or by an attempt that could not say so any more.
      if (error instanceof Problem && error.code === 'undo.already') return { done: 0, kept: 0 }
      throw error
    })
    await saveImport(around.db, id, { state: 'undone', isUndoing: false, counts: { ...found.counts, undone: done, kept } })
  })
}
