import { createStore, type Store } from '#web/store.ts'

/** A text that is not (yet) the value of its cell: on its way to be saved, or refused and kept as typed. */
export interface Draft {
  text: string
  /** What a picker chose. */
  value?: unknown
  isRefused: boolean
  message?: string
  proposal?: string
}
export type RowDrafts = ReadonlyMap<string, Draft>

export interface Drafts {
  /** By row id; a row without drafts is not in it. */
  all: Store<ReadonlyMap<string, RowDrafts>>
  get(rowId: string, column: string): Draft | undefined
  /** Many at once; no draft = the cell shows its value again. */
  putAll(changes: { id: string; column: string; draft: Draft | undefined }[]): void
}

export function createDrafts(): Drafts {
  const all = createStore<ReadonlyMap<string, RowDrafts>>(new Map())
  return {
    all,
    get: (rowId, column) => all.get().get(rowId)?.get(column),
    putAll(changes) {
      const rows = new Map(all.get())
      for (const { id, column, draft } of changes) {
        const row = new Map(rows.get(id))
        if (draft) row.set(column, draft)
        else row.delete(column)
        if (row.size === 0) rows.delete(id)
        else rows.set(id, row)
      }
      all.set(rows)
    },
  }
}
