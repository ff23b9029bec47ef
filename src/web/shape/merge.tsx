import { Select } from '@mantine/core'
import { useState } from 'react'
import { mergeOptions, type ShapedField } from '#shared/api/fields.ts'
import { findingText, problemText, t } from '#web/i18n.ts'
import { useWord } from '#web/objects.ts'
import { useCall } from '#web/queries.ts'
import { Alert } from '#web/ui/alert.tsx'
import { Button } from '#web/ui/buttons.tsx'
import { Dialog, DialogButtons } from '#web/ui/dialog.tsx'
import { shapedHere } from './shaped-here.ts'
import css from './shape.module.css'

export const canMerge = (field: ShapedField) => (field.options ?? []).length > 1 && field.computed !== true

/** Two options that mean one become one. */
export function Merge({ object, field, onClose }: { object: string; field: ShapedField; onClose: () => void }) {
  const label = useWord()(field.label)
  const options = field.options ?? []
  const [from, setFrom] = useState<string | null>(null)
  const [into, setInto] = useState<string | null>(null)
  const word = (id: string | null) => options.find(option => option.id === id)?.label ?? ''
  const merge = useCall(mergeOptions, {
    with: { params: { object, name: field.name } },
    onSuccess: () => { shapedHere(object); onClose() },
    toast: ({ records }) => ({ text: t('shaping.merged', { from: word(from), into: word(into), count: records }) }),
  })
  const choices = (except: string | null, offered: boolean) => options.filter(option => option.id !== except && (!offered || option.retired !== true)).map(option => ({ value: option.id, label: option.label }))
  const refusal = merge.problem?.fields[0]
  return (
    <Dialog title={t('shaping.mergeTitle', { label })} onClose={onClose}>
      {merge.problem && <Alert>{refusal ? findingText(refusal) : problemText(merge.problem)}</Alert>}
      <div className={css.words}>
        <Select label={t('shaping.mergeFrom')} data={choices(into, false)} value={from} searchable checkIconPosition="right" nothingFoundMessage={t('ui.nothingFound')} onChange={setFrom} />
        <Select label={t('shaping.mergeInto')} data={choices(from, true)} value={into} searchable checkIconPosition="right" nothingFoundMessage={t('ui.nothingFound')} onChange={setInto} />
        {from !== null && into !== null && <p>{t('shaping.mergeText', { from: word(from), into: word(into) })}</p>}
      </div>
      <DialogButtons>
        <Button look="danger" busy={merge.busy} disabled={from === null || into === null} onClick={() => { if (from !== null && into !== null) void merge.run({ body: { from, into } }) }}>{t('shaping.merge')}</Button>
        <Button onClick={onClose}>{t('ui.cancel')}</Button>
      </DialogButtons>
    </Dialog>
  )
}
