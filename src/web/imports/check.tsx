import { cancelImport, commitImport, importProblems, type ImportChange, type ImportOut } from '#shared/api/imports.ts'
import { address } from '#web/api.ts'
import { problemText, t } from '#web/i18n.ts'
import { useObject } from '#web/objects.ts'
import { useCall } from '#web/queries.ts'
import { Alert } from '#web/ui/alert.tsx'
import { Button } from '#web/ui/buttons.tsx'
import { Columns } from './columns.tsx'
import { Counts } from './counts.tsx'
import { followImports } from './follow.ts'
import { Options } from './options.tsx'
import { Preview } from './preview.tsx'
import { Problems } from './problems.tsx'
import classes from './imports.module.css'

/** Before anything is written: what was understood, what will happen, what needs a look. */
export function Check({ one, onChange, busy }: { one: ImportOut; busy: boolean; onChange(body: ImportChange): Promise<void> }) {
  const with_ = { with: { params: { id: one.id } } }
  const commit = useCall(commitImport, with_)
  const cancel = useCall(cancelImport, with_)
  const object = useObject(one.object)
  const { create = 0, update = 0 } = one.counts
  const mapped = new Set(one.mapping.map(entry => entry.field))
  const missing = one.mode === 'update' ? [] : one.targets.filter(target => target.required && !mapped.has(target.field))
  const problem = commit.problem ?? cancel.problem
  return (
    <>
      <div className={classes.head}>
        <div>
          <p className={classes.say}>{t('import.say.ready', { rows: one.counts.rows.toLocaleString(), count: (create + update).toLocaleString() })}</p>
          <Counts counts={one.counts} />
        </div>
        <div className={classes.buttons}>
          <Button onClick={() => void cancel.run()} busy={cancel.busy}>{t('import.cancel')}</Button>
          <Button look="main" disabled={create + update === 0 || busy} busy={commit.busy} onClick={() => void commit.run().then(followImports)}>{t('import.commit', { count: (create + update).toLocaleString() })}</Button>
        </div>
      </div>
      {problem && <Alert>{problemText(problem)}</Alert>}
      {missing.length > 0 && <Alert>{t('import.requiredMissing', { fields: missing.map(target => target.label).join(' · ') })}</Alert>}
      <Options one={one} onChange={onChange} busy={busy} />
      <section>
        <div className={classes.sectionLine}>
          <h2 className={classes.section}>{t('import.step.problems')}</h2>
          {one.problems.first.length > 0 && <a className={classes.download} href={address(importProblems, { params: { id: one.id } })} download>{t('import.download')}</a>}
        </div>
        <Problems one={one} object={object} onChange={onChange} busy={busy} />
      </section>
      <section>
        <h2 className={classes.section}>{t('import.step.columns')}</h2>
        <Columns one={one} onChange={onChange} busy={busy} />
      </section>
      <section>
        <h2 className={classes.section}>{t('import.step.preview')}</h2>
        <Preview one={one} />
      </section>
    </>
  )
}
