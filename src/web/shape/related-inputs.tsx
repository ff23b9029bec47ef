import { Select } from '@mantine/core'
import { lazy, Suspense, useState } from 'react'
import type { ObjectOut } from '#shared/api/objects.ts'
import { fieldTypes } from '#shared/fields/all.ts'
import { takes, type Lookup, type Rollup } from '#shared/object.ts'
import { t } from '#web/i18n.ts'
import { useObjects, useWord } from '#web/objects.ts'
import { chipsOf } from '#web/records/filter-chips.ts'
import { targetOf } from '#web/records/shape.ts'
import { Button } from '#web/ui/buttons.tsx'
import { Dialog } from '#web/ui/dialog.tsx'
import { useFormField } from '#web/ui/form.tsx'
import css from './formula.module.css'

const FilterEditor = lazy(() => import('#web/records/filter-editor.tsx').then(file => ({ default: file.FilterEditor })))
const days: readonly string[] = ['date', 'timestamptz']
const fits = (take: Rollup['take'], type: keyof typeof fieldTypes) => {
  const kind = fieldTypes[type].sql
  if (take === 'sum' || take === 'average') return kind === 'numeric'
  return take === 'latest' || take === 'earliest' ? days.includes(kind) : kind === 'numeric' || days.includes(kind)
}

/** What is rolled up: whose records, how, which of their fields, and which of them only. */
export function RollupInputs({ object }: { object: ObjectOut }) {
  const word = useWord()
  const objects = useObjects()
  const field = useFormField('rollup')
  const rollup = asRollup(field.value)
  const links = objects.flatMap(other => other.fields.filter(each => targetOf(each) === object.name && each.computed !== true).map(each => ({ value: `${other.name} ${each.name}`, label: `${word(other.label)}（${word(each.label)}）` })))
  const other = objects.find(each => each.name === rollup?.object)
  const change = (next: Partial<Rollup>) => field.set({ take: 'count', ...rollup, ...next })
  if (links.length === 0) return <p className={css.hint}>{t('formula.noneHere')}</p>
  return (
    <>
      <Select label={t('formula.from')} description={t('formula.fromHelp')} withAsterisk data={links} value={rollup ? `${rollup.object} ${rollup.link}` : null} error={field.error} allowDeselect={false} checkIconPosition="right"
        onChange={chosen => { const [name = '', link = ''] = (chosen ?? '').split(' '); field.set({ object: name, link, take: 'count' }) }} />
      {rollup && other && (
        <>
          <div className={css.two}>
            <Select label={t('formula.take')} data={takes.map(take => ({ value: take, label: t(`formula.take.${take}`) }))} value={rollup.take} allowDeselect={false} checkIconPosition="right"
              onChange={chosen => {
                const take = takes.find(each => each === chosen) ?? 'count'
                const { field: of, ...rest } = rollup
                field.set({ ...rest, take, ...(take !== 'count' && of !== undefined && other.fields.some(each => each.name === of && fits(take, each.type)) && { field: of }) })
              }} />
            {rollup.take !== 'count' && <Select label={t('formula.of')} withAsterisk data={other.fields.filter(each => fits(rollup.take, each.type)).map(each => ({ value: each.name, label: word(each.label) }))} value={rollup.field ?? null} allowDeselect={false} searchable checkIconPosition="right" nothingFoundMessage={t('ui.nothingFound')}
              onChange={chosen => change({ field: chosen ?? '' })} />}
          </div>
          <Only other={other} rollup={rollup} onChange={filter => { const { filter: _, ...rest } = rollup; field.set(filter ? { ...rest, filter } : rest) }} />
        </>
      )}
    </>
  )
}

/** Which records count, as a sentence; built in a window of its own. */
function Only({ other, rollup, onChange }: { other: ObjectOut; rollup: Rollup; onChange: (filter: Rollup['filter'] | undefined) => void }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <div>
      <span className={css.label}>{t('formula.only')}</span>
      <div className={css.only}>
        <span>{rollup.filter ? t('formula.onlySome', { count: chipsOf(rollup.filter).length }) : t('formula.onlyAll')}</span>
        <Button look="quiet" icon="filter" onClick={() => setOpen(true)}>{t('formula.onlySet')}</Button>
      </div>
      {isOpen && (
        // Its own form: what is sent there is not what is sent here.
        <div onSubmit={event => event.stopPropagation()} role="presentation">
          <Dialog title={t('formula.only')} width={722} onClose={() => setOpen(false)}>
            <Suspense><FilterEditor object={other} filter={rollup.filter} onClose={() => setOpen(false)} onApply={filter => { onChange(filter); setOpen(false) }} /></Suspense>
          </Dialog>
        </div>
      )}
    </div>
  )
}

/** Through which reference, and what is taken from there. */
export function LookupInputs({ object }: { object: ObjectOut }) {
  const word = useWord()
  const objects = useObjects()
  const field = useFormField('lookup')
  const lookup = asLookup(field.value)
  const references = object.fields.filter(each => targetOf(each) !== undefined && each.computed !== true)
  const through = references.find(each => each.name === lookup?.through)
  const target = through && objects.find(each => each.name === targetOf(through))
  if (references.length === 0) return <p className={css.hint}>{t('formula.noneThrough')}</p>
  return (
    <div className={css.two}>
      <Select label={t('formula.through')} description={t('formula.throughHelp')} withAsterisk data={references.map(each => ({ value: each.name, label: word(each.label) }))} value={lookup?.through ?? null} error={field.error} allowDeselect={false} checkIconPosition="right"
        onChange={chosen => field.set({ through: chosen ?? '', field: '' })} />
      {target && <Select label={t('formula.field')} description={t('formula.sameAccess')} withAsterisk searchable data={target.fields.map(each => ({ value: each.name, label: word(each.label) }))} value={lookup?.field || null} allowDeselect={false} checkIconPosition="right" nothingFoundMessage={t('ui.nothingFound')}
        onChange={chosen => field.set({ through: lookup?.through ?? '', field: chosen ?? '' })} />}
    </div>
  )
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
export const asRollup = (value: unknown): Rollup | undefined => (isRecord(value) && typeof value['object'] === 'string' ? value as unknown as Rollup : undefined)
export const asLookup = (value: unknown): Lookup | undefined => (isRecord(value) && typeof value['through'] === 'string' ? value as unknown as Lookup : undefined)
