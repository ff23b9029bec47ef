import { Link } from '@tanstack/react-router'
import { cancelImport, importProblems, undoImport, type ImportOut } from '#shared/api/imports.ts'
import type { Filter } from '#shared/filter.ts'
import { address } from '#web/api.ts'
import { findingText, problemText, t, useLang } from '#web/i18n.ts'
import { useObject } from '#web/objects.ts'
import { useCall } from '#web/queries.ts'
import { copy } from '#web/records/acts.ts'
import { inSentence } from '#web/records/shape.ts'
import { Alert } from '#web/ui/alert.tsx'
import { Button, IconButton } from '#web/ui/buttons.tsx'
import { Bar } from './bar.tsx'
import { Counts } from './counts.tsx'
import { followImports } from './follow.ts'
import classes from './imports.module.css'

/** While it is written: how far it is. After that: what came of it, and the way back. */
export function Receipt({ one }: { one: ImportOut }) {
  const with_ = { with: { params: { id: one.id } } }
  const undo = useCall(undoImport, with_)
  const cancel = useCall(cancelImport, with_)
  const object = useObject(one.object)
  const lang = useLang()
  const problem = undo.problem ?? cancel.problem
  const hasWritten = one.batchId !== null && ['done', 'cancelled', 'failed'].includes(one.state)
  return (
    <>
      {one.state === 'committing' && <Writing one={one} busy={cancel.busy} onCancel={() => void cancel.run()} />}
      {one.refusal && <Alert>{findingText(one.refusal)}</Alert>}
      {problem && <Alert>{problemText(problem)}</Alert>}
      {one.state !== 'committing' && (
        <section className={classes.receipt}>
          <h2 className={classes.section}>{t('import.receipt')}</h2>
          <p>{outcome(one)}</p>
          {written(one) > 0 && one.state !== 'undone' && <Counts counts={one.counts} isDone />}
          {one.isUndoing && <Bar done={0} total={0} label={t('import.state.undoing')} />}
          {one.counts.sha256 && <Checksum sha256={one.counts.sha256} />}
          <div className={classes.buttons}>
            {written(one) > 0 && one.state !== 'undone' && <Link to="/$object" params={{ object: one.object }} search={{ filter: ofThis(one), sort: '-createdAt' }} className={classes.see}>{t('import.see', { object: object === undefined ? '' : inSentence(object.label, lang) })}</Link>}
            {one.state !== 'done' && <Link to="/import" className={classes.download}>{t('import.tryAgain')}</Link>}
            {one.problems.first.length > 0 && <a className={classes.download} href={address(importProblems, { params: { id: one.id } })} download>{t('import.download')}</a>}
            {hasWritten && !one.isUndoing && <Button icon="undo" busy={undo.busy} onClick={() => void undo.run().then(followImports)}>{t('import.undo')}</Button>}
          </div>
        </section>
      )}
    </>
  )
}

/** What this import wrote, as a filter that one can read and change: what I created, and changed, while it was at work. */
function ofThis({ counts: { began, ended, updated = 0 } }: ImportOut): Filter {
  const during = (by: string, at: string): Filter => ({ and: [{ field: by, op: 'eq', value: 'me' }, ...(began === undefined ? [] : [ended === undefined ? { field: at, op: 'gte' as const, value: began } : { field: at, op: 'between' as const, value: [began, ended] }])] })
  const created = during('createdBy', 'createdAt')
  return updated === 0 ? created : { or: [created, during('updatedBy', 'updatedAt')] }
}

const written = ({ counts }: ImportOut) => (counts.created ?? 0) + (counts.updated ?? 0)

/** What came of it, in a sentence. */
function outcome(one: ImportOut): string {
  const [rows, count] = [one.counts.rows.toLocaleString(), written(one).toLocaleString()]
  if (one.state === 'undone') return t('import.undone', { done: (one.counts.undone ?? 0).toLocaleString(), kept: (one.counts.kept ?? 0).toLocaleString() })
  if (one.state === 'done') return t('import.say.done', { rows, count })
  return written(one) === 0 ? t('import.say.nothing') : t('import.say.stopped', { count })
}

/** The fingerprint of the file that was read, to show what a receipt is about. */
function Checksum({ sha256 }: { sha256: string }) {
  return (
    <p className={classes.checksum}>
      <span>{t('import.checksum', { sha256 })}</span>
      <IconButton icon="copy" label={t('ui.copy')} onClick={() => void copy(sha256, t('ui.copied'))} size={16} />
    </p>
  )
}

function Writing({ one: { progress, counts }, busy, onCancel }: { one: ImportOut; busy: boolean; onCancel(): void }) {
  const { done, total } = progress
  return (
    <div className={classes.progress}>
      <p role="status">{t('import.writing', { done: done.toLocaleString(), total: total.toLocaleString() })}</p>
      <Bar done={done} total={total} label={t('import.state.committing')} />
      <p className={classes.meta}>{t('import.writingHint')}</p>
      <Counts counts={counts} isDone />
      <Button busy={busy} onClick={onCancel}>{t('import.cancel')}</Button>
    </div>
  )
}
