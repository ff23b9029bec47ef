import { lazy, Suspense, useState } from 'react'
import { bulk } from '#shared/api/records.ts'
import type { ObjectOut } from '#shared/api/objects.ts'
import { call } from '#web/api.ts'
import { t } from '#web/i18n.ts'
import { Button } from '#web/ui/buttons.tsx'
import { toast } from '#web/ui/toast.tsx'
import { changedHere } from '#web/records/changes-here.ts'
import { attempt, undoMany } from '#web/records/acts.ts'
import css from './bulk-bar.module.css'
import { ExportMenu } from '#web/records/export-menu.tsx'
import { runExport } from '#web/records/export-task.ts'
import type { ListAddress } from '#web/records/list-address.ts'
import { targetsOf } from '#web/records/targets.ts'
import type { Chosen } from '#web/records/targets.ts'

const BulkEdit = lazy(() => import('./bulk-edit.tsx').then(file => ({ default: file.BulkEdit })))

interface Props {
  object: ObjectOut
  chosen: Chosen
  query: Pick<ListAddress, 'filter' | 'q' | 'sort'>
  /** How many rows the list has, as far as known. */
  total: number
  /** Columns in the order of the sheet, for the export. */
  fields: string[]
  onAll: () => void
  onClear: () => void
  /** The batch that was done, for the order in which the sheet takes things back. */
  onBatch?: (batchId: string) => void
}

/** What can be done with the chosen rows, or with everything in the filter: each act one batch that can be taken back. */
export function BulkBar({ object, chosen, query, total, fields, onAll, onClear, onBatch }: Props) {
  const [isEditing, setEditing] = useState(false)
  const count = chosen.all ? Math.max(0, total - chosen.ids.size) : chosen.ids.size
  if (count === 0) return null

  const act = (action: 'change' | 'remove', more: { values?: Record<string, unknown>; reason?: string } = {}) => attempt(async () => {
    const done = await call(bulk, { params: { object: object.name }, body: { ...await targetsOf(object.name, chosen, query), action, ...more } })
    onBatch?.(done.batchId)
    changedHere(object.name)
    onClear()
    const skipped = done.skipped > 0 ? ` · ${t('bulk.skipped', { count: done.skipped })}` : ''
    toast({ text: t(action === 'change' ? 'bulk.changed' : 'bulk.removed', { count: done.done }) + skipped, ...(done.done > 0 ? { undo: () => undoMany(object.name, done.batchId) } : {}) })
  })
  const write = (format: 'xlsx' | 'csv') => attempt(async () => {
    const { sort, ...rest } = query
    const targets = chosen.all && chosen.ids.size === 0 ? rest : await targetsOf(object.name, chosen, query)
    await runExport({ object: object.name, ...targets, ...(sort && { sort }), fields, format }, count)
  })
  return (
    <div className={css.bar} role="toolbar" aria-label={t('bulk.selected', { count })}>
      <span className={css.count}>{t(chosen.all ? 'bulk.allSelected' : 'bulk.selected', { count: count.toLocaleString() })}</span>
      {!chosen.all && count < total && <button type="button" className={css.all} onClick={onAll}>{t('bulk.selectAll', { count: total.toLocaleString() })}</button>}
      <span className={css.acts}>
        {object.rights.edit && <Button icon="edit" onClick={() => setEditing(true)}>{t('bulk.edit')}</Button>}
        {object.rights.export && <ExportMenu onFormat={format => void write(format)} />}
        {object.rights.delete && <Button icon="trash" onClick={() => void act('remove')}>{t('bulk.remove')}</Button>}
        <Button look="quiet" onClick={onClear}>{t('bulk.clear')}</Button>
      </span>
      {isEditing && (
        <Suspense>
          <BulkEdit object={object} count={count} onApply={(values, reason) => { setEditing(false); void act('change', { values, ...(reason === undefined ? {} : { reason }) }) }} onClose={() => setEditing(false)} />
        </Suspense>
      )}
    </div>
  )
}
