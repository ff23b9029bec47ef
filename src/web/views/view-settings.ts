import type { Filter } from '#shared/filter.ts'
import type { ViewSettings } from '#shared/view.ts'
import type { Differences } from '#web/records/list-address.ts'

/** Every part of the settings of a view. */
export const parts = ['filter', 'q', 'sort', 'columns', 'colours', 'lines', 'by'] as const satisfies (keyof ViewSettings)[]

/** What is shown: the view and what differs from it. */
export function withDifferences(settings: ViewSettings, differences: Differences): ViewSettings {
  return Object.fromEntries(parts.flatMap(part => {
    const value = differences[part] === undefined ? settings[part] : differences[part]
    return value === undefined || value === null ? [] : [[part, value]]
  }))
}

/** What of the wishes differs from the view. A part that is wished away although the view has it is null; one that is not named is left out. */
export function differencesOf(settings: ViewSettings, wishes: { [Part in keyof ViewSettings]?: ViewSettings[Part] | null | undefined }): Differences {
  return Object.fromEntries(parts.filter(part => part in wishes).map(part => {
    const wish = isNothing(wishes[part]) ? undefined : wishes[part]
    return [part, isSame(wish, isNothing(settings[part]) ? undefined : settings[part]) ? undefined : wish ?? null]
  }))
}

/** An empty list of columns, of colours, an empty search: as if it were not there. */
function isNothing(value: unknown): boolean {
  return value === undefined || value === null || value === '' || (typeof value === 'object' && Object.keys(value).length === 0)
}

const sorted = (_: string, value: unknown): unknown =>
  (typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value)
const isSame = (a: unknown, b: unknown) => JSON.stringify(a, sorted) === JSON.stringify(b, sorted)

type Columns = NonNullable<ViewSettings['columns']>
const texts = (value: unknown): string[] | undefined => (Array.isArray(value) ? value.filter(each => typeof each === 'string') : undefined)

/** Columns as an address may say them, so that whatever was typed there breaks no sheet. */
export function readColumns(given: ViewSettings['columns']): Columns {
  const { order, hidden, frozen, widths } = given ?? {}
  const lists = Object.entries({ order: texts(order), hidden: texts(hidden), frozen: texts(frozen) }).filter(([, names]) => names !== undefined)
  const known = typeof widths === 'object' && widths !== null ? Object.entries(widths).filter(([, width]) => typeof width === 'number' && width > 0) : []
  return { ...Object.fromEntries(lists), ...(known.length > 0 && { widths: Object.fromEntries(known) }) }
}

/** The conditions of both; a column of a board asks for its own value within the filter of the list. */
export const both = (filter: Filter | undefined, more: Filter): Filter => (filter === undefined ? more : { and: [filter, more] })
