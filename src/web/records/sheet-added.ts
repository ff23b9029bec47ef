import { isEmpty } from '#shared/fields/field.ts'
import type { RecordOut } from '#shared/api/records.ts'
import { newId } from '#web/new-id.ts'
import { createStore, type Store } from '#web/store.ts'
import type { GridSource, RowState } from '#web/ui/grid/types.ts'
import type { WindowStore } from '#web/ui/grid/window-store.ts'

/** Rows below the list that are no records yet: what was typed or pasted beyond its end, and the blank line under them. */
export interface AddedRows {
  rows: Store<readonly RecordOut[]>
  /** Grows with every change. */
  readonly version: number
  /** Those that were saved: shown until the list has read them itself. */
  saved: Set<string>
  stateOf(row: RecordOut): RowState | undefined
  /** Puts values into a row; a blank line below is always there. */
  put(id: string, values: Record<string, unknown>): void
  append(count: number): void
  /** Somebody types in the blank line: another one stands below it at once. */
  begin(id: string): void
  forget(ids: readonly string[]): void
}

const blankRow = (): RecordOut => ({ id: newId(), version: 0 })

export function createAdded(): AddedRows {
  const rows = createStore<readonly RecordOut[]>([blankRow()])
  const saved = new Set<string>()
  let version = 0
  const keep = (next: readonly RecordOut[]) => { version++; rows.set(next) }
  const set = (next: readonly RecordOut[]) => {
    const last = next.at(-1)
    keep(last !== undefined && isBlank(last) ? next : [...next, blankRow()])
  }
  return {
    rows, saved,
    get version() { return version },
    stateOf: row => (row.version > 0 || saved.has(row.id) ? undefined : rows.get().at(-1)?.id === row.id ? 'blank' : 'unsaved'),
    put: (id, values) => set(rows.get().map(row => (row.id === id ? { ...row, ...values } : row))),
    append(count) {
      // In the order of their ids, so that a list by age keeps them as they were pasted.
      keep([...rows.get(), ...Array.from({ length: count }, blankRow).sort((a, b) => (a.id < b.id ? -1 : 1))])
    },
    begin: id => { if (rows.get().at(-1)?.id === id) keep([...rows.get(), blankRow()]) },
    forget(ids) {
      ids.forEach(id => saved.delete(id))
      set(rows.get().filter(row => !ids.includes(row.id)))
    },
  }
}

/** Nothing has been put into it. */
export const isBlank = (row: RecordOut) => Object.entries(row).every(([name, value]) => name === 'id' || name === 'version' || isEmpty(value))

/** A list with the added rows below it. An empty list has none: there stands how to begin. */
export function withAdded(list: WindowStore<RecordOut>, added: AddedRows): GridSource<RecordOut> {
  const own = () => (list.total > 0 || added.rows.get().length > 1 ? added.rows.get() : [])
  return {
    get total() { return list.total + own().length },
    get totalIsEstimate() { return list.totalIsEstimate },
    get added() { return own().length },
    get version() { return list.version + added.version },
    row: index => (index < list.total ? list.row(index) : own()[index - list.total]),
    ensure: (from, to) => list.ensure(from, to),
    async fetch(from, to) {
      const rows = from < list.total ? await list.fetch(from, Math.min(to, list.total - 1)) : []
      return to < list.total ? rows : [...rows, ...own().slice(Math.max(0, from - list.total), to - list.total + 1)]
    },
    subscribe(listener) {
      const stops = [added.rows.watch(listener), list.subscribe(() => {
        // The list has read anew: what was saved stands in it.
        if (added.saved.size > 0) added.forget([...added.saved])
        listener()
      })]
      return () => stops.forEach(stop => stop())
    },
  }
}
