import type { ColumnMapping } from '#shared/api/imports.ts'
import type { ObjectType } from '#shared/object.ts'
import type { SourceRow } from '#server/files/read.ts'
import { textOf } from './cells.ts'
import { findHeader, type Header } from './header.ts'
import { normalise } from './header-words.ts'
import { proposeMapping, type Choices, type SourceColumn } from './mapping.ts'
import { withoutSecrets } from './secrets.ts'
import type { Target } from './targets.ts'

export interface Head {
  header: Header
  columns: SourceColumn[]
  /** The header's words in one text: files of one shape have it in common. */
  shape: string
}

/** So many rows are looked at before the mapping is proposed. */
export const headRows = 300

/** The header of a file and the first values below it. */
export function readHead(rows: readonly SourceRow[], targets: readonly Target[], headerRow?: number): Head {
  const header = findHeader(rows, targets, headerRow)
  const below = rows.filter(row => row.row > header.lastRow).map(row => withoutSecrets(row.cells).cells)
  const width = Math.max(header.columns.length, ...below.slice(0, headRows).map(cells => cells.length))
  const names = Array.from({ length: width }, (_, column) => header.columns[column]?.header ?? '')
  const columns = names.map((name, column) => ({ column, header: name, texts: below.map(cells => textOf(cells[column])) }))
    .filter(column => column.header !== '' || column.texts.some(text => text !== ''))

  return { header, columns, shape: names.map(normalise).join('|') }
}

/** The proposal, with what a person chose now or for a file of the same shape before. */
export function mapHead(head: Head, targets: readonly Target[], object: ObjectType, chosen: readonly { column: number; field: string | null }[], remembered: readonly ColumnMapping[]): ColumnMapping[] {
  const known = new Set(targets.map(target => target.name))
  const choices = new Map<number, { field: string | null; because: 'chosen' | 'remembered' }>()
  const decided = remembered.some(entry => entry.because === 'chosen' || entry.because === 'remembered')
  for (const entry of decided ? remembered : []) if (entry.field === null || known.has(entry.field)) choices.set(entry.column, { field: entry.field, because: 'remembered' })
  for (const entry of chosen) choices.set(entry.column, { field: entry.field, because: 'chosen' })

  return proposeMapping(head.columns, targets, object, withoutTwins(choices, new Set(chosen.map(entry => entry.column)), object) as Choices)
}

/** A field that a person gives to another column leaves the one that had it; only the remark takes several. */
function withoutTwins(choices: Map<number, { field: string | null; because: 'chosen' | 'remembered' }>, fresh: ReadonlySet<number>, object: ObjectType) {
  const many = new Set(object.fields.filter(field => field.type === 'longText').map(field => field.name))
  const given = new Set([...choices].filter(([column]) => fresh.has(column)).map(([, choice]) => choice.field))
  for (const [column, choice] of choices) {
    if (!fresh.has(column) && choice.field !== null && given.has(choice.field) && !many.has(choice.field)) choices.set(column, { ...choice, field: null })
  }

  return choices
}
