import type { Db } from '#server/db/connect.ts'
import { enqueue } from '#server/db/queue.ts'
import { unfinishedExports } from '#server/exports/state.ts'
import { unfinishedImports } from '#server/imports/state.ts'
import { unfinishedFills } from '#server/shape/fill-field.ts'

/**
 * Orders again what was begun and not finished: the queue itself would wait four hours before it believes that a killed worker is gone.
 * Work that another node is doing just now is protected by its lock and by the mark how far it is.
 */
export async function resume(db: Db): Promise<void> {
  for (const { id, state, attempt, isUndoing } of await unfinishedImports(db)) {
    if (isUndoing) await enqueue(db, 'import.undo', { id }, `import ${id}`)
    else if (state === 'reading') await enqueue(db, 'import.read', { id, attempt }, `import ${id}`)
    else await enqueue(db, 'import.commit', { id }, `import ${id}`)
  }
  await enqueue(db, 'search.catchUp', {}, 'search.catchUp')
  for (const { object, name } of await unfinishedFills(db)) await enqueue(db, 'field.fill', { object, name }, `fill ${object} ${name}`)
  for (const id of await unfinishedExports(db)) await enqueue(db, 'export.run', { id }, `export ${id}`)
}
