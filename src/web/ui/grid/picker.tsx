import { cancelEdit, endEdit } from './edit-commands.ts'
import { Floating } from './floating.tsx'
import { run } from './commands.ts'
import { columnAt, rowAt, type Sheet } from './sheet.ts'
import type { EditorProps } from './types.ts'
import styles from './grid.module.css'

/** The picker of the cell that is being edited, where its column has one. */
export function Picker<Row>({ sheet }: { sheet: Sheet<Row> }) {
  const editing = sheet.editing.use()
  const { active } = sheet.selection.use()
  const row = rowAt(sheet, active.row)
  const column = columnAt(sheet, active.column)?.column
  if (!editing || row === undefined || !column?.editor) return null
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
      <column.editor key={`${sheet.props.rowId(row)} ${column.name}`} {...props} />
    </Floating>
  )
}
