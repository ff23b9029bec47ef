/** A change that is shown before it is saved. Ends with exactly one of the two. */
export interface Patch<Row> {
  /** It was refused: the row looks as before. */
  rollback(): void
  /** It is saved; the row as the server gives it back takes its place, or the changed one stays. */
  settle(saved?: Row): void
}

interface Pending<Row> { changes: ((row: Row) => Row)[]; base?: Row; shown?: Row }

/** Changes on top of loaded rows. The same base and changes give the same object again, so that drawing can be skipped. */
export function createPatches<Row>(changed: () => void) {
  const pending = new Map<string, Pending<Row>>()

  function apply(id: string, base: Row): Row {
    const entry = pending.get(id)
    if (!entry) return base
    if (entry.base !== base || entry.shown === undefined) {
      entry.base = base
      entry.shown = entry.changes.reduce((row, change) => change(row), base)
    }
    return entry.shown
  }

  function remove(id: string, change: (row: Row) => Row) {
    const entry = pending.get(id)
    if (!entry) return
    const changes = entry.changes.filter(other => other !== change)
    if (changes.length === 0) pending.delete(id)
    else pending.set(id, { changes })
  }

  function add(id: string, change: (row: Row) => Row, saved: (next: (base: Row) => Row) => void): Patch<Row> {
    // A wrapper of its own, so that the same change given twice is two changes.
    const own = (row: Row) => change(row)
    pending.set(id, { changes: [...(pending.get(id)?.changes ?? []), own] })
    changed()
    return {
      rollback() {
        remove(id, own)
        changed()
      },
      settle(row) {
        remove(id, own)
        saved(base => row ?? own(base))
        changed()
      },
    }
  }

  return { apply, add }
}
