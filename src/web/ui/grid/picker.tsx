import { cancelEdit, endEdit } from './edit-commands.ts'
import { Floating } from './floating.tsx'
import { run } from './commands.ts'
import type { Sheet } from './sheet.ts'
import type { EditorProps } from './types.ts'
import styles from './grid.module.css'

/** The picker of the cell that is being edited, where its column has one. */
export function Picker<Row>({ sheet }: { sheet: Sheet<Row> }) {
  const editing = sheet.editing.use()
  const Editor = editing?.column.editor
  if (!editing || !Editor) return null
  const { row, column } = editing
  const focus = () => sheet.input?.focus({ preventScroll: true })
  const props: EditorProps<Row> = {
    row,
    column: column.name,
    text: editing.text,
    isTyped: editing.isTyped,
    commit(result, then = 'stay') {
      focus()
      endEdit(sheet, result)
      if (then !== 'stay') run(sheet, { kind: 'next', direction: then })
    },
    cancel() {
      focus()
      cancelEdit(sheet)
    },
    onKey: handler => { sheet.pickerKeys = handler },
  }
  return (
    <Floating anchor={() => sheet.input?.getBoundingClientRect() ?? null} owner={sheet.id} className={styles.picker}>
      <Editor key={`${sheet.props.rowId(row)} ${column.name}`} {...props} />
    </Floating>
  )
}
