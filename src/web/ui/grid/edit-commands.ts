import { t } from '#web/i18n.ts'
import type { CellText } from './cell-texts.ts'
import type { Draft } from './drafts.ts'
import { columnAt, rowAt, type Sheet } from './sheet.ts'
import type { CellAt } from './selection.ts'
import type { CellEdit, CellProblem, GridColumn } from './types.ts'

/** Rows that one paste, fill or clearing may touch. */
export const maxRows = 5000

export const isEditable = <Row>(sheet: Sheet<Row>, column: GridColumn<Row>, row: Row) =>
  sheet.props.onCommit !== undefined && column.editable === true && column.locked?.(row) !== true && sheet.props.rowState?.(row) !== 'head'

/** The text an edit of the cell starts from: what was refused, else its value. */
export const startText = <Row>(sheet: Sheet<Row>, column: GridColumn<Row>, row: Row) =>
  sheet.drafts.get(sheet.props.rowId(row), column.name)?.text ?? valueText(column, row)

const valueText = <Row>(column: GridColumn<Row>, row: Row) => column.editText?.(row) ?? column.text(row)

/** The loaded row and the column of a cell that may be edited. */
export function editableAt<Row>(sheet: Sheet<Row>, cell: CellAt): { row: Row; column: GridColumn<Row> } | undefined {
  const row = rowAt(sheet, cell.row)
  const column = columnAt(sheet, cell.column)?.column
  return row !== undefined && column && isEditable(sheet, column, row) ? { row, column } : undefined
}

/** Opens the active cell; `isTyped` when a typed text is already in it. */
export function startEdit<Row>(sheet: Sheet<Row>, isTyped: boolean): boolean {
  const target = editableAt(sheet, sheet.selection.get().active)
  if (!target || !sheet.input) return false
  if (!isTyped) sheet.input.value = startText(sheet, target.column, target.row)
  sheet.editing.set({ text: sheet.input.value, isTyped, ...target })
  return true
}

/** Leaves the cell without a change. */
export function cancelEdit<Row>(sheet: Sheet<Row>) {
  if (sheet.input) sheet.input.value = ''
  sheet.pickerKeys = null
  sheet.editing.set(null)
}

/** Ends the edit with the text in the cell, or with what a picker chose. */
export function endEdit<Row>(sheet: Sheet<Row>, chosen?: { text: string; value?: unknown }) {
  const editing = sheet.editing.get()
  if (!editing) return
  const text = chosen?.text ?? sheet.input?.value ?? ''
  cancelEdit(sheet)
  void save(sheet, [{ row: freshest(sheet, editing.row, editing.column), column: editing.column.name, ...(chosen ?? { text }) }])
}

/** The same row as it is now, where it still stands at the active cell; as it was when the edit began where somebody has changed this very cell since. */
function freshest<Row>(sheet: Sheet<Row>, row: Row, column: GridColumn<Row>): Row {
  const now = rowAt(sheet, sheet.selection.get().active.row)
  const isSame = now !== undefined && sheet.props.rowId(now) === sheet.props.rowId(row) && valueText(column, now) === valueText(column, row)
  return isSame ? now : row
}

/** Texts for many cells: one save. Cells that may not be edited are left out, and the person is told. */
export async function write<Row>(sheet: Sheet<Row>, cells: CellText[]) {
  const { onNotice } = sheet.props
  if (cells.length === 0) return
  const rows = await rowsOf(sheet, cells)
  if (rows === 'tooMany') return onNotice?.(t('grid.tooManyRows', { limit: maxRows }))
  const edits = cells.flatMap(cell => {
    const row = rows.get(cell.row)
    const column = columnAt(sheet, cell.column)?.column
    return row !== undefined && column && isEditable(sheet, column, row) ? [{ row, column: column.name, text: cell.text }] : []
  })
  if (edits.length < cells.length) onNotice?.(t('grid.leftOut', { count: cells.length - edits.length }))
  await save(sheet, edits)
}

/** The rows of the cells by their place: at once when all are loaded, so that the sheet answers in the same frame. */
function rowsOf<Row>(sheet: Sheet<Row>, cells: CellText[]): Map<number, Row> | Promise<Map<number, Row>> | 'tooMany' {
  const first = cells[0]?.row ?? 0
  const last = cells.at(-1)?.row ?? 0
  if (last - first >= maxRows) return 'tooMany'
  const rows = new Map<number, Row>()
  for (let index = first; index <= last; index++) {
    const row = rowAt(sheet, index)
    if (row === undefined) return sheet.props.source.fetch(first, last).then(all => new Map(all.map((each, at) => [first + at, each])))
    rows.set(index, row)
  }
  return rows
}

