import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { t } from '#web/i18n.ts'
import { Button } from '#web/ui/buttons.tsx'
import { Dialog, DialogButtons } from '#web/ui/dialog.tsx'
import css from '#web/records/dialogs.module.css'

/** Asks for the number of a row; closes with its index. */
export function GoToRow({ total, onClose }: { total: number; onClose: (row?: number) => void }) {
  const [text, setText] = useState('')
  const [isWrong, setWrong] = useState(false)
  const row = Number(text.normalize('NFKC').replace(/[,\s]/g, ''))
  const counted = total.toLocaleString('en')
  const isThere = Number.isInteger(row) && row >= 1 && row <= total
  return (
    <Dialog title={t('sheet.goTo')} onClose={() => onClose()} width={360}>
      <form className={css.body} onSubmit={event => { event.preventDefault(); if (isThere) onClose(row - 1); else setWrong(true) }}>
        <TextInput label={t('sheet.goToLabel', { total: counted })} value={text} data-autofocus inputMode="numeric" autoComplete="off"
          error={isWrong && !isThere ? t('sheet.goToWrong', { total: counted }) : undefined} onChange={event => setText(event.currentTarget.value)} />
        <DialogButtons>
          <Button type="submit" look="main">{t('sheet.goToDo')}</Button>
          <Button onClick={() => onClose()}>{t('ui.cancel')}</Button>
        </DialogButtons>
      </form>
    </Dialog>
  )
}
