import type { Filter } from '#shared/filter.ts'
import { readFilter } from './filter-tree.ts'

/** What the address of a list says: what is shown, in which order, and which record lies open beside it. */
export interface ListAddress { filter?: Filter; q?: string; sort?: string; open?: string }

/** What a screen wants changed in the address; undefined takes it out. */
export type AddressChange = { [Name in keyof ListAddress]?: ListAddress[Name] | undefined }

const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined)

/** From the search part of a URL; what makes no sense is left out. */
export function readListAddress(search: Record<string, unknown>): ListAddress {
  const filter = readFilter(search['filter'])
  // A search for digits arrives as a number.
  const q = text(typeof search['q'] === 'number' ? String(search['q']) : search['q'])
  const sort = text(search['sort'])
  const open = text(search['open'])
  return { ...(filter && { filter }), ...(q && { q }), ...(sort && { sort }), ...(open && { open }) }
}
