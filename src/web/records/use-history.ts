import { useState } from 'react'
import type { ObjectOut } from '#shared/api/objects.ts'
import { recordHistory } from '#shared/api/records.ts'
import type { HistoryEntry } from '#shared/api/records.ts'
import type { Problem } from '#shared/problem.ts'
import { useRead } from '#web/queries.ts'

export interface HistoryRead {
  entries: HistoryEntry[]
  isLoading: boolean
  problem: Problem | null
  /** Absent when the oldest entry is shown. */
  more: (() => void) | undefined
}

const step = 40
// The server gives at most 200 at once.
const most = 200

/** The timeline of a record, newest first, longer on demand. */
export function useHistory(object: ObjectOut, id: string): HistoryRead {
  const [limit, setLimit] = useState(step)
  const answer = useRead(recordHistory, { params: { object: object.name, id }, query: { limit: String(limit) } }, { keep: true })
  const isMore = answer.data !== undefined && answer.data.next !== null && limit < most
  return { entries: answer.data?.entries ?? [], isLoading: answer.data === undefined && answer.error === null, problem: answer.error, more: isMore ? () => setLimit(limit + step) : undefined }
}

/** The newest entry that touched each field. */
export function lastChanges(entries: HistoryEntry[]): Map<string, HistoryEntry> {
  const last = new Map<string, HistoryEntry>()
  for (const entry of entries) for (const change of entry.changes) if (!last.has(change.field)) last.set(change.field, entry)
  return last
}
