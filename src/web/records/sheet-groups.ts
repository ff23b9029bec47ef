import { useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import { aggregateRecords } from '#shared/api/records.ts'
import type { RecordOut } from '#shared/api/records.ts'
import type { ObjectOut } from '#shared/api/objects.ts'
import { withTexts } from '#web/i18n.ts'
import { onHint } from '#web/live.ts'
import { usePreference } from '#web/preferences.ts'
import { useRead } from '#web/queries.ts'
import type { GroupedStore } from '#web/sheet/groups.ts'
import type { RowHead } from '#web/ui/grid/types.ts'
import type { WindowStore } from '#web/ui/grid/window-store.ts'
import { onChangedHere } from './changes-here.ts'
import type { ListAddress } from './list-address.ts'
import { fieldNamed, targetOf } from './shape.ts'

type Query = Pick<ListAddress, 'filter' | 'q' | 'sort'>
type Files = Awaited<ReturnType<typeof filesOfGroups>>

const filesOfGroups = async () => {
  const [data, groups] = await Promise.all([withTexts('sheet', import('#web/sheet/group-data.tsx')), import('#web/sheet/groups.ts')])
  return { ...data, ...groups }
}

export interface Grouped {
  store: WindowStore<RecordOut>
  isGrouped: boolean
  /** How many records the list has, as far as known. */
  total: number
  totalIsEstimate: boolean
  head: ((row: RecordOut) => RowHead | undefined) | undefined
  /** Opens or closes the group of a head; false: the row is none. */
  toggle(row: RecordOut): boolean
  /** Where a row that the server counted stands in the sheet, and in which order it must count. */
  placeOf(row: number): number
  sort: string | undefined
}

/** The list cut into groups by a field, where one is chosen; else the list itself. */
export function useGroups(object: ObjectOut, list: WindowStore<RecordOut>, query: Query, by: string | undefined, shown: readonly string[]): Grouped {
  const field = by === undefined ? undefined : fieldNamed(object, by)
  const files = useFiles(field !== undefined)
  const store = useGroupedStore(files, object.name, query, field?.name)
  const [closedBefore, setClosed] = usePreference<readonly string[]>(`sheet.${object.name}.closed`, none)
  const fields = shown.flatMap(name => fieldNamed(object, name) ?? [])
  const { filter, q } = query
  const body = { ...(filter && { filter }), ...(q && { q }), group: [by ?? ''], measures: files?.measuresOf(fields) ?? [] }
  const lines = useRead(aggregateRecords, { params: { object: object.name }, body }, { enabled: field !== undefined && files !== null, keep: true }).data?.rows
  const names = useNames(files, field === undefined || field.type === 'reference' ? undefined : targetOf(field), field?.name)
  const groups = useMemo(() => (field && files && lines ? files.groupsOf(field, lines, names) : []), [field, files, lines, names])
  const closed = useMemo(() => new Set(groups.map(group => group.key).filter(key => closedBefore.includes(`${by} ${key}`))), [groups, closedBefore, by])
  useEffect(() => store?.set(groups, closed, lines !== undefined), [store, groups, closed, lines])
  useSyncExternalStore(store?.subscribe ?? list.subscribe, () => store?.version ?? 0)

  if (!field || !files || !store) return { store: list, isGrouped: false, total: list.total, totalIsEstimate: list.totalIsEstimate, head: undefined, toggle: () => false, placeOf: row => row, sort: query.sort }
  return {
    store, isGrouped: true, totalIsEstimate: false, total: groups.reduce((sum, group) => sum + group.count, 0), sort: `${field.name},${query.sort ?? '-createdAt'}`,
    head: row => {
      const group = store.headOf(row)
      return group && files.headOf(field, group, lines ?? [], { names, fields, isOpen: !closed.has(group.key) })
    },
    toggle: row => {
      const group = store.headOf(row)
      if (!group) return false
      const name = `${by} ${group.key}`
      setClosed(closedBefore.includes(name) ? closedBefore.filter(each => each !== name) : [...closedBefore, name])
      return true
    },
    placeOf: row => store.placeOf(row),
  }
}

const none: readonly string[] = []
const nobody: ReadonlyMap<string, string> = new Map()

/** What groups need comes with the first of them. */
function useFiles(isNeeded: boolean): Files | null {
  const [files, setFiles] = useState<Files | null>(null)
  useEffect(() => { if (isNeeded && files === null) void filesOfGroups().then(setFiles) }, [isNeeded, files])
  return files
}

function useGroupedStore(files: Files | null, object: string, query: Query, by: string | undefined): GroupedStore | null {
  const key = JSON.stringify([object, query, by])
  const store = useMemo(() => (files && by !== undefined ? files.createGroupedStore(...JSON.parse(key) as [string, Query]) : null), [files, by, key])
  useEffect(() => {
    if (!store) return
    const stops = [onHint(hint => { if (hint.object === object || hint.object === '*') store.refresh() }), onChangedHere(changed => { if (changed === object) store.refresh() })]
    return () => { stops.forEach(stop => stop()); store.dispose() }
  }, [object, store])
  return store
}

/** People and departments are named by what they are called. */
function useNames(files: Files | null, target: string | undefined, by: string | undefined): ReadonlyMap<string, string> {
  const [names, setNames] = useState(nobody)
  useEffect(() => {
    if (files && target !== undefined) void files.namesOf(target).then(setNames)
  }, [files, target, by])
  return names
}
