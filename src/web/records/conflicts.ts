import type { ObjectOut } from '#shared/api/objects.ts'
import type { RecordOut } from '#shared/api/records.ts'
import { fieldNamed, isSame } from './shape.ts'
import type { FieldOut } from '#web/objects.ts'

/** A field that two people changed at the same time, each in another way. */
export interface Conflict { field: FieldOut; before: unknown; mine: unknown; theirs: unknown }

/** Where my change meets theirs. What only one of us changed is no conflict. */
export function conflictsOf(object: ObjectOut, base: RecordOut, mine: Record<string, unknown>, theirs: RecordOut): Conflict[] {
  return Object.entries(mine).flatMap(([name, value]) => {
    const field = fieldNamed(object, name)
    if (field === undefined || isSame(theirs[name], base[name]) || isSame(theirs[name], value)) return []
    return [{ field, before: base[name], mine: value, theirs: theirs[name] }]
  })
}

/** Only what would change something. */
export const withoutSame = (values: Record<string, unknown>, record: RecordOut) =>
  Object.fromEntries(Object.entries(values).filter(([name, value]) => !isSame(value, record[name])))
