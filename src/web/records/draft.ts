import type { RecordOut } from '#shared/api/records.ts'

/** What was typed and not saved. Only what the person changed is kept, on this device, for a week. */
export interface Draft { values: Record<string, unknown>; version: number | null; at: number }

type Keeper = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

const week = 7 * 24 * 3600 * 1000

export const draftKey = (person: string, object: string, id: string | null) => `kebu.draft.${person}.${object}.${id ?? 'new'}`

export function readDraft(keeper: Keeper, key: string, now = Date.now()): Draft | null {
  const text = keeper.getItem(key)
  if (text === null) return null
  const draft = understood(text)
  if (draft !== null && now - draft.at < week) return draft
  keeper.removeItem(key)
  return null
}

/** Keeps the changed values; nothing changed = nothing kept. A full storage loses the draft, never the form. */
export function keepDraft(keeper: Keeper, key: string, values: Record<string, unknown>, record: RecordOut | null, now = Date.now()) {
  if (Object.keys(values).length === 0) return keeper.removeItem(key)
  try {
    keeper.setItem(key, JSON.stringify({ values, version: record?.version ?? null, at: now } satisfies Draft))
  } catch {
    keeper.removeItem(key)
  }
}

export const dropDraft = (keeper: Keeper, key: string) => keeper.removeItem(key)

function understood(text: string): Draft | null {
  try {
    const draft: unknown = JSON.parse(text)
    return isDraft(draft) ? draft : null
  } catch {
    return null
  }
}

const isDraft = (draft: unknown): draft is Draft =>
  typeof draft === 'object' && draft !== null && 'values' in draft && typeof draft.values === 'object' && draft.values !== null && 'at' in draft && typeof draft.at === 'number'
