import { Textarea } from '@mantine/core'
import { useState } from 'react'
import { t, useLang } from '#web/i18n.ts'
import type { Key } from '#web/i18n.ts'
import { Button } from '#web/ui/buttons.tsx'
import { Dialog, DialogButtons } from '#web/ui/dialog.tsx'
import css from './dialogs.module.css'
import { labelOf } from './shape.ts'
import type { FieldOut } from '#web/objects.ts'

const quick: Key[] = ['reason.update', 'reason.wrong', 'reason.request', 'reason.region']

interface Props { fields: FieldOut[]; onReason: (reason: string) => void; onClose: () => void }

/** 变更原因: asked once for a save, with the phrases that people use most. Enter saves. */
export function ReasonDialog({ fields, onReason, onClose }: Props) {
  const lang = useLang()
  const [reason, setReason] = useState('')
  const [isMissing, setMissing] = useState(false)
  const phrases = fields.some(field => field.type === 'phone') ? (['reason.phone', ...quick] satisfies Key[]) : quick
  const names = fields.map(field => labelOf(field, lang)).join('、')
  const confirm = () => (reason.trim() === '' ? setMissing(true) : onReason(reason.trim()))
  return (
    <Dialog title={t('reason.title')} onClose={onClose} width={440}>
      <form className={css.body} onSubmit={event => { event.preventDefault(); confirm() }}>
        <p>{t('reason.why', { fields: names })}</p>
        <div className={css.phrases} role="group" aria-label={t('reason.quick')}>
          {phrases.map(phrase => <button key={phrase} type="button" className={css.phrase} onClick={() => onReason(t(phrase))}>{t(phrase)}</button>)}
        </div>
        <Textarea
          label={t('reason.label')} value={reason} autosize minRows={2} maxRows={6} data-autofocus error={isMissing && reason.trim() === '' ? t('reason.needed') : undefined}
          onChange={event => setReason(event.currentTarget.value)}
          onKeyDown={event => { if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) { event.preventDefault(); confirm() } }}
        />
        <DialogButtons>
          <Button type="submit" look="main">{t('reason.confirm')}</Button>
          <Button onClick={onClose}>{t('form.cancel')}</Button>
        </DialogButtons>
      </form>
    </Dialog>
  )
}