/** Shows the texts at once and saves them; what is refused stays as typed, with its reason. */
async function save<Row>(sheet: Sheet<Row>, edits: CellEdit<Row>[]) {
  const { onCommit, rowId } = sheet.props
  const changes = edits.filter(edit => isChange(sheet, edit))
  if (!onCommit || changes.length === 0) return
  const drafts = changes.map(edit => ({ id: rowId(edit.row), column: edit.column, draft: draftOf(edit) }))
  sheet.drafts.putAll(drafts)
  const problems = await onCommit(changes).catch(() => drafts.map(({ id, column, draft }) => unsaved(id, column, draft.text)))
  // A newer text may stand in the cell by now; then this answer is no longer about it.
  const current = drafts.filter(({ id, column, draft }) => sheet.drafts.get(id, column) === draft)
  sheet.drafts.putAll(current.map(({ id, column, draft }) => ({ id, column, draft: refused(draft, problems, id, column) })))
  refuseCells(sheet, [], problems.filter(problem => !drafts.some(({ id, column }) => problem.rowId === id && problem.column === column)))
}

/** What a row lacks is refused at cells in which nothing was typed; `rowIds` forget what they lacked before. */
export function refuseCells<Row>(sheet: Sheet<Row>, rowIds: readonly string[], problems: readonly CellProblem[]) {
  const lacked = rowIds.flatMap(id => [...sheet.drafts.all.get().get(id) ?? []].filter(([, { text }]) => text === '').map(([column]) => ({ id, column, draft: undefined })))
  sheet.drafts.putAll(lacked)
  sheet.drafts.putAll(problems.map(({ rowId: id, column, ...problem }) => ({ id, column, draft: { text: '', ...sheet.drafts.get(id, column), isRefused: true, ...problem } })))
}

const draftOf = <Row>({ text, value }: CellEdit<Row>): Draft => ({ text, isRefused: false, ...(value !== undefined && { value }) })

function isChange<Row>(sheet: Sheet<Row>, edit: CellEdit<Row>): boolean {
  const id = sheet.props.rowId(edit.row)
  const column = sheet.props.columns.find(each => each.name === edit.column)
  const draft = sheet.drafts.get(id, edit.column)
  const isValue = column !== undefined && (edit.text === valueText(column, edit.row) || edit.text === column.text(edit.row))
  if (isValue && draft?.isRefused) sheet.drafts.putAll([{ id, column: edit.column, draft: undefined }])
  return edit.value !== undefined || (draft ? edit.text !== draft.text && !(isValue && draft.isRefused) : !isValue)
}

const unsaved = (rowId: string, column: string, text: string): CellProblem => ({ rowId, column, message: t('grid.notSaved'), proposal: text })

function refused(draft: Draft, problems: CellProblem[], rowId: string, column: string): Draft | undefined {
  const problem = problems.find(each => each.rowId === rowId && each.column === column)
  return problem && { ...draft, isRefused: true, message: problem.message, ...(problem.proposal !== undefined && { proposal: problem.proposal }) }
}

/** Saves the proposal that stands at the active cell. */
export function acceptProposal<Row>(sheet: Sheet<Row>) {
  const target = editableAt(sheet, sheet.selection.get().active)
  const draft = target && sheet.drafts.get(sheet.props.rowId(target.row), target.column.name)
  if (!target || draft?.proposal === undefined) return
  discardDraft(sheet)
  const isRetry = draft.proposal === draft.text && draft.value !== undefined
  void save(sheet, [{ row: target.row, column: target.column.name, text: draft.proposal, ...(isRetry && { value: draft.value }) }])
}

/** Gives the active cell its saved value back. */
export function discardDraft<Row>(sheet: Sheet<Row>) {
  cancelEdit(sheet)
  const { row, column } = sheet.selection.get().active
  const found = rowAt(sheet, row)
  const name = columnAt(sheet, column)?.column.name
  if (found !== undefined && name !== undefined) sheet.drafts.putAll([{ id: sheet.props.rowId(found), column: name, draft: undefined }])
}
