import { t } from '#web/i18n.ts'
import { clearing, filling, fillingDown, pasting } from './cell-texts.ts'
import { acceptProposal, cancelEdit, discardDraft, editableAt, endEdit, startEdit, startText, write } from './edit-commands.ts'
import type { Command } from './keymap.ts'
import { columnsOf, fillLines, isTooTall } from './ranges.ts'
import { boundsOf, columnAt, filledBoundsOf, reveal, rowAt, rowHeightOf, scrollToY, type Sheet } from './sheet.ts'
import { boxOf, extended, moved, next, selectionOf, single, within, type Box, type CellAt, type Selection } from './selection.ts'

/** Does what a key asks for. `false`: the key is not ours after all. */
export function run<Row>(sheet: Sheet<Row>, command: Command): boolean {
  switch (command.kind) {
    case 'move':
    case 'extend': return step(sheet, command)
    case 'next': return select(sheet, next(sheet.selection.get(), command.direction, boundsOf(sheet)))
    case 'commit': return commit(sheet, command.direction)
    case 'edit': return startEdit(sheet, false)
    case 'editOrDown': return editOrDown(sheet)
    case 'cancel': return cancel(sheet)
    case 'newLine': return insertText(sheet, '\n')
    default: return act(sheet, command.kind)
  }
}

type Act = Exclude<Command['kind'], 'move' | 'extend' | 'next' | 'commit' | 'edit' | 'editOrDown' | 'cancel' | 'newLine'>

function act<Row>(sheet: Sheet<Row>, kind: Act): boolean {
  const acts: Record<Act, () => void> = {
    clear: () => clearCells(sheet),
    selectAll: () => selectAll(sheet),
    undo: () => sheet.props.onUndo?.(),
    redo: () => sheet.props.onRedo?.(),
    fillDown: () => fillDown(sheet),
    open: () => openActive(sheet),
    accept: () => acceptProposal(sheet),
    menu: () => sheet.openColumnMenu?.(sheet.selection.get().active.column),
  }
  acts[kind]()
  return true
}

export function select<Row>(sheet: Sheet<Row>, selection: Selection, shown: CellAt = selection.active): true {
  sheet.selection.set(selection)
  reveal(sheet, shown)
  return true
}

function step<Row>(sheet: Sheet<Row>, { kind, step: where }: { kind: 'move' | 'extend'; step: Parameters<typeof moved>[1] }): true {
  const isFar = where === 'columnEnd' || where === 'sheetEnd'
  const bounds = kind === 'extend' || isFar ? filledBoundsOf(sheet) : boundsOf(sheet)
  if (where === 'pageDown' || where === 'pageUp') {
    const way = bounds.page * rowHeightOf(sheet.props) * (where === 'pageDown' ? 1 : -1)
    scrollToY(sheet, sheet.position.y + way)
  }
  const change = kind === 'extend' ? extended : moved
  const selection = change(sheet.selection.get(), where, bounds)
  return select(sheet, selection, selection.to)
}

function commit<Row>(sheet: Sheet<Row>, direction: 'up' | 'down' | 'left' | 'right'): true {
  endEdit(sheet)
  return select(sheet, next(sheet.selection.get(), direction, boundsOf(sheet)))
}

/** Enter opens a single cell, or the group of a head; inside a rectangle, or where nothing can be edited, it goes on. */
function editOrDown<Row>(sheet: Sheet<Row>): boolean {
  const { from, to, active } = sheet.selection.get()
  const row = rowAt(sheet, active.row)
  if (row !== undefined && sheet.props.rowState?.(row) === 'head') {
    openActive(sheet)
    return true
  }
  const isOne = from.row === to.row && from.column === to.column
  return (isOne && startEdit(sheet, false)) || select(sheet, next(sheet.selection.get(), 'down', boundsOf(sheet)))
}

/** Esc closes one layer: the edit, else the refused text, else the rectangle. Otherwise the key belongs to the screen. */
function cancel<Row>(sheet: Sheet<Row>): boolean {
  if (sheet.editing.get()) {
    cancelEdit(sheet)
    return true
  }
  const { active, from, to } = sheet.selection.get()
  const target = editableAt(sheet, active)
  if (target && sheet.drafts.get(sheet.props.rowId(target.row), target.column.name)?.isRefused) {
    discardDraft(sheet)
    return true
  }
  if (from.row === to.row && from.column === to.column) {
    sheet.isTabFree = true
    return false
  }
  sheet.selection.set(single(active))
  return true
}

/** Puts text where the caret is in the open cell. */
export function insertText<Row>(sheet: Sheet<Row>, text: string): true {
  const { input } = sheet
  if (!input) return true
  input.setRangeText(text, input.selectionStart, input.selectionEnd, 'end')
  const editing = sheet.editing.get()
  if (editing) sheet.editing.set({ ...editing, text: input.value })
  return true
}

function selectAll<Row>(sheet: Sheet<Row>) {
  const { rows, columns } = filledBoundsOf(sheet)
  const { active } = sheet.selection.get()
  sheet.selection.set({ active, from: { row: 0, column: 0 }, to: within({ row: rows, column: columns }, { rows, columns, page: 1 }) })
}

export function openActive<Row>(sheet: Sheet<Row>) {
  const row = rowAt(sheet, sheet.selection.get().active.row)
  if (row !== undefined) sheet.props.onOpen?.(row)
}

export function clearCells<Row>(sheet: Sheet<Row>) {
  const box = boxOf(sheet.selection.get())
  const empty = columnsOf(sheet, box).map(({ column }) => ({ column: column.name, text: '' }))
  if (!isTooTall(sheet, box, [empty])) void write(sheet, clearing(box))
}

function fillDown<Row>(sheet: Sheet<Row>) {
  const fill = fillingDown(sheet.selection.get())
  if (fill) fillOver(sheet, fill.from, fill.over)
}

/** Repeats the cells of `from` over `over`. */
export function fillOver<Row>(sheet: Sheet<Row>, from: Box, over: Box) {
  const textAt = (cell: CellAt) => {
    const row = rowAt(sheet, cell.row)
    const column = columnAt(sheet, cell.column)?.column
    return row !== undefined && column ? startText(sheet, column, row) : undefined
  }
  const isDown = over.left === from.left && over.right === from.right && over.top === from.top
  if (!isTooTall(sheet, over, isDown ? fillLines(sheet, from, textAt) : null, from.bottom + 1)) void write(sheet, filling(from, over, textAt))
}

/** Writes pasted lines and marks where they landed; beyond the end they are new rows. */
export function pasteLines<Row>(sheet: Sheet<Row>, lines: string[][]) {
  const selection = sheet.selection.get()
  const box = boxOf(selection)
  const columns = columnsOf(sheet, { ...box, right: box.left + Math.max(...lines.map(line => line.length)) - 1 })
  const texts = lines.map(line => columns.flatMap(({ column }, at) => (line[at] === undefined ? [] : { column: column.name, text: line[at] })))
  if (isTooTall(sheet, box, texts) || isTooTall(sheet, { ...box, top: 0, bottom: lines.length - 1 }, null)) return
  const missing = box.top + lines.length - boundsOf(sheet).rows
  if (missing > 0) sheet.props.appendRows?.(missing)
  const { cells, box: landed } = pasting(lines, selection, boundsOf(sheet))
  sheet.selection.set(selectionOf(landed))
  const lost = lines.length - (landed.bottom - landed.top + 1)
  if (lost > 0) sheet.props.onNotice?.(t('grid.belowEnd', { count: lost }))
  void write(sheet, cells)
}
