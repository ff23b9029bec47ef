import { useState } from 'react'
import { daysRetired, retireField, type ShapedField } from '#shared/api/fields.ts'
import { problemText, t, useLang } from '#web/i18n.ts'
import { useWord } from '#web/objects.ts'
import { useCall } from '#web/queries.ts'
import { Alert } from '#web/ui/alert.tsx'
import { Button } from '#web/ui/buttons.tsx'
import { Dialog, DialogButtons } from '#web/ui/dialog.tsx'
import { lastDay } from './retired-fields.tsx'
import { bringBack, shapedHere } from './shaped-here.ts'
import css from './shape.module.css'

/** What happens when a field is retired, before it happens: everybody loses sight of it. */
export function Retire({ object, field, onClose }: { object: string; field: ShapedField; onClose: () => void }) {
  const word = useWord()
  const lang = useLang()
  const label = word(field.label)
  const [today] = useState(() => new Date())
  const retire = useCall(retireField, {
    with: { params: { object, name: field.name } },
    onSuccess: () => { shapedHere(object); onClose() },
    toast: retired => ({ text: t('shaping.retiredToast', { label }), undo: () => bringBack(object, retired) }),
  })
  return (
    <Dialog title={t('shaping.retireTitle', { label })} onClose={onClose}>
      {retire.problem && <Alert>{problemText(retire.problem)}</Alert>}
      <div className={css.words}>
        <p>{t('shaping.retireGone')}</p>
        <p>{t('shaping.retireKept', { days: daysRetired, day: lastDay(today, lang) })}</p>
      </div>
      <DialogButtons>
        <Button look="danger" busy={retire.busy} onClick={() => void retire.run()}>{t('shaping.retire')}</Button>
        <Button onClick={onClose}>{t('ui.cancel')}</Button>
      </DialogButtons>
    </Dialog>
  )
}
