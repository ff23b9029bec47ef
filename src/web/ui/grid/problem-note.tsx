import { t } from '#web/i18n.ts'
import { acceptProposal, discardDraft } from './edit-commands.ts'
import { Floating } from './floating.tsx'
import { columnAt, rowAt, type Sheet } from './sheet.ts'
import styles from './grid.module.css'

/** Why the active cell was refused, with the fix as a button. */
export function ProblemNote<Row>({ sheet }: { sheet: Sheet<Row> }) {
  const { active } = sheet.selection.use()
  const drafts = sheet.drafts.all.use()
  const editing = sheet.editing.use()
  const view = sheet.view.use()
  const row = rowAt(sheet, active.row)
  const column = columnAt(sheet, active.column)?.column
  const draft = row !== undefined && column ? drafts.get(sheet.props.rowId(row))?.get(column.name) : undefined
  const isInView = active.row >= view.rows.from && active.row <= view.rows.to
  if (!draft?.isRefused || (editing && column?.editor) || !isInView) return null
  const focus = () => sheet.input?.focus({ preventScroll: true })
  return (
    <Floating anchor={() => sheet.input?.getBoundingClientRect() ?? null} owner={sheet.id} className={styles.note}>
      <p role="alert" className={styles.reason}>{draft.message}</p>
      <div className={styles.fixes}>
        {draft.proposal !== undefined && (
          <button type="button" className={styles.fix} onClick={() => {
            focus()
            acceptProposal(sheet)
          }}>
            {draft.proposal === draft.text ? t('grid.retry') : t('grid.accept', { text: draft.proposal })}
            <kbd className={styles.hint}>Alt+Enter</kbd>
          </button>
        )}
        <button type="button" className={styles.undo} onClick={() => {
          focus()
          discardDraft(sheet)
        }}>
          {t('grid.discard')}
          <kbd className={styles.hint}>Esc</kbd>
        </button>
      </div>
    </Floating>
  )
}
