import type { Rows } from './table.ts'

/** Rows that come in batches, taken in pieces of our own size. */
export interface RowCursor {
  hasMore(): Promise<boolean>
  /** At most `limit` rows, fewer where a batch ends; only after `hasMore`. */
  take(limit: number): readonly (readonly unknown[])[]
  taken(): number
}

export function rowCursor(rows: Rows, piece: number): RowCursor {
  const batches = rows[Symbol.asyncIterator]()
  let batch: readonly (readonly unknown[])[] = []
  let at = 0
  let taken = 0
  let isDone = false
  return {
    async hasMore() {
      while (at >= batch.length && !isDone) {
        const next = await batches.next()
        isDone = next.done === true
        batch = next.done ? [] : next.value
        at = 0
      }
      return at < batch.length
    },
    take(limit) {
      const part = batch.slice(at, at + Math.min(limit, piece))
      at += part.length
      taken += part.length
      return part
    },
    taken: () => taken,
  }
}
