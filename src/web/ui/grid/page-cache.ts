export interface LoadedRows<Row> { rows: Row[]; total: number; totalIsEstimate: boolean }

interface Page<Row> { rows: Row[]; isStale: boolean; usedAt: number }

/** Loaded pages of rows, and how many rows there are. The pages seen longest ago go first. */
export class PageCache<Row> {
  total = 0
  totalIsEstimate = false
  readonly #pages = new Map<number, Page<Row>>()
  readonly #pageSize: number
  readonly #keepPages: number
  #uses = 0

  constructor(pageSize: number, keepPages: number) {
    this.#pageSize = pageSize
    this.#keepPages = keepPages
  }

  isMissing(page: number) {
    return this.#pages.get(page)?.isStale ?? true
  }

  at(index: number): Row | undefined {
    const page = Math.floor(index / this.#pageSize)
    return this.#pages.get(page)?.rows[index - page * this.#pageSize]
  }

  touch(page: number) {
    const found = this.#pages.get(page)
    if (found) found.usedAt = ++this.#uses
  }

  put(page: number, loaded: LoadedRows<Row>, wanted: readonly number[]) {
    this.#pages.set(page, { rows: loaded.rows, isStale: false, usedAt: ++this.#uses })
    this.#count(page, loaded)
    const spare = [...this.#pages].filter(([each]) => !wanted.includes(each)).sort(([, a], [, b]) => a.usedAt - b.usedAt)
    for (const [each] of spare.slice(0, Math.max(0, this.#pages.size - this.#keepPages))) this.#pages.delete(each)
  }

  /** Shown until something fresher comes. */
  markStale() {
    for (const page of this.#pages.values()) page.isStale = true
  }

  find(isIt: (row: Row) => boolean): Row | undefined {
    for (const page of this.#pages.values()) {
      const found = page.rows.find(isIt)
      if (found !== undefined) return found
    }
    return undefined
  }

  change(isIt: (row: Row) => boolean, next: (row: Row) => Row) {
    for (const page of this.#pages.values()) page.rows = page.rows.some(isIt) ? page.rows.map(row => (isIt(row) ? next(row) : row)) : page.rows
  }

  /** The pages that hold the rows from `from` to `to`, the middle one first. */
  pagesOf(from: number, to: number): number[] {
    const end = this.total > 0 ? Math.min(to, this.total - 1) : to
    const first = Math.floor(Math.max(0, Math.min(from, end)) / this.#pageSize)
    const last = Math.max(first, Math.floor(end / this.#pageSize))
    const middle = (from + to) / 2 / this.#pageSize - 0.5
    const pages = Array.from({ length: last - first + 1 }, (_, index) => first + index)
    return pages.sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle))
  }

  /** A page that is not full proves where the rows end; a full one proves that an estimate was too low. */
  #count(page: number, loaded: LoadedRows<Row>) {
    const seen = loaded.rows.length > 0 ? page * this.#pageSize + loaded.rows.length : 0
    const isEnd = seen > 0 && loaded.rows.length < this.#pageSize
    this.total = isEnd ? seen : Math.max(loaded.total, seen)
    this.totalIsEstimate = loaded.totalIsEstimate && !isEnd
  }
}
