import type { Filter } from './filter.ts'
import type { Hue } from './object.ts'

/** How records are laid out: a sheet, columns by a choice, days by a date, cards. */
export const viewKinds = ['sheet', 'board', 'calendar', 'gallery'] as const
export type ViewKind = (typeof viewKinds)[number]

/** Records that fit the condition have this colour: the whole row, or only the cell of `field`. The first rule that fits counts. */
export interface ColourRule { filter: Filter; color: Hue; field?: string }

/** Heights of a row of the sheet, in lines of text. */
export const rowLines = [1, 2, 4] as const
export type RowLines = (typeof rowLines)[number]

/** Everything that a view remembers of what is shown and how. What is absent follows the object. */
export interface ViewSettings {
  filter?: Filter
  q?: string
  /** As in an address: `-createdAt,name`. */
  sort?: string
  /** As the sheet arranges columns; the other kinds show the same fields in the same order. */
  columns?: { order?: readonly string[]; widths?: Readonly<Record<string, number>>; hidden?: readonly string[]; frozen?: readonly string[] }
  colours?: readonly ColourRule[]
  lines?: RowLines
  /** sheet: the choice whose values head groups of rows. board: the choice of its columns. calendar: the date of its days. */
  by?: string
}
