import { isEmpty } from '#shared/fields/field.ts'
import { useState } from 'react'
import type { ObjectOut } from '#shared/api/objects.ts'
import type { RecordOut } from '#shared/api/records.ts'
import { t, useLang } from '#web/i18n.ts'
import { Button } from '#web/ui/buttons.tsx'
import { Dialog, DialogButtons } from '#web/ui/dialog.tsx'
import type { Conflict } from './conflicts.ts'
import css from './dialogs.module.css'
import { FieldCell } from './field-cell.tsx'
import { labelOf, nameOf } from './shape.ts'

interface Props { object: ObjectOut; record: RecordOut; conflicts: Conflict[]; onChosen: (values: Record<string, unknown>) => void; onClose: () => void }

type Side = 'mine' | 'theirs'

/** Two people changed the same field: both values, one to choose. Nothing is lost silently. */
export function ConflictDialog({ object, record, conflicts, onChosen, onClose }: Props) {
  const [sides, setSides] = useState<Record<string, Side>>({})
  const sideOf = (conflict: Conflict) => sides[conflict.field.name] ?? 'mine'
  const all = (side: Side) => setSides(Object.fromEntries(conflicts.map(conflict => [conflict.field.name, side])))
  const save = () => onChosen(Object.fromEntries(conflicts.map(conflict => [conflict.field.name, conflict[sideOf(conflict)]])))
  return (
    <Dialog title={t('conflict.title', { name: nameOf(object, record) })} onClose={onClose} width={640}>
      <form className={css.body} onSubmit={event => { event.preventDefault(); save() }}>
        <p>{t('conflict.explain')}</p>
        {conflicts.length > 1 && (
          <div className={css.phrases}>
            <button type="button" className={css.phrase} onClick={() => all('mine')}>{t('conflict.keepMine')}</button>
            <button type="button" className={css.phrase} onClick={() => all('theirs')}>{t('conflict.keepTheirs')}</button>
          </div>
        )}
        {conflicts.map(conflict => (
          <ConflictChoice key={conflict.field.name} conflict={conflict} side={sideOf(conflict)} onSide={side => setSides({ ...sides, [conflict.field.name]: side })} />
        ))}
        <DialogButtons>
          <Button type="submit" look="main" autoFocus>{t('conflict.save')}</Button>
          <Button onClick={onClose}>{t('form.cancel')}</Button>
        </DialogButtons>
      </form>
    </Dialog>
  )
}

function ConflictChoice({ conflict, side, onSide }: { conflict: Conflict; side: Side; onSide: (side: Side) => void }) {
  const lang = useLang()
  const choice = (each: Side, value: unknown) => (
    <label className={css.side} data-chosen={side === each || undefined}>
      <input type="radio" name={conflict.field.name} checked={side === each} onChange={() => onSide(each)} />
      <span><small>{t(each === 'mine' ? 'conflict.mine' : 'conflict.theirs')}</small>{isEmpty(value) ? <em>{t('value.empty')}</em> : <FieldCell field={conflict.field} value={value} still />}</span>
    </label>
  )
  return (
    <fieldset className={css.conflict}>
      <legend>{labelOf(conflict.field, lang)}</legend>
      {choice('mine', conflict.mine)}
      {choice('theirs', conflict.theirs)}
    </fieldset>
  )
}
