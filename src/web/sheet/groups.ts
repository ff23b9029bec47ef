import { queryRecords } from '#shared/api/records.ts'
import type { RecordOut } from '#shared/api/records.ts'
import type { Filter } from '#shared/filter.ts'
import { Problem } from '#shared/problem.ts'
import { read } from '#web/api.ts'
import { makeStore } from '#web/records/use-sheet-store.ts'
import type { WindowStore } from '#web/ui/grid/window-store.ts'

/** The records that share a value, under one head. */
export interface Group { key: string; filter: Filter; count: number; head: RecordOut }

/** A list cut into groups: a head, then its records, each group a window of its own. Rows are counted with the heads that stand between them. */
export interface GroupedStore extends WindowStore<RecordOut> {
  /** Another cut: what is loaded of a group stays. */
  set(groups: readonly Group[], closed: ReadonlySet<string>, isKnown: boolean): void
  headOf(row: RecordOut): Group | undefined
  /** Where a row of the whole list stands, in the order in which the server counts the groups. */
  placeOf(row: number): number
}

interface Query { filter?: Filter; q?: string; sort?: string }
interface Span { group: Group; from: number; rows: number }

export function createGroupedStore(object: string, query: Query): GroupedStore {
  const listeners = new Set<() => void>()
  const state = { groups: [] as readonly Group[], closed: new Set() as ReadonlySet<string>, version: 0, isLoading: true }
  const changed = () => { state.version++; listeners.forEach(listener => listener()) }
  const { of, all, rowsIn } = windowsOf(object, query, changed)
  const spans = () => spansOf(state.groups, state.closed, rowsIn)

  return {
    get total() { const last = spans().at(-1); return last ? last.from + last.rows + 1 : 0 },
    get version() { return state.version },
    totalIsEstimate: false,
    get isLoading() { return state.isLoading },
    get problem() { return all().find(store => store.problem !== undefined)?.problem },
    set(groups, closed, isKnown) {
      Object.assign(state, { groups, closed, isLoading: !isKnown })
      changed()
    },
    headOf: row => state.groups.find(group => group.head.id === row.id),
    placeOf: row => placeIn(spans(), row),
    row(index) {
      const span = spans().findLast(each => each.from <= index)
      if (!span || index > span.from + span.rows) return undefined
      return index === span.from ? span.group.head : of(span.group).row(index - span.from - 1)
    },
    ensure(from, to) {
      const seen = spans().filter(span => span.rows > 0 && span.from + span.rows >= from && span.from < to)
      seen.forEach(span => of(span.group).ensure(Math.max(0, from - span.from - 1), Math.min(span.rows - 1, to - span.from - 1)))
    },
    fetch: (from, to) => rowsOf(spans(), of, from, to),
    find: id => all().map(store => store.find(id)).find(row => row !== undefined),
    subscribe(listener) {
      listeners.add(listener)
      return () => { listeners.delete(listener) }
    },
    refresh: () => all().forEach(store => store.refresh()),
    patch: (id, change) => all().find(each => each.find(id) !== undefined)?.patch(id, change) ?? { rollback() {}, settle() {} },
    dispose: () => all().forEach(store => store.dispose()),
  }
}

/** A window for each group, made when somebody looks at it. */
function windowsOf(object: string, query: Query, changed: () => void) {
  const stores = new Map<string, WindowStore<RecordOut>>()
  return {
    all: () => [...stores.values()],
    of({ key, filter }: Group) {
      const known = stores.get(key)
      if (known) return known
      const made = makeStore(object, { ...query, filter: query.filter ? { and: [query.filter, filter] } : filter })
      made.subscribe(changed)
      stores.set(key, made)
      return made
    },
    /** The window knows it better once it has read; until then the count of the group. */
    rowsIn(group: Group) {
      const store = stores.get(group.key)
      return store && !store.isLoading && !store.totalIsEstimate ? store.total : group.count
    },
  }
}

function spansOf(groups: readonly Group[], closed: ReadonlySet<string>, rowsIn: (group: Group) => number): Span[] {
  let from = 0
  return groups.map(group => {
    const span = { group, from, rows: closed.has(group.key) ? 0 : rowsIn(group) }
    from += span.rows + 1
    return span
  })
}

async function rowsOf(spans: Span[], of: (group: Group) => WindowStore<RecordOut>, from: number, to: number): Promise<RecordOut[]> {
  const rows: RecordOut[] = []
  for (const { group, from: head, rows: size } of spans) {
    if (head > to || head + size < from) continue
    if (head >= from) rows.push(group.head)
    if (size > 0 && to > head) rows.push(...await of(group).fetch(Math.max(0, from - head - 1), Math.min(size - 1, to - head - 1)))
  }
  return rows
}

function placeIn(spans: Span[], row: number): number {
  let before = 0
  const groups = spans.map(span => span.group)
  for (const { group, from } of spans.toSorted((a, b) => serverOrder(a.group.key, b.group.key, groups))) {
    if (row < before + group.count) return from + 1 + row - before
    before += group.count
  }
  return 0
}

/** Groups of people are named here and counted by their ids there. */
function serverOrder(a: string, b: string, groups: readonly Group[]) {
  const uuid = /^[0-9a-f]{8}-/
  if (a === '' || b === '') return a === b ? 0 : a === '' ? 1 : -1
  if (uuid.test(a) && uuid.test(b)) return a < b ? -1 : 1
  return groups.findIndex(group => group.key === a) - groups.findIndex(group => group.key === b)
}

/** The names of people and departments by their ids, as far as this viewer sees them. */
export async function namesOf(target: string): Promise<Map<string, string>> {
  try {
    const { records } = await read(queryRecords, { params: { object: target }, body: { fields: ['name'], limit: 500, total: 'none' } })
    return new Map(records.map(record => [record.id, String(record.name ?? '')]))
  } catch (error) {
    if (error instanceof Problem) return new Map()
    throw error
  }
}
