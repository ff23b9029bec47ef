import { listFields, type ShapedField } from '#shared/api/fields.ts'
import { useState } from 'react'
import type { ObjectOut } from '#shared/api/objects.ts'
import { t } from '#web/i18n.ts'
import { useRead } from '#web/queries.ts'
import { Button } from '#web/ui/buttons.tsx'
import { Dialog, DialogButtons } from '#web/ui/dialog.tsx'
import { ErrorState } from '#web/ui/states.tsx'
import { FieldEditor } from './field-editor.tsx'
import { Retire } from './retire.tsx'

interface Props { object: ObjectOut; /** The field to change; absent: a new one. */ name?: string | undefined; after?: string | undefined; onClose: () => void; onSaved: (field: ShapedField) => void }

/** The editor of a field from the sheet, where only the column is known. */
export function FieldDialog({ object, name, after, onClose, onSaved }: Props) {
  const read = useRead(listFields, { params: { object: object.name } }, { staleTime: 0 })
  const [isRetiring, setRetiring] = useState(false)
  // One begins with the field as it is now, not as it was read last; what comes later does not disturb the typing.
  const [isFresh, setFresh] = useState(false)
  if (!isFresh && !read.isFetching) setFresh(true)
  if (!isFresh) return null
  if (read.error && !read.data) return <Dialog title={t('shaping.title')} onClose={onClose}><ErrorState problem={read.error} onRetry={read.refetch} /></Dialog>
  if (!read.data) return null

  const living = read.data.fields.filter(field => field.retiredAt === null)
  const field = living.find(each => each.name === name)
  if (name !== undefined && !field) return <Gone onClose={onClose} />
  if (field && isRetiring) return <Retire object={object.name} field={field} onClose={onClose} />
  return (
    <FieldEditor object={object} fields={living} {...(field ? { field } : {})} after={after} group={living.find(each => each.name === after)?.group} onClose={onClose} onSaved={onSaved} onRetire={() => setRetiring(true)} />
  )
}

/** Somebody else retired it a moment ago. */
function Gone({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title={t('shaping.title')} onClose={onClose}>
      <p>{t('shaping.gone')}</p>
      <DialogButtons><Button look="main" onClick={onClose}>{t('ui.close')}</Button></DialogButtons>
    </Dialog>
  )
}
