import type { Viewer } from '#server/access/viewer.ts'
import { allObjects } from '#server/catalog/catalog.ts'
import type { Db } from '#server/db/connect.ts'
import { visibleIds } from '#server/records/get.ts'
import type { Place, Presence } from '#server/records/presence.ts'
import { visibleColumns } from '#server/records/relation.ts'

/** A message of a screen is no longer than this, in characters. */
const most = 500
const isText = (value: unknown): value is string => typeof value === 'string' && value.length <= 100
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** `{"editing": {object, id, field}}` or `{"editing": null}`: the only things that a screen may say. Undefined: anything else. */
export function placeIn(text: string): Place | null | undefined {
  if (text.length > most) return undefined
  try {
    const { editing } = JSON.parse(text) as { editing?: Record<string, unknown> | null }
    if (editing === null) return null
    const { object, id, field } = editing ?? {}
    return isText(object) && isText(id) && uuid.test(id) && isText(field) ? { object, id, field } : undefined
  } catch {
    return undefined
  }
}

/** Whether this viewer may know of the cell: of the record, by the door, and of the field. */
export async function seesPlace(db: Db, viewer: Viewer, { object: name, id, field }: Place): Promise<boolean> {
  const object = allObjects().find(each => each.name === name)
  if (!object || !visibleColumns(viewer, object).some(column => column.field.name === field)) return false
  return (await visibleIds(db, viewer, name, [id])).length > 0
}

/** What a watcher is told: the place, where they may see it; else that the screen has left, where they were told of it before. */
export function wordFor(told: Set<string>, { screen, user, place }: Presence, sees: boolean): string | null {
  if (place && sees) {
    told.add(screen)
    return JSON.stringify({ presence: { screen, user, ...place } })
  }
  return told.delete(screen) ? JSON.stringify({ presence: { screen } }) : null
}
