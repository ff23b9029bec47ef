import { PageCache, type LoadedRows } from './page-cache.ts'
import { PageLoader } from './page-loader.ts'
import { createPatches, type Patch } from './row-patches.ts'
import type { GridSource } from './types.ts'

export type LoadRows<Row> = (offset: number, limit: number, signal: AbortSignal) => Promise<LoadedRows<Row>>

export interface WindowStoreOptions<Row> {
  load: LoadRows<Row>
  rowId(row: Row): string
  /** Rows of one request. */
  pageSize?: number
  keepPages?: number
  /** ms that the window must stand still before it is loaded, while somebody drags the scrollbar. */
  settle?: number
}

export interface WindowStore<Row> extends GridSource<Row> {
  /** True until the first rows, or a refusal, are there. */
  readonly isLoading: boolean
  /** What the last request failed with; it is asked again by itself. */
  readonly problem: unknown
  /** Something changed on the server: loads the visible pages again, keeping what is shown meanwhile. */
  refresh(): void
  /** Shows a change before the server has it. */
  patch(rowId: string, change: (row: Row) => Row): Patch<Row>
  /** A loaded row by its id. */
  find(rowId: string): Row | undefined
  /** Stops every request; the store is not used again. */
  dispose(): void
}

/** Live hints come in bursts. */
const hintPause = 150
const fetchLimit = 500

/** A window over rows that live elsewhere: pages on demand, no request for what is merely passed by. */
export function createWindowStore<Row>(options: WindowStoreOptions<Row>): WindowStore<Row> {
  const { load, rowId, pageSize = 100, keepPages = 60, settle = 70 } = options
  const cache = new PageCache<Row>(pageSize, keepPages)
  const state = { version: 0, isLoading: true, problem: undefined as unknown }
  const listeners = new Set<() => void>()

  const changed = () => {
    state.version++
    listeners.forEach(listener => listener())
  }
  const ended = (problem: unknown) => {
    Object.assign(state, { problem, isLoading: false })
    changed()
  }

  const patches = createPatches<Row>(changed)
  const loader = new PageLoader<LoadedRows<Row>>({
    settle,
    load: (page, signal) => load(page * pageSize, pageSize, signal),
    isMissing: page => cache.isMissing(page),
    onLoaded(page, loaded) {
      cache.put(page, loaded, loader.wanted)
      ended(undefined)
    },
    onProblem: ended,
  })
  const shown = (row: Row | undefined) => (row === undefined ? undefined : patches.apply(rowId(row), row))

  return {
    get total() { return cache.total },
    get totalIsEstimate() { return cache.totalIsEstimate },
    get version() { return state.version },
    get isLoading() { return state.isLoading },
    get problem() { return state.problem },
    row: index => shown(cache.at(index)),
    ensure(from, to) {
      const pages = cache.pagesOf(from, to)
      pages.forEach(page => cache.touch(page))
      loader.want(pages)
    },
    fetch: (from, to) => fetchRows(index => shown(cache.at(index)), load, from, to),
    find: id => shown(cache.find(row => rowId(row) === id)),
    subscribe(listener) {
      listeners.add(listener)
      return () => { listeners.delete(listener) }
    },
    refresh() {
      cache.markStale()
      loader.abort()
      loader.startIn(hintPause)
    },
    patch: (id, change) => patches.add(id, change, next => cache.change(row => rowId(row) === id, next)),
    dispose() {
      loader.want([])
      loader.abort()
    },
  }
}

/** Known rows as they are, the gaps between them from the server. */
async function fetchRows<Row>(at: (index: number) => Row | undefined, load: LoadRows<Row>, from: number, to: number): Promise<Row[]> {
  const rows: Row[] = []
  while (from + rows.length <= to) {
    const index = from + rows.length
    const known = at(index)
    if (known !== undefined) {
      rows.push(known)
      continue
    }
    const loaded = await load(index, Math.min(fetchLimit, to - index + 1), new AbortController().signal)
    if (loaded.rows.length === 0) break
    rows.push(...loaded.rows)
  }
  return rows
}
