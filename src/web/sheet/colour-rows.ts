import type { RecordOut } from '#shared/api/records.ts'
import type { ObjectOut } from '#shared/api/objects.ts'
import { fits } from '#shared/fits.ts'
import type { ColourRule } from '#shared/view.ts'
import { currentSession } from '#web/session/me.ts'
import type { RowTint } from '#web/ui/grid/types.ts'
import { context } from '#web/records/values.ts'

/** What colours a record has by these rules; the first rule that fits counts, for the row and for each cell. Each record is worked out once. */
export function tintsOf(object: ObjectOut, rules: readonly ColourRule[]): (record: RecordOut) => RowTint | undefined {
  const session = currentSession()
  // What is masked is a text.
  const fields = object.fields.map(field => (field.access === 'masked' ? { ...field, type: 'text' as const } : field))
  const around = { fields, context: context(), ...('me' in session && { me: session.me.id }) }
  const known = new WeakMap<RecordOut, RowTint>()
  const none: RowTint = {}
  return record => {
    if (record.version === 0) return undefined
    const before = known.get(record)
    if (before) return before === none ? undefined : before
    const tint = tintOf(rules.filter(rule => fits(rule.filter, record, around)))
    known.set(record, tint ?? none)
    return tint
  }
}

function tintOf(rules: readonly ColourRule[]): RowTint | undefined {
  if (rules.length === 0) return undefined
  const row = rules.find(rule => rule.field === undefined)
  const cells = rules.filter(rule => rule.field !== undefined).toReversed().map(rule => [rule.field, `var(--kb-${rule.color})`])
  return { ...(row && { row: `var(--kb-${row.color})` }), ...(cells.length > 0 && { cells: Object.fromEntries(cells) }) }
}
