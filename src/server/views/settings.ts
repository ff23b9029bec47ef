import { isDeepStrictEqual } from 'node:util'
import { parseSort, partOf, writeSort, type Filter } from '#shared/filter.ts'
import type { ObjectType } from '#shared/object.ts'
import { Problem } from '#shared/problem.ts'
import type { ViewKind, ViewSettings } from '#shared/view.ts'
import type { Viewer } from '#server/access/viewer.ts'
import { allObjects } from '#server/catalog/catalog.ts'
import { filterSql } from '#server/records/filter.ts'
import { visibleColumns } from '#server/records/relation.ts'
import { orderOf } from '#server/records/sort.ts'

/** Refuses what the door would refuse: nobody saves a question that they may not ask. */
export function checkSettings(viewer: Viewer, object: ObjectType, { filter, q, sort, columns, colours, by }: ViewSettings): void {
  if (q?.includes('\0')) throw new Problem('filter.value', { detail: 'NUL' })
  if (filter) filterSql(viewer, object, filter)
  colours?.forEach(rule => filterSql(viewer, object, rule.filter))
  orderOf(viewer, object, sort)
  const seen = new Set(visibleColumns(viewer, object).map(({ field }) => field.name))
  const named = [...Object.values(columns ?? {}).flatMap(part => (Array.isArray(part) ? part : Object.keys(part as object))), ...(colours ?? []).flatMap(rule => rule.field ?? []), ...(by ? [by] : [])]
  const unknown = named.find(name => !seen.has(name))
  if (unknown !== undefined) throw new Problem('name.unknown', { name: unknown })
}

/** A board has a choice for its columns, a calendar a date for its days. */
export function checkKind(viewer: Viewer, object: ObjectType, kind: ViewKind, by: string | undefined): void {
  const type = visibleColumns(viewer, object).find(({ field }) => field.name === by)?.field.type
  if (kind === 'board' && type !== 'choice') throw new Problem('view.byChoice')
  if (kind === 'calendar' && type !== 'date' && type !== 'datetime') throw new Problem('view.byDate')
}

/**
 * The settings as this viewer may know them: what asks for a field that is not there for them, or for a value behind a mask, is left out.
 * So is what means nothing any more: a condition on an option that is gone, on a field that got another type.
 */
export function settingsFor(viewer: Viewer, object: ObjectType, { filter, sort, columns, colours, by, ...rest }: ViewSettings, isOwn: boolean): { settings: ViewSettings; leftOut: number } {
  const seen = new Set(visibleColumns(viewer, object).map(({ field }) => field.name))
  let leftOut = 0
  const keeps = (isKept: boolean) => { leftOut += isKept ? 0 : 1; return isKept }
  const asked = (given: Filter) => partOf(given, part => keeps(isAskable(viewer, object, part) && (isOwn || isReadable(viewer, object, part))))
  const keptFilter = filter && asked(filter)
  const keys = parseSort(sort ?? '').filter(key => keeps(seen.has(key.field)))
  const only = (names: readonly string[] | undefined) => names?.filter(name => seen.has(name))
  const rules = colours?.flatMap(rule => {
    if (rule.field !== undefined && !keeps(seen.has(rule.field))) return []
    const whole = asked(rule.filter)
    // A rule that lost a condition would colour what it does not mean.
    return whole && isDeepStrictEqual(whole, rule.filter) ? [rule] : []
  })
  const keptBy = by !== undefined && keeps(seen.has(by)) ? by : undefined
  const lists = Object.entries({ order: only(columns?.order), hidden: only(columns?.hidden), frozen: only(columns?.frozen) }).filter(([, names]) => names !== undefined)
  const widths = columns?.widths && Object.fromEntries(Object.entries(columns.widths).filter(([name]) => seen.has(name)))
  return {
    leftOut,
    settings: {
      ...rest, ...(keptFilter && { filter: keptFilter }), ...(keys.length > 0 && { sort: writeSort(keys) }),
      ...(columns && { columns: { ...Object.fromEntries(lists), ...(widths && { widths }) } }),
      ...(rules && { colours: rules }), ...(keptBy !== undefined && { by: keptBy }),
    },
  }
}

function isAskable(viewer: Viewer, object: ObjectType, filter: Filter): boolean {
  try {
    filterSql(viewer, object, filter)
    return true
  } catch (error) {
    if (error instanceof Problem) return false
    throw error
  }
}

/** A condition tells its value: whoever sees a field behind a mask must not read it there, nor in a question to related records. */
function isReadable(viewer: Viewer, object: ObjectType, filter: Filter): boolean {
  if ('and' in filter) return filter.and.every(part => isReadable(viewer, object, part))
  if ('or' in filter) return filter.or.every(part => isReadable(viewer, object, part))
  if ('not' in filter) return isReadable(viewer, object, filter.not)
  if (filter.op === 'has' || filter.op === 'hasNo') {
    const other = allObjects().find(each => each.name === filter.field)
    return other !== undefined && (filter.value === undefined || isReadable(viewer, other, filter.value as Filter))
  }
  return filter.value === undefined || visibleColumns(viewer, object).some(({ field, shown }) => field.name === filter.field && shown !== 'text')
}

/**
 * A change by somebody who was shown a part of the settings only: a part that came back as it was shown stays as it is stored,
 * and columns that were not shown keep their widths and places. So nothing gets lost that is merely out of sight, or of a retired field.
 */
export function withUnseen(viewer: Viewer, object: ObjectType, stored: ViewSettings, given: ViewSettings, isOwn: boolean): ViewSettings {
  const { settings: shown } = settingsFor(viewer, object, stored, isOwn)
  const seen = new Set(visibleColumns(viewer, object).map(({ field }) => field.name))
  const untouched = Object.keys(stored).filter(part => part !== 'columns' && isDeepStrictEqual(shown[part as keyof ViewSettings], given[part as keyof ViewSettings]))
  const merged: ViewSettings = { ...given, ...Object.fromEntries(untouched.map(part => [part, stored[part as keyof ViewSettings]])) }
  if (!stored.columns) return merged
  const { columns } = stored
  const list = (part: 'order' | 'hidden' | 'frozen') => {
    const unseen = columns[part]?.filter(name => !seen.has(name)) ?? []
    const names = [...(given.columns?.[part] ?? []), ...unseen]
    return given.columns?.[part] !== undefined || unseen.length > 0 ? [[part, names]] : []
  }
  const widths = { ...Object.fromEntries(Object.entries(columns.widths ?? {}).filter(([name]) => !seen.has(name))), ...given.columns?.widths }
  const all = { ...Object.fromEntries([...list('order'), ...list('hidden'), ...list('frozen')]), ...(Object.keys(widths).length > 0 && { widths }) }
  return Object.keys(all).length === 0 ? merged : { ...merged, columns: all }
}
