import { useEffect, useState, useSyncExternalStore } from 'react'
import { queryRecords } from '#shared/api/records.ts'
import type { RecordOut } from '#shared/api/records.ts'
import { read } from '#web/api.ts'
import { onHint } from '#web/live.ts'
import { createWindowStore } from '#web/ui/grid/window-store.ts'
import type { WindowStore } from '#web/ui/grid/window-store.ts'
import { onChangedHere } from './changes-here.ts'
import type { ListAddress } from './list-address.ts'

type Query = Pick<ListAddress, 'filter' | 'q' | 'sort'>

/** The rows of one question, page by page. */
export function makeStore(object: string, query: Query): WindowStore<RecordOut> {
  return createWindowStore<RecordOut>({
    rowId: row => row.id,
    load: async (offset, limit, signal) => {
      const page = await read(queryRecords, { params: { object }, body: { ...query, offset, limit, total: 'estimate' }, signal })
      return { rows: page.records, total: page.total, totalIsEstimate: page.totalIsEstimate }
    },
  })
}

/** The rows of a list, windowed; loaded again when a hint says that something in it changed. */
export function useSheetStore(object: string, query: Query): WindowStore<RecordOut> {
  const key = JSON.stringify([object, query])
  const [made, setMade] = useState(() => ({ key, store: makeStore(object, query) }))
  let current = made
  if (made.key !== key) {
    current = { key, store: makeStore(object, query) }
    setMade(current)
  }
  const { store } = current
  useEffect(() => {
    const stops = [onHint(hint => { if (hint.object === object || hint.object === '*') store.refresh() }), onChangedHere(changed => { if (changed === object) store.refresh() })]
    return () => stops.forEach(stop => stop())
  }, [object, store])
  useSyncExternalStore(store.subscribe, () => store.version)
  return store
}
