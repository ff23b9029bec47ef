import type { ObjectOut } from '#shared/api/objects.ts'
import type { RecordOut } from '#shared/api/records.ts'
import { findingText, problemText, t } from '#web/i18n.ts'
import type { FieldOut } from '#web/objects.ts'
import { refresh } from '#web/queries.ts'
import { undoLast } from '#web/records/acts.ts'
import type { Saving } from '#web/records/saving.tsx'
import { nameOf } from '#web/records/shape.ts'
import { toast } from '#web/ui/toast.tsx'

/**
 * A record gets another value because it was carried there: an ordinary change, asked for its reason where the field wants one, with a way back.
 * A refused one springs back and says why. Gives the record as it is now.
 */
export async function moveRecord(object: ObjectOut, saving: Saving, record: RecordOut, field: FieldOut, value: unknown, said: string): Promise<RecordOut | null> {
  const saved = await saving.save(record, { [field.name]: value })
  if (saved !== null && 'record' in saved) {
    toast({ text: t('views.moved', { name: nameOf(object, record) || t('value.unnamed'), to: said }), undo: () => undoLast(object.name, record.id) })
    return saved.record
  }
  refresh(object.name)
  if (saved !== null) {
    const [finding] = saved.problem.fields
    toast({ text: t('views.notMoved', { name: nameOf(object, record) || t('value.unnamed'), reason: finding ? findingText(finding) : problemText(saved.problem) }) })
  }
  return null
}
