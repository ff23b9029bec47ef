import type { ViewSettings } from '#shared/view.ts'
import { withoutUnknown } from '#web/records/known-fields.ts'
import { readColumns } from './view-settings.ts'

/** What of the settings asks for fields that are there: of one's own habits, some may be older than a field's end. */
export function knownOnly({ filter, sort, columns, colours, by, ...rest }: ViewSettings, isKnown: (field: string) => boolean): ViewSettings {
  const { order, hidden, frozen, widths } = readColumns(columns)
  const lists = Object.entries({ order, hidden, frozen }).flatMap(([part, names]) => (names ? [[part, names.filter(isKnown)]] : []))
  const kept = { ...Object.fromEntries(lists), ...(widths && { widths: Object.fromEntries(Object.entries(widths).filter(([name]) => isKnown(name))) }) }
  const rules = colours?.filter(rule => (rule.field === undefined || isKnown(rule.field)) && withoutUnknown({ filter: rule.filter }, isKnown).gone.length === 0)
  return {
    ...rest, ...withoutUnknown({ ...(filter && { filter }), ...(sort && { sort }) }, isKnown).address,
    ...(Object.keys(kept).length > 0 && { columns: kept }), ...(rules && rules.length > 0 && { colours: rules }), ...(by !== undefined && isKnown(by) && { by }),
  }
}
