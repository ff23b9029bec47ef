import type { Filter } from '#shared/filter.ts'
import { viewKinds, type ViewKind, type ViewSettings } from '#shared/view.ts'
import { readFilter } from './filter-chips.ts'

/** What a list shows, in which order, and which record lies open beside it. */
export interface ListAddress { filter?: Filter; q?: string; sort?: string; open?: string }

/** What a screen wants changed in the address; undefined takes it out. */
export type AddressChange = { [Name in keyof ListAddress]?: ListAddress[Name] | undefined }

/** What differs from the open view, or, without one, from everything; null takes away what the view says. */
export type Differences = { [Name in keyof ViewSettings]?: ViewSettings[Name] | null }

/** The search part of the URL of a list: a saved view and what differs from it. `view=all` is no view, also where a role begins with one. */
export interface ListSearch extends Differences { view?: string; kind?: ViewKind; open?: string }

const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined)
const thing = <T extends object>(value: unknown) => (typeof value === 'object' && value !== null ? value as T : undefined)
const readers = {
  view: text,
  kind: (value: unknown) => viewKinds.find(kind => kind === value),
  filter: readFilter,
  // A search for digits arrives as a number.
  q: (value: unknown) => text(typeof value === 'number' ? String(value) : value),
  sort: text,
  by: text,
  lines: (value: unknown) => ([1, 2, 4] as const).find(lines => lines === value),
  columns: thing<NonNullable<ViewSettings['columns']>>,
  colours: (value: unknown) => (Array.isArray(value) ? value as NonNullable<ViewSettings['colours']> : undefined),
  open: text,
}
const always = ['view', 'kind', 'open']

/** From the search part of a URL; what makes no sense is left out. */
export function readListAddress(search: Record<string, unknown>): ListSearch {
  return Object.fromEntries(Object.entries(readers).flatMap(([name, read]) => {
    const value = search[name] === null && !always.includes(name) ? null : read(search[name])
    return value === undefined ? [] : [[name, value]]
  }))
}
