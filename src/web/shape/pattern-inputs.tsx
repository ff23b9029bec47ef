import { useDebouncedValue } from '@mantine/hooks'
import { previewNumbers } from '#shared/api/fields.ts'
import type { ObjectOut } from '#shared/api/objects.ts'
import { isTold, presets, type DatePart, type NumberPattern } from '#shared/number-pattern.ts'
import { t } from '#web/i18n.ts'
import { useRead } from '#web/queries.ts'
import { useFormField } from '#web/ui/form.tsx'
import css from './pattern.module.css'

const parts: DatePart[] = ['year', 'month', 'day']

/** How the numbers of an object are made: one of the usual ways, or put together; with the next three as they would be. */
export function PatternInputs({ object }: { object: ObjectOut }) {
  const field = useFormField('pattern')
  const pattern = field.value as NumberPattern
  const set = (next: Partial<NumberPattern>) => {
    const wanted = { ...pattern, ...next }
    // What begins again needs its date; without a date it goes on.
    field.set(wanted.date === undefined ? { ...wanted, joint: undefined, reset: undefined } : isTold(wanted) ? wanted : { ...wanted, reset: wanted.date })
  }
  const chosen = presets.find(preset => isSame(preset.pattern, pattern))?.name
  return (
    <fieldset className={css.pattern}>
      <legend>{t('pattern.title')}</legend>
      <div className={css.presets} role="radiogroup" aria-label={t('pattern.title')}>
        {presets.map(({ name, pattern: preset }) => (
          <button key={name} type="button" role="radio" aria-checked={chosen === name} onClick={() => field.set(preset)}><b>{t(`pattern.${name}`)}</b><span>{t(`pattern.${name}Like`)}</span></button>
        ))}
      </div>
      {!pattern.manual && (
        <div className={css.parts}>
          <label>{t('pattern.prefix')}<input value={pattern.prefix} maxLength={20} onChange={event => set({ prefix: event.currentTarget.value.replace(/\s/g, '') })} /></label>
          <label>{t('pattern.date')}<select value={pattern.date ?? ''} onChange={event => set({ date: partIn(event.currentTarget.value) })}><option value="">{t('pattern.none')}</option>{parts.map(part => <option key={part} value={part}>{t(`pattern.${part}`)}</option>)}</select></label>
          <label>{t('pattern.joint')}<input value={pattern.joint ?? ''} maxLength={3} disabled={pattern.date === undefined} onChange={event => set({ joint: event.currentTarget.value.replace(/[\s\d]/g, '') || undefined })} /></label>
          <label>{t('pattern.digits')}<select value={pattern.digits} onChange={event => set({ digits: Number(event.currentTarget.value) })}>{[1, 2, 3, 4, 5, 6, 8, 10].map(digits => <option key={digits}>{digits}</option>)}</select></label>
          <label>{t('pattern.reset')}<select value={pattern.reset ?? ''} disabled={pattern.date === undefined} onChange={event => set({ reset: partIn(event.currentTarget.value) })}><option value="">{t('pattern.never')}</option>{parts.filter(part => isTold({ ...pattern, reset: part })).map(part => <option key={part} value={part}>{t(`pattern.${part}Reset`)}</option>)}</select></label>
        </div>
      )}
      <Next object={object} pattern={pattern} />
      {field.error !== null && <p className={css.error} role="alert">{field.error}</p>}
    </fieldset>
  )
}

function Next({ object, pattern }: { object: ObjectOut; pattern: NumberPattern }) {
  const [settled] = useDebouncedValue(pattern, 300)
  const read = useRead(previewNumbers, { params: { object: object.name }, body: settled }, { enabled: !settled.manual, staleTime: 0, keep: true })
  if (pattern.manual) return <p className={css.next}>{t('pattern.manualHelp')}</p>
  return <p className={css.next} role="status">{t('pattern.next')}{(read.data?.next ?? []).map(number => <output key={number}>{number}</output>)}</p>
}

const partIn = (value: string): DatePart | undefined => parts.find(part => part === value)
const isSame = (a: NumberPattern, b: NumberPattern) => (['prefix', 'digits', 'date', 'joint', 'reset', 'manual'] as const).every(trait => (a[trait] ?? false) === (b[trait] ?? false))
