import { Input } from '@mantine/core'
import { useId, type KeyboardEvent } from 'react'
import { starsOf } from '#shared/fields/rating.ts'
import { t } from '#web/i18n.ts'
import type { EditorProps } from './field-input.tsx'
import css from './rating-input.module.css'

/** Stars to click; a digit sets them, Backspace or the same star again takes them away. */
export default function RatingInput({ field, value, onChange, around, autoFocus, onDone }: EditorProps) {
  const name = useId()
  const most = starsOf(field)
  const count = typeof value === 'string' || typeof value === 'number' ? Math.round(Number(value)) || 0 : 0
  const { 'aria-label': ariaLabel, placeholder: _, id: __, ...rest } = around
  const set = (next: number) => { onChange(next === 0 ? null : String(next)); onDone?.() }
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const digit = /^\d$/.test(event.key) ? Number(event.key) : event.key === 'Backspace' || event.key === 'Delete' ? 0 : null
    if (digit === null || digit > most) return
    event.preventDefault()
    set(digit)
    event.currentTarget.querySelector<HTMLElement>(`input[value="${Math.max(1, digit)}"]`)?.focus()
  }
  return (
    <Input.Wrapper {...rest} labelElement="div">
      <div className={css.stars} role="radiogroup" aria-label={ariaLabel ?? rest.label} aria-required={rest.withAsterisk} onKeyDown={onKeyDown}>
        {Array.from({ length: most }, (___, i) => i + 1).map(star => (
          <label key={star} className={css.star} data-on={star <= count || undefined}>
            <input type="radio" name={name} value={star} checked={star === count} aria-label={t('value.stars', { count: star, most })} autoFocus={autoFocus === true && star === Math.max(1, count)}
              onChange={() => set(star)} onClick={() => { if (star === count) set(0) }} />
            <span aria-hidden="true">{star <= count ? '★' : '☆'}</span>
          </label>
        ))}
      </div>
    </Input.Wrapper>
  )
}
