import { Select } from '@mantine/core'
import { useState } from 'react'
import { daysRetired, ownTypes, previewRetype, retypeField, type OwnType, type RetypePreview, type ShapedField } from '#shared/api/fields.ts'
import { problemText, t } from '#web/i18n.ts'
import { useWord } from '#web/objects.ts'
import { useCall, useRead } from '#web/queries.ts'
import { Alert } from '#web/ui/alert.tsx'
import { Button } from '#web/ui/buttons.tsx'
import { Dialog, DialogButtons } from '#web/ui/dialog.tsx'
import { Skeleton } from '#web/ui/states.tsx'
import { Tag } from '#web/ui/tag.tsx'
import { shapedHere } from './shaped-here.ts'
import css from './shape.module.css'
import { typeChoices, typeWord } from './types.ts'

/** A field that points to records keeps its type, and no other becomes one. */
const pointing: readonly string[] = ['person', 'department', 'reference']
export const canRetype = (field: ShapedField) => !field.isStandard && field.computed !== true && !pointing.includes(field.type)

/** Another type: first what would be kept and lost, then the act. */
export function Retype({ object, field, onClose }: { object: string; field: ShapedField; onClose: () => void }) {
  const label = useWord()(field.label)
  const [type, setType] = useState<OwnType | null>(null)
  const params = { object, name: field.name }
  const preview = useRead(previewRetype, { params, body: { type: type ?? 'text' } }, { enabled: type !== null, staleTime: 0 })
  const retype = useCall(retypeField, {
    onSuccess: () => { shapedHere(object); onClose() },
    toast: saved => ({ text: t('shaping.retyped', { label, type: typeWord(saved.type) }) }),
  })
  const choices = typeChoices().map(({ group, items }) => ({ group, items: items.filter(({ value }) => value !== field.type && !pointing.includes(value)) })).filter(({ items }) => items.length > 0)
  const problem = retype.problem ?? (type === null ? null : preview.error)
  const found = type === null || preview.isFetching ? undefined : preview.data
  return (
    <Dialog title={t('shaping.retypeTitle', { label })} onClose={onClose} width={560}>
      {problem && <Alert>{problemText(problem)}</Alert>}
      <div className={css.words}>
        <Select label={t('shaping.retypeTo', { type: typeWord(field.type) })} data={choices} value={type} allowDeselect={false} checkIconPosition="right" maxDropdownHeight={360}
          onChange={value => { retype.forget(); setType(ownTypes.find(each => each === value) ?? null) }} />
        {type !== null && !problem && (found ? <Preview preview={found} type={type} /> : <Skeleton shape="lines" />)}
        <p className={css.hint}>{t('shaping.retypeKept', { days: daysRetired })}</p>
      </div>
      <DialogButtons>
        <Button look={found && found.lost > 0 ? 'danger' : 'main'} busy={retype.busy} disabled={!found || type === null}
          onClick={() => { if (type !== null && found) void retype.run({ params, body: { type, lost: found.lost } }) }}>
          {found && found.lost > 0 ? t('shaping.retypeLosing', { lost: found.lost }) : t('shaping.retype')}
        </Button>
        <Button onClick={onClose}>{t('ui.cancel')}</Button>
      </DialogButtons>
    </Dialog>
  )
}

function Preview({ preview, type }: { preview: RetypePreview; type: OwnType }) {
  const { filled, lost, examples, options } = preview
  return (
    <div className={css.preview} role="status">
      <p>{filled === 0 ? t('shaping.retypeEmpty') : lost === 0 ? t('shaping.retypeAll', { filled }) : t('shaping.retypeSome', { filled, lost, type: typeWord(type) })}</p>
      {examples.length > 0 && (
        <ul className={css.losses}>{examples.map((example, i) => <li key={i}><b>{example.value}</b><span>{example.message}</span></li>)}</ul>
      )}
      {options.length > 0 && (
        <>
          <p>{t('shaping.retypeOptions', { count: options.length })}</p>
          <div className={css.tags}>{options.map(option => <Tag key={option.id} hue={option.color}>{option.label}</Tag>)}</div>
        </>
      )}
    </div>
  )
}
