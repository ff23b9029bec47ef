import { Textarea, TextInput } from '@mantine/core'
import type { FocusEvent } from 'react'
import { useState } from 'react'
import { isEmpty, isRefused } from '#shared/fields/field.ts'
import { typing } from '#web/ui/typing.ts'
import type { Typing } from '#web/ui/typing.ts'
import type { Around, EditorProps } from './field-input.tsx'
import css from './field-input.module.css'
import { Refusal } from './refusal.tsx'
import type { FieldOut } from '#web/objects.ts'
import { adviceOf, editText, refusalOf, understand, understandLoosely, write } from './values.ts'

/** The right keyboard of a phone, by type. */
const keyboards: Partial<Record<FieldOut['type'], Typing>> = { phone: 'phone', email: 'email', url: 'url', number: 'decimal', money: 'decimal', percent: 'decimal' }
const isAmount = (field: FieldOut) => field.type === 'number' || field.type === 'money' || field.type === 'percent'

/** Corrections by a phone harm names, codes and numbers. */
export const asTyped = { autoComplete: 'off', autoCorrect: 'off', autoCapitalize: 'off', spellCheck: false } as const

/** One line, typed in any spelling that has exactly one meaning. */
export function TypedInput(props: EditorProps) {
  const { field, around, autoFocus } = props
  const { error, ...typed } = useTyped(props)
  return (
    <TextInput
      {...around} {...asTyped} {...typing(keyboards[field.type] ?? 'name')} {...typed} error={error}
      enterKeyHint="next"
      data-autofocus={autoFocus || undefined}
      autoFocus={autoFocus ?? false}
      classNames={{ input: isAmount(field) ? css.amount ?? '' : '' }}
      rightSection={field.unit === undefined || field.type === 'money' ? undefined : <span className={css.unit}>{field.unit}</span>}
      rightSectionPointerEvents="none"
    />
  )
}

/** Several lines, growing with the text. */
export function LongInput(props: EditorProps) {
  const { field, around, autoFocus, compact } = props
  const typed = useTyped(props)
  return (
    <Textarea
      {...around} {...typed} autoFocus={autoFocus ?? false} data-autofocus={autoFocus || undefined}
      autosize minRows={field.type === 'address' || compact ? 1 : 2} maxRows={compact ? 8 : 14}
    />
  )
}

/**
 * While somebody types, the text is theirs; on leaving it becomes the value, or stays as it was typed with the reason beside it.
 * The text is handed on at every key, so that saving by shortcut loses nothing.
 */
export function useTyped({ field, value, onChange, around, asked, autoFocus, onDone }: EditorProps) {
  const [typing, setTyping] = useState<string | null>(null)
  const finding = typing !== null || isEmpty(value) || asked ? null : refusalOf(field, value)
  const advice = typing !== null || isEmpty(value) || asked || finding !== null ? null : adviceOf(field, value)

  const settle = () => {
    if (typing !== null && typing.trim() !== '') {
      const parsed = asked ? understandLoosely(field, typing) : understand(field, typing)
      if (!isRefused(parsed)) onChange(parsed.value)
    }
    setTyping(null)
    onDone?.()
  }
  return {
    value: typing ?? (value === null || value === undefined ? '' : write(value, field)),
    onChange: (event: { currentTarget: { value: string } }) => {
      const text = event.currentTarget.value
      setTyping(text)
      onChange(text === '' ? null : text)
    },
    onFocus: (event: FocusEvent<HTMLInputElement | HTMLTextAreaElement>) => {
      setTyping(editText(value, field))
      if (autoFocus) selectSoon(event.currentTarget)
    },
    onBlur: settle,
    error: errorOf(around, finding ?? advice, onChange),
  }
}

// The text is replaced on focus: it is selected after that, in the next frame.
export const selectSoon = (input: HTMLInputElement | HTMLTextAreaElement) => requestAnimationFrame(() => input.select())

const errorOf = (around: Around, finding: ReturnType<typeof refusalOf>, onChange: (value: unknown) => void) =>
  around.error ?? (finding === null ? undefined : <Refusal finding={finding} onUse={onChange} />)
