import { useState } from 'react'
import { daysRetired } from '#shared/api/fields.ts'
import { restoreObject, retireObject, type ShapedObject } from '#shared/api/shaped-objects.ts'
import { Problem } from '#shared/problem.ts'
import { call } from '#web/api.ts'
import { findingText, problemText, t, useLang } from '#web/i18n.ts'
import { useWord } from '#web/objects.ts'
import { refresh, useCall } from '#web/queries.ts'
import { Alert } from '#web/ui/alert.tsx'
import { Button } from '#web/ui/buttons.tsx'
import { Dialog, DialogButtons } from '#web/ui/dialog.tsx'
import { Icon } from '#web/ui/icon.tsx'
import { toast } from '#web/ui/toast.tsx'
import css from './objects.module.css'
import { lastDay } from './retired-fields.tsx'

/** What happens when an object is retired, before it happens: everybody loses sight of it. */
export function RetireObject({ object, onClose }: { object: ShapedObject; onClose: () => void }) {
  const word = useWord()
  const lang = useLang()
  const label = word(object.label)
  const [today] = useState(() => new Date())
  const retire = useCall(retireObject, {
    with: { params: { object: object.name } },
    onSuccess: onClose,
    toast: () => ({ text: t('objects.retiredToast', { label }), undo: () => bringBack(object.name, label) }),
  })
  return (
    <Dialog title={t('objects.retireTitle', { label })} onClose={onClose}>
      <div className={css.words}>
        {retire.problem && <Alert>{problemText(retire.problem)}</Alert>}
        <p>{t('objects.retireGone')}</p>
        <p>{t('objects.retireKept', { count: object.records.toLocaleString(), days: daysRetired, day: lastDay(today, lang) })}</p>
      </div>
      <DialogButtons>
        <Button look="danger" busy={retire.busy} onClick={() => void retire.run()}>{t('objects.retire')}</Button>
        <Button onClick={onClose}>{t('ui.cancel')}</Button>
      </DialogButtons>
    </Dialog>
  )
}

/** What was retired and can still be brought back; folded, at the end. */
export function RetiredObjects({ objects }: { objects: ShapedObject[] }) {
  if (objects.length === 0) return null
  return (
    <details className={css.retired}>
      <summary>{t('objects.retired', { count: objects.length })}</summary>
      <ul className={css.lines}>{objects.map(object => <RetiredLine key={object.name} object={object} />)}</ul>
    </details>
  )
}

function RetiredLine({ object }: { object: ShapedObject }) {
  const word = useWord()
  const lang = useLang()
  const label = word(object.label)
  const restore = useCall(restoreObject, { with: { params: { object: object.name } }, toast: () => ({ text: t('objects.restored', { label }) }) })
  const refusal = restore.problem?.fields[0]
  return (
    <li className={css.line}>
      <span className={css.sign}><Icon name={object.icon} size={18} /></span>
      <div className={css.about}>
        <span className={css.gone}>{label}</span>
        <p className={css.facts}>{object.retiredAt !== null && t('shaping.until', { day: lastDay(new Date(object.retiredAt), lang) })}</p>
        {restore.problem && <p className={css.refusal} role="alert">{refusal ? findingText(refusal) : problemText(restore.problem)}</p>}
      </div>
      <span className={css.records}>{t('objects.records', { count: object.records.toLocaleString() })}</span>
      <div className={css.acts}><Button look="quiet" busy={restore.busy} onClick={() => void restore.run()}>{t('shaping.restore')}</Button></div>
    </li>
  )
}

async function bringBack(name: string, label: string) {
  try {
    await call(restoreObject, { params: { object: name } })
    toast({ text: t('objects.restored', { label }) })
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    toast({ text: problemText(error) })
  }
  refresh('fields')
}
