import type { NumberPattern } from '#shared/number-pattern.ts'
import { today, type Viewer } from '#server/access/viewer.ts'
import { objectOf } from '#server/catalog/catalog.ts'
import type { Db } from '#server/db/connect.ts'
import { nextNumbers } from '#server/records/numbering.ts'

/** The numbers that the next three records would get today by this pattern. */
export const previewNumbers = async (db: Db, viewer: Viewer, name: string, pattern: NumberPattern): Promise<{ next: string[] }> =>
  ({ next: await nextNumbers(db, { ...objectOf(name), numberPattern: pattern }, today(viewer)) })
