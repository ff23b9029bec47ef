import type { ReactNode } from 'react'

/** One column. Its functions see only rows that are loaded. */
export interface GridColumn<Row> {
  name: string
  label: string
  /** px, until the person drags it. */
  width: number
  align?: 'left' | 'right'
  /** Stays at the left while the rest scrolls sideways; until the person says otherwise. */
  frozen?: boolean
  /** Not shown until the person asks for it. */
  hidden?: boolean
  sortable?: boolean
  editable?: boolean
  /** This row's cell may not be edited although the column may. */
  locked?(row: Row): boolean
  /** Written by the program: shown quieter. */
  computed?: boolean
  /** A click on the text opens the row: the number or the name of a record. */
  opens?: boolean
  render(row: Row): ReactNode
  /** The cell as plain text: what is copied and found. */
  text(row: Row): string
  /** The text that an edit starts from, where it differs from `text`. */
  editText?(row: Row): string
  /** A picker under the cell. Without one the cell is edited as text. */
  editor?(props: EditorProps<Row>): ReactNode
  /** Which keyboard a phone shows. */
  inputMode?: 'text' | 'decimal' | 'numeric' | 'tel' | 'email' | 'url'
  help?: string
}

/** What a picker gets. The keyboard stays in the cell, so `text` is what was typed and an input method works. */
export interface EditorProps<Row> {
  row: Row
  column: string
  /** What stands in the cell now; changes with every key. */
  text: string
  /** The edit began by typing over the cell, not with its old value. */
  isTyped: boolean
  /** Ends the edit; `text` is shown until the value is saved. */
  commit(result: { text: string; value?: unknown }, then?: 'stay' | 'down' | 'right'): void
  cancel(): void
  /** Called with every key before the sheet; true = handled. The latest handler counts. */
  onKey(handler: (event: KeyboardEvent) => boolean): void
}

/** Rows by their place. `ensure` is a wish; rows that arrive change `version` and call the listeners. */
export interface GridSource<Row> {
  readonly total: number
  readonly totalIsEstimate: boolean
  /** So many of them, at the end, are not saved yet. */
  readonly added?: number
  readonly version: number
  row(index: number): Row | undefined
  ensure(from: number, to: number): void
  /** All rows from `from` to `to`, both included, loaded if need be. */
  fetch(from: number, to: number): Promise<Row[]>
  subscribe(listener: () => void): () => void
}

export interface CellEdit<Row> {
  row: Row
  column: string
  /** As typed or pasted. */
  text: string
  /** The value a picker chose; `text` is how it reads. */
  value?: unknown
}

/** Texts for rows that are not all loaded: `lines` over and over, by column. Both ends included. */
export interface RangeEdit { from: number; to: number; lines: { column: string; text: string }[][] }

export interface RowTint { row?: string; cells?: Readonly<Record<string, string>> }

/** What a row is beside a saved record: the line where one types another, one that waits to be saved, or the head of a group. */
export type RowState = 'blank' | 'unsaved' | 'head'

/** A row that heads a group: its name, how many it holds, and sums by column. */
export interface RowHead { label: ReactNode; text: string; count: string; isOpen: boolean; sums: Readonly<Record<string, string>> }

/** Why a text was not accepted, in words, and what would be. */
export interface CellProblem {
  rowId: string
  column: string
  message: string
  proposal?: string
}

export interface GridSort { column: string; descending: boolean }

/** How a person arranged the columns. What is absent follows the columns' own wishes. */
export interface ColumnLayout {
  order?: readonly string[]
  widths?: Readonly<Record<string, number>>
  hidden?: readonly string[]
  frozen?: readonly string[]
}

/** Ticked rows: these ids, or everything but these ids. */
export interface RowSelection { all: boolean; ids: ReadonlySet<string> }

export type MenuItem = { label: string; run(): void; danger?: boolean; checked?: boolean; isDisabled?: boolean; hint?: string } | 'divider'

/** What a screen may ask of a grid that stands. */
export interface GridHandle<Row = unknown> {
  focus(): void
  /** Brings a row into view and makes it the active one; a function names the column once the row is there. */
  goTo(row: number, column?: string | ((row: Row) => string | undefined)): void
  /** The id of the active row. */
  activeRow(): string | undefined
  /** Starts to edit the active cell. */
  edit(): void
  /** Rows in which a text stands that was refused. */
  refused(): ReadonlySet<string>
  /** Marks what was refused of these rows; what they lacked before is forgotten. */
  refuse(rowIds: readonly string[], problems: readonly CellProblem[]): void
}

export interface GridProps<Row> {
  /** What is listed, for people who cannot see it. */
  label: string
  columns: readonly GridColumn<Row>[]
  layout?: ColumnLayout | undefined
  onColumnsChange?: ((layout: ColumnLayout) => void) | undefined
  source: GridSource<Row>
  rowId(row: Row): string
  /** px; 34, compact 28. */
  rowHeight?: number | undefined
  /** Lines of text in a row; more than one wraps. */
  lines?: number | undefined
  /** CSS colours behind a row, or behind some of its cells; the same row gives the same object. */
  tint?: ((row: Row) => RowTint | undefined) | undefined
  sort?: readonly GridSort[] | undefined
  onSort?: ((sort: GridSort[]) => void) | undefined
  /** Further items in the menu of a column. */
  columnMenu?: ((column: GridColumn<Row>) => MenuItem[]) | undefined
  /** A sign behind the last column that leads to another one. */
  addColumn?: { label: string; run(): void } | undefined
  /** The menu of a row (right click). */
  rowMenu?: ((row: Row, marked: { from: number; to: number }) => MenuItem[]) | undefined
  /** Saves; answers with what was refused. Absent: nothing can be edited. */
  onCommit?: ((edits: CellEdit<Row>[]) => Promise<CellProblem[]>) | undefined
  /** Rows for what is pasted beyond the end; they are there when it returns. */
  appendRows?: ((count: number) => void) | undefined
  rowState?: ((row: Row) => RowState | undefined) | undefined
  head?: ((row: Row) => RowHead | undefined) | undefined
  /** Said in the line where one types another row. */
  newRowHint?: string | undefined
  /** Writes into more rows than one save may bring; `false`: not here. */
  onRange?: ((edit: RangeEdit) => void) | undefined
  onUndo?: (() => void) | undefined
  onRedo?: (() => void) | undefined
  selectedRows?: RowSelection | undefined
  onSelectRows?: ((rows: RowSelection) => void) | undefined
  onOpen?: ((row: Row) => void) | undefined
  /** The row of the active cell, each time it becomes another one. */
  onActiveRow?: ((row: Row | undefined) => void) | undefined
  /** A sentence for the person: copied, left out, too much. */
  onNotice?: ((text: string) => void) | undefined
  /** Sums and the like, by column. */
  footer?: Readonly<Record<string, ReactNode>> | undefined
  count?: ReactNode
  emptyState?: ReactNode
  loading?: boolean | undefined
  handle?: { current: GridHandle | null } | undefined
  /** The cell that is edited, each time it becomes another one or none. */
  onEditing?: ((cell: { rowId: string; column: string } | null) => void) | undefined
  /** Who else works in cells of a row, by column. */
  others?: ((rowId: string) => ReadonlyMap<string, string> | undefined) | undefined
  /** Texts that somebody looks for are marked. */
  isFound?: ((text: string) => boolean) | undefined
}
