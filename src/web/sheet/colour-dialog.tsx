import { lazy, Suspense, useState } from 'react'
import type { ObjectOut } from '#shared/api/objects.ts'
import type { Filter } from '#shared/filter.ts'
import type { Hue } from '#shared/object.ts'
import type { ColourRule } from '#shared/view.ts'
import { t, useLang, type Key } from '#web/i18n.ts'
import type { FieldOut } from '#web/objects.ts'
import { Button, IconButton } from '#web/ui/buttons.tsx'
import { Dialog, DialogButtons } from '#web/ui/dialog.tsx'
import css from './colour-dialog.module.css'
import { sentenceOf } from '#shared/filter-sentence.ts'
import { labelOf } from '#web/records/shape.ts'
import { write } from '#web/records/values.ts'

const FilterEditor = lazy(() => import('#web/records/filter-editor.tsx').then(file => ({ default: file.FilterEditor })))

const hues: readonly Hue[] = ['grey', 'slate', 'blue', 'teal', 'green', 'amber', 'orange', 'red', 'pink', 'violet']

interface Draft { key: number; filter?: Filter; color: Hue; field?: string }
interface Props { object: ObjectOut; rules: readonly ColourRule[]; onSave: (rules: ColourRule[]) => void; onClose: () => void }

let last = 0
const draftOf = (rule: Partial<ColourRule>): Draft => ({ color: 'amber', ...rule, key: ++last })

/** Rules that colour rows or cells; the first that fits counts. */
export function ColourDialog({ object, rules, onSave, onClose }: Props) {
  const [drafts, setDrafts] = useState(() => (rules.length > 0 ? rules.map(draftOf) : [draftOf({})]))
  const [open, setOpen] = useState<number | null>(() => (rules.length > 0 ? null : last))
  const change = (key: number, next: Draft) => setDrafts(drafts.map(draft => (draft.key === key ? next : draft)))
  const add = () => { const draft = draftOf({}); setDrafts([...drafts, draft]); setOpen(draft.key) }
  const ready = drafts.flatMap(({ key: _key, filter, ...rule }): ColourRule[] => (filter === undefined ? [] : [{ ...rule, filter }]))
  return (
    <Dialog title={t('look.colours')} onClose={onClose} width={720}>
      <p className={css.hint}>{t('look.coloursHint')}</p>
      {drafts.map(draft => (
        <Rule
          key={draft.key} object={object} draft={draft} isOpen={open === draft.key} onOpen={isOpen => setOpen(isOpen ? draft.key : null)}
          onChange={next => change(draft.key, next)} onRemove={() => { setDrafts(drafts.filter(each => each !== draft)); if (open === draft.key) setOpen(null) }}
        />
      ))}
      <Button look="quiet" icon="plus" onClick={add}>{t('look.addColour')}</Button>
      <DialogButtons>
        <Button look="main" disabled={open !== null} onClick={() => onSave(ready)}>{t('form.save')}</Button>
        <Button onClick={onClose}>{t('ui.cancel')}</Button>
      </DialogButtons>
    </Dialog>
  )
}

interface RuleProps { object: ObjectOut; draft: Draft; isOpen: boolean; onOpen: (isOpen: boolean) => void; onChange: (draft: Draft) => void; onRemove: () => void }

function Rule({ object, draft, isOpen, onOpen, onChange, onRemove }: RuleProps) {
  const lang = useLang()
  const reader = { object, lang, say: t, write: (value: unknown, field: FieldOut) => write(value, field, lang) }
  const { field: _field, ...whole } = draft
  return (
    <section className={css.rule} aria-label={draft.filter ? sentenceOf(draft.filter, reader) : t('look.addColour')}>
      <div className={css.line}>
        <Hues hue={draft.color} name={`hue-${draft.key}`} onHue={color => onChange({ ...draft, color })} />
        <select aria-label={t('look.where')} value={draft.field ?? ''} onChange={event => onChange(event.currentTarget.value === '' ? whole : { ...draft, field: event.currentTarget.value })}>
          <option value="">{t('look.wholeRow')}</option>
          {object.fields.map(field => <option key={field.name} value={field.name}>{labelOf(field, lang)}</option>)}
        </select>
        <IconButton icon="trash" label={t('look.removeColour')} onClick={onRemove} />
      </div>
      {!isOpen && <button type="button" className={css.sentence} style={{ background: `var(--kb-${draft.color})`, color: `var(--kb-${draft.color}-ink)` }} onClick={() => onOpen(true)}>
        {draft.filter ? sentenceOf(draft.filter, reader) : t('look.noCondition')}
      </button>}
      {isOpen && <Suspense><FilterEditor object={object} filter={draft.filter} onClose={() => onOpen(false)} onApply={filter => {
        const { filter: _filter, ...rest } = draft
        onChange(filter === undefined ? rest : { ...draft, filter })
        onOpen(false)
      }} /></Suspense>}
    </section>
  )
}

function Hues({ hue, name, onHue }: { hue: Hue; name: string; onHue: (hue: Hue) => void }) {
  return (
    <div className={css.hues} role="radiogroup" aria-label={t('look.colour')}>
      {hues.map(each => (
        <input key={each} type="radio" name={name} aria-label={t(`hue.${each}` satisfies Key)} title={t(`hue.${each}`)} checked={each === hue} style={{ background: `var(--kb-${each})`, color: `var(--kb-${each}-ink)` }} onChange={() => onHue(each)} />
      ))}
    </div>
  )
}
