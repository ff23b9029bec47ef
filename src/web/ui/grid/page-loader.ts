interface PageLoaderOptions<Loaded> {
  load(page: number, signal: AbortSignal): Promise<Loaded>
  /** Not there, or no longer fresh. */
  isMissing(page: number): boolean
  onLoaded(page: number, loaded: Loaded): void
  onProblem(problem: unknown): void
  /** ms that the wish must stand still before it is loaded. */
  settle: number
}

const maxInFlight = 2
/** Times the settling time without a new wish before one counts as the first again: a slow machine draws few frames of a drag. */
const calm = 4
const retryAfter = 3000

/**
 * Loads the pages that are looked at. The first wish goes out at once; while wishes keep changing (somebody drags the
 * scrollbar) only the one that stands still does. What is no longer wanted is aborted.
 */
export class PageLoader<Loaded> {
  readonly #options: PageLoaderOptions<Loaded>
  readonly #inFlight = new Map<number, AbortController>()
  #wanted: readonly number[] = []
  #wantedSince = -Infinity
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(options: PageLoaderOptions<Loaded>) {
    this.#options = options
  }

  get wanted() { return this.#wanted }

  /** `pages` in the order of their urgency. */
  want(pages: readonly number[]) {
    const isSame = pages.length === this.#wanted.length && pages.every(page => this.#wanted.includes(page))
    this.#wanted = pages
    if (isSame) return
    const isMoving = Date.now() - this.#wantedSince < calm * this.#options.settle
    this.#wantedSince = Date.now()
    if (isMoving) this.startIn(this.#options.settle)
    else this.#start()
  }

  /** Asks again, after a pause in which further hints may come. */
  startIn(ms: number) {
    this.#stopWaiting()
    this.#timer = setTimeout(() => this.#start(), ms)
  }

  abort() {
    for (const request of this.#inFlight.values()) request.abort()
    this.#inFlight.clear()
    this.#stopWaiting()
  }

  #stopWaiting() {
    clearTimeout(this.#timer)
    this.#timer = undefined
  }

  #start() {
    this.#stopWaiting()
    for (const [page, request] of this.#inFlight) {
      if (this.#wanted.includes(page)) continue
      this.#inFlight.delete(page)
      request.abort()
    }
    for (const page of this.#wanted) {
      if (this.#inFlight.size >= maxInFlight) return
      if (!this.#inFlight.has(page) && this.#options.isMissing(page)) void this.#load(page)
    }
  }

  async #load(page: number) {
    const request = new AbortController()
    this.#inFlight.set(page, request)
    const isCurrent = () => this.#inFlight.get(page) === request
    try {
      const loaded = await this.#options.load(page, request.signal)
      if (!isCurrent()) return
      this.#inFlight.delete(page)
      this.#options.onLoaded(page, loaded)
      // A wish that still moves has its own time.
      if (this.#timer === undefined) this.#start()
    } catch (problem) {
      if (!isCurrent()) return
      this.#inFlight.delete(page)
      this.#options.onProblem(problem)
      this.startIn(retryAfter)
    }
  }
}
