import { listViews, type ViewOut, type ViewRights } from '#shared/api/views.ts'
import { useRead } from '#web/queries.ts'

const none: ViewOut[] = []
const nothing: ViewRights = { departments: [], everyone: false, roles: [] }

/** The saved views of an object that this person may open; `isPending` until they are known. */
export function useViews(object: string) {
  const { data, isPending, isFetching, error, refetch } = useRead(listViews, { params: { object } }, { staleTime: 60_000 })
  return { views: data?.views ?? none, rights: data?.rights ?? nothing, isPending, isFetching, error, refetch }
}
