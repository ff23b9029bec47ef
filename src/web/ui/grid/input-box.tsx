import { useLayoutEffect, type ChangeEvent, type FocusEvent, type KeyboardEvent, type SyntheticEvent } from 'react'
import { copyCells, cutCells, pasteCells } from './clipboard-events.ts'
import { run } from './commands.ts'
import { editableAt, endEdit, startEdit } from './edit-commands.ts'
import { commandOf, editingCommandOf } from './keymap.ts'
import { cellId, columnAt, reveal, rowHeightOf, type Sheet } from './sheet.ts'
import styles from './grid.module.css'

/**
 * The one place that has the keyboard: a text box on the active cell, transparent until something is typed. It never moves in
 * the document and always has the focus, so that an input method is right from the first key.
 */
export function InputBox<Row>({ sheet }: { sheet: Sheet<Row> }) {
  const { active } = sheet.selection.use()
  const editing = sheet.editing.use()
  const { rows, anchor, top } = sheet.view.use()
  const columns = sheet.across.use()
  const placed = columnAt(sheet, active.column)
  const height = rowHeightOf(sheet.props)
  const isDrawn = active.row >= rows.from && active.row <= rows.to
    && (active.column < sheet.arrangement.frozen || (active.column >= columns.from && active.column <= columns.to))
  const isLocked = editableAt(sheet, active) === undefined
  useFrozenOffset(sheet, active.column)
  useCaretAtEnd(sheet, editing !== null)

  return (
    <textarea
      ref={input => { sheet.input = input }}
      rows={1}
      className={editing ? `${styles.input} ${styles.editing}` : styles.input}
      style={{
        top: top + (active.row - anchor) * height,
        left: (placed?.x ?? 0) - 1,
        minWidth: (placed?.width ?? 0) + 1,
        minHeight: height + 1,
        textAlign: placed?.column.align === 'right' ? 'right' : undefined,
      }}
      readOnly={isLocked}
      inputMode={placed?.column.inputMode}
      aria-label={placed?.column.label ?? sheet.props.label}
      aria-multiline="true"
      aria-controls={sheet.id}
      aria-activedescendant={isDrawn ? cellId(sheet.id, active.row, active.column) : undefined}
      autoComplete="off"
      autoCorrect="off"
      autoCapitalize="off"
      spellCheck={false}
      onKeyDown={event => onKeyDown(sheet, event)}
      onInput={event => onInput(sheet, event)}
      onCompositionStart={() => {
        reveal(sheet, sheet.selection.get().active)
        if (!sheet.editing.get()) startEdit(sheet, true)
      }}
      onCopy={event => copyCells(sheet, event.nativeEvent)}
      onCut={event => cutCells(sheet, event.nativeEvent)}
      onPaste={event => pasteCells(sheet, event.nativeEvent)}
      onBlur={event => onBlur(sheet, event)}
    />
  )
}

function onKeyDown<Row>(sheet: Sheet<Row>, event: KeyboardEvent<HTMLTextAreaElement>) {
  // 229: an input method owns this key.
  if (event.nativeEvent.isComposing || event.keyCode === 229) return
  const editing = sheet.editing.get()
  const isLeaving = event.key === 'Tab' && sheet.isTabFree && !editing
  sheet.isTabFree = false
  if (isLeaving) return
  const isPickers = editing !== null && sheet.pickerKeys?.(event.nativeEvent) === true
  const command = editing ? editingCommandOf(event, editing.isTyped) : commandOf(event)
  if (isPickers || (command && run(sheet, command))) {
    event.preventDefault()
    event.stopPropagation()
  }
}

function onInput<Row>(sheet: Sheet<Row>, event: SyntheticEvent<HTMLTextAreaElement> | ChangeEvent<HTMLTextAreaElement>) {
  const editing = sheet.editing.get()
  if (editing) return sheet.editing.set({ ...editing, text: event.currentTarget.value })
  reveal(sheet, sheet.selection.get().active)
  if (!startEdit(sheet, true)) event.currentTarget.value = ''
}

/** Leaving the sheet ends the edit; going into a layer of this cell, or to another window, does not. */
function onBlur<Row>(sheet: Sheet<Row>, event: FocusEvent<HTMLTextAreaElement>) {
  const isLayer = event.relatedTarget?.closest(`[data-grid-layer="${sheet.id}"]`)
  if (!isLayer && document.activeElement !== event.currentTarget) endEdit(sheet)
}

/** Over a frozen column the box goes along with sideways scrolling. */
function useFrozenOffset<Row>(sheet: Sheet<Row>, column: number) {
  const { scroller } = sheet
  useLayoutEffect(() => {
    const isFrozen = column < sheet.arrangement.frozen
    const place = () => {
      if (sheet.input) sheet.input.style.translate = isFrozen ? `${scroller?.scrollLeft ?? 0}px 0` : ''
    }
    place()
    if (!isFrozen) return
    scroller?.addEventListener('scroll', place, { passive: true })
    return () => scroller?.removeEventListener('scroll', place)
  }, [sheet, scroller, column])
}

function useCaretAtEnd<Row>(sheet: Sheet<Row>, isEditing: boolean) {
  useLayoutEffect(() => {
    const { input } = sheet
    if (!isEditing || !input || sheet.editing.get()?.isTyped) return
    input.setSelectionRange(input.value.length, input.value.length)
  }, [sheet, isEditing])
}
