import { useEffect, useState } from 'react'
import type { RecordOut } from '#shared/api/records.ts'
import type { ObjectOut } from '#shared/api/objects.ts'
import { withTexts } from '#web/i18n.ts'
import type { CellEdit, CellProblem, GridHandle, RangeEdit } from '#web/ui/grid/types.ts'
import { createHistory, type History } from '#web/ui/grid/history.ts'
import type { WindowStore } from '#web/ui/grid/window-store.ts'
import type { ListAddress } from './list-address.ts'
import type { Saving } from './saving.tsx'
import { createAdded, type AddedRows } from './sheet-added.ts'

/** What a sheet does to its records stands in a file of its own, which comes with the first act. */
const hands = () => withTexts('sheet', import('#web/sheet/commit.ts'))

/** What the acts of a sheet are done with. `acts`: the batches of this sheet, to take back and to do again. */
export interface Surroundings {
  object: ObjectOut
  store: WindowStore<RecordOut>
  saving: Saving
  acts: History<string>
  added: AddedRows
  query: Pick<ListAddress, 'filter' | 'q' | 'sort'>
  grid: { current: GridHandle | null }
}

export interface SheetActs {
  added: AddedRows
  commit(edits: CellEdit<RecordOut>[]): Promise<CellProblem[]>
  fillRange(edit: RangeEdit): void
  /** Saves the added rows that are not the one in which somebody works. */
  leave(row: RecordOut | undefined): void
  remove(rows: { from: number; to: number }): void
  /** A batch that was done elsewhere on this screen takes its place in the order. */
  note(batchId: string): void
  undo(): void
  redo(): void
}

/** Every change of a sheet, one after the other, so that Ctrl+Z takes them back in their order. */
export function useSheetActs(object: ObjectOut, store: WindowStore<RecordOut>, saving: Saving, query: Surroundings['query'], grid: { current: GridHandle | null }): SheetActs {
  const [kept] = useState(() => ({ acts: createHistory<string>(), added: createAdded(), last: Promise.resolve() as Promise<unknown> }))
  const around = { object, store, saving, query, acts: kept.acts, added: kept.added, grid }
  const inTurn = <T,>(act: (file: Awaited<ReturnType<typeof hands>>) => Promise<T>): Promise<T> => {
    const next = kept.last.catch(() => undefined).then(async () => act(await hands()))
    kept.last = next
    return next
  }
  // Ready before the first key is pressed.
  useEffect(() => { void hands() }, [])
  return {
    added: kept.added,
    commit: edits => {
      edits.forEach(edit => kept.added.begin(edit.row.id))
      return inTurn(file => file.commitCells(around, edits))
    },
    fillRange: edit => void inTurn(file => file.fillFar(around, edit)),
    leave: row => { if (kept.added.rows.get().length > 1) void inTurn(file => file.saveAdded(around, row?.id)) },
    remove: rows => void inTurn(file => file.removeRows(around, rows)),
    note: batchId => kept.acts.push(batchId),
    undo: () => void inTurn(file => file.takeBack(around)),
    redo: () => void inTurn(file => file.doAgain(around)),
  }
}
