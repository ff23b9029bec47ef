import { Link } from '@tanstack/react-router'
import { cancelImport, importProblems, undoImport, type ImportOut } from '#shared/api/imports.ts'
import { address } from '#web/api.ts'
import { findingText, problemText, t } from '#web/i18n.ts'
import { useCall } from '#web/queries.ts'
import { Alert } from '#web/ui/alert.tsx'
import { Button } from '#web/ui/buttons.tsx'
import { Counts } from './counts.tsx'
import classes from './imports.module.css'

/** While it is written: how far it is. After that: what came of it, and the way back. */
export function Receipt({ one }: { one: ImportOut }) {
  const with_ = { with: { params: { id: one.id } } }
  const undo = useCall(undoImport, with_)
  const cancel = useCall(cancelImport, with_)
  const problem = undo.problem ?? cancel.problem
  const hasWritten = one.batchId !== null && ['done', 'cancelled', 'failed'].includes(one.state)
  return (
    <>
      {one.state === 'committing' && <Writing one={one} onCancel={() => void cancel.run()} />}
      {one.refusal && <Alert>{findingText(one.refusal)}</Alert>}
      {problem && <Alert>{problemText(problem)}</Alert>}
      {one.state !== 'committing' && (
        <section className={classes.receipt}>
          <h2 className={classes.section}>{t('import.receipt')}</h2>
          <Counts counts={one.counts} isDone />
          {one.state === 'undone' && <p>{t('import.undone', { done: one.counts.undone ?? 0, kept: one.counts.kept ?? 0 })}</p>}
          {one.counts.sha256 && <p className={classes.checksum}>{t('import.checksum', { sha256: one.counts.sha256 })}</p>}
          {one.isUndoing && <progress aria-label={t('import.state.undoing')} />}
          <div className={classes.buttons}>
            <Link to="/$object" params={{ object: one.object }} className={classes.see}>{t('import.seeRecords')}</Link>
            {one.problems.first.length > 0 && <a className={classes.download} href={address(importProblems, { params: { id: one.id } })} download>{t('import.download')}</a>}
            {hasWritten && !one.isUndoing && <Button icon="undo" busy={undo.busy} onClick={() => void undo.run()}>{t('import.undo')}</Button>}
          </div>
        </section>
      )}
    </>
  )
}

function Writing({ one: { progress, counts }, onCancel }: { one: ImportOut; onCancel(): void }) {
  const { done, total } = progress
  return (
    <div className={classes.progress} role="status">
      <p>{t('import.writing', { done: done.toLocaleString(), total: total.toLocaleString() })}</p>
      <progress value={done} max={Math.max(1, total)} aria-label={t('import.state.committing')} />
      <p className={classes.meta}>{t('import.writingHint')}</p>
      <Counts counts={counts} isDone />
      <Button onClick={onCancel}>{t('import.cancel')}</Button>
    </div>
  )
}
