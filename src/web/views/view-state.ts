import { useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { ViewOut } from '#shared/api/views.ts'
import type { ViewKind, ViewSettings } from '#shared/view.ts'
import { usePreference } from '#web/preferences.ts'
import { readListAddress, type AddressChange, type Differences, type ListAddress, type ListSearch } from '#web/records/list-address.ts'
import { useViews } from './use-views.ts'
import { differencesOf, parts, readColumns, withDifferences } from './view-settings.ts'

type Columns = NonNullable<ViewSettings['columns']>
/** How rows look beyond their columns: conditional colours, their height, what they are grouped by. */
export type Look = Pick<ViewSettings, 'colours' | 'lines' | 'by'>
type Wishes = { [Part in keyof ViewSettings]?: ViewSettings[Part] | null | undefined }

export interface ViewState {
  /** The open view; undefined: all records, arranged as this person likes it. */
  view: ViewOut | undefined
  kind: ViewKind
  /** What is shown: the view and what differs from it. */
  settings: ViewSettings
  differences: Differences
  isChanged: boolean
  /** The same as a screen of records asks for it, and how it wants it changed: a record that is opened is a step that one can go back. */
  address: ListAddress
  onAddress: (change: AddressChange) => void
  layout: Columns
  look: Look
  /** Changes what is shown: a difference from the open view, in the address. */
  set: (wishes: Wishes) => void
  setLayout: (layout: Columns) => void
  setLook: (look: Look) => void
  setKind: (kind: ViewKind) => void
  /** Back to what the view says. */
  reset: () => void
}

const untouched = {}

/** What the list of an object shows: the open view and what the address changes about it. Without a view, columns and looks are what this person likes. */
export function useViewState(object: string): ViewState {
  const search = readListAddress(useSearch({ strict: false }))
  const go = useNavigate()
  const { views } = useViews(object)
  const [likedLayout, likeLayout] = usePreference<Columns>(`sheet.${object}.columns`, untouched)
  const [likedLook, likeLook] = usePreference<Look>(`sheet.${object}.look`, untouched)
  const view = views.find(each => each.id === search.view)
  const differences: Differences = Object.fromEntries(parts.filter(part => search[part] !== undefined).map(part => [part, search[part]]))
  const saved = view?.settings ?? { ...likedLook, columns: likedLayout }
  const settings = withDifferences(saved, differences)
  const change = (next: (before: ListSearch) => object, replace = true) =>
    void go({ to: '/$object', params: { object }, search: (before: Record<string, unknown>) => readListAddress({ ...next(readListAddress(before)) }), replace })
  const set = (wishes: Wishes) => change(before => ({ ...before, ...differencesOf(view?.settings ?? {}, wishes) }))
  // What one likes replaces what the address said of it.
  const like = (keep: () => void, parts: Wishes) => {
    keep()
    if (Object.keys(parts).some(part => part in differences)) change(before => ({ ...before, ...parts }))
  }
  const { filter, q, sort } = settings
  const layout = useMemo(() => readColumns(settings.columns), [settings.columns])

  return {
    view, settings, differences, set,
    address: { ...(filter && { filter }), ...(q && { q }), ...(sort && { sort }), ...(search.open && { open: search.open }) },
    onAddress: wishes => {
      const { open, ...rest } = wishes
      change(before => ({ ...before, ...differencesOf(view?.settings ?? {}, rest), ...('open' in wishes && { open }) }), !('open' in wishes))
    },
    kind: search.kind ?? view?.kind ?? 'sheet',
    isChanged: view !== undefined && (Object.keys(differences).length > 0 || (search.kind !== undefined && search.kind !== view.kind)),
    layout,
    look: { ...(settings.colours && { colours: settings.colours }), ...(settings.lines && { lines: settings.lines }), ...(settings.by && { by: settings.by }) },
    setLayout: next => (view === undefined ? like(() => likeLayout(next), { columns: undefined }) : set({ columns: next })),
    setLook: next => (view === undefined ? like(() => likeLook(next), { colours: undefined, lines: undefined, by: undefined }) : set({ colours: next.colours, lines: next.lines, by: next.by })),
    setKind: kind => change(before => ({ ...before, kind: kind === (view?.kind ?? 'sheet') ? undefined : kind })),
    reset: () => change(({ view: open, open: record }) => ({ ...(open && { view: open }), ...(record && { open: record }) })),
  }
}
