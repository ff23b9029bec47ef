import type { Pool } from '#server/db/connect.ts'
import type { Step } from '#server/db/queue.ts'
import { exportList, giveUpExport } from '#server/exports/run.ts'
import type { Background } from '#server/imports/background.ts'
import { commitImport } from '#server/imports/commit.ts'
import { readImport } from '#server/imports/read.ts'
import { giveUpImport } from '#server/imports/state.ts'
import { undoImported } from '#server/imports/undo.ts'
import { catchUpSearch } from '#server/records/search-index.ts'
import { fillField, orderDaily } from '#server/shape/fill-field.ts'
import { findViewer, type Defaults } from '#server/users/session.ts'
import { keepUp } from './upkeep.ts'

export interface Surroundings {
  db: Pool
  owner: Pool
  defaults: Defaults
  /** Aborted when the program stops: long work ends at the next batch and goes on after the next start. */
  signal: AbortSignal
}

interface Work {
  work(payload: Record<string, unknown>): Promise<unknown>
  /** After the last attempt: says so where people look. */
  giveUp(payload: Record<string, unknown>): Promise<unknown>
}

/** Who does what is in the queue. */
export function stepsOf({ db, owner, defaults, signal }: Surroundings): Record<Step, Work> {
  const around: Background = { db, signal, viewerOf: id => findViewer(db, id, defaults) }
  const id = (payload: Record<string, unknown>) => String(payload['id'])
  const nothing = async () => {}

  return {
    'import.read': { work: payload => readImport(around, id(payload), Number(payload['attempt'])), giveUp: payload => giveUpImport(db, id(payload)) },
    'import.commit': { work: payload => commitImport(around, id(payload)), giveUp: payload => giveUpImport(db, id(payload)) },
    'import.undo': { work: payload => undoImported(around, id(payload)), giveUp: nothing },
    'export.run': { work: payload => exportList(around, id(payload)), giveUp: payload => giveUpExport(db, id(payload)) },
    'search.catchUp': { work: () => catchUpSearch(db, around.signal), giveUp: nothing },
    'field.fill': { work: payload => fillField(db, signal, String(payload['object']), String(payload['name'])), giveUp: nothing },
    'field.daily': { work: () => db.transaction(orderDaily), giveUp: nothing },
    upkeep: { work: () => keepUp(db, owner), giveUp: nothing },
  }
}
