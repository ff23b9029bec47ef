import '@mantine/core/styles/PasswordInput.layer.css'
import { PasswordInput as MantinePassword, TextInput as MantineText } from '@mantine/core'
import type { ReactNode } from 'react'
import { t } from '#web/i18n.ts'
import { useFormField } from './form.tsx'

/** What every input of a form takes. */
export interface InputProps { name: string; label: string; help?: ReactNode; required?: boolean; autoFocus?: boolean; autoComplete?: string; disabled?: boolean }

/** Keyboard of the phone, and whether words may be corrected. Names, codes and phones are never corrected. */
export type Typing = 'words' | 'name' | 'code' | 'phone' | 'email' | 'number' | 'decimal' | 'url'

const keyboards: Record<Typing, { inputMode?: 'text' | 'tel' | 'email' | 'numeric' | 'decimal' | 'url'; type?: string; autoCorrect?: string; autoCapitalize?: string; spellCheck?: boolean }> = {
  words: {},
  name: { autoCorrect: 'off', autoCapitalize: 'off', spellCheck: false },
  code: { autoCorrect: 'off', autoCapitalize: 'off', spellCheck: false },
  phone: { inputMode: 'tel', autoCorrect: 'off', autoCapitalize: 'off', spellCheck: false },
  email: { inputMode: 'email', autoCorrect: 'off', autoCapitalize: 'off', spellCheck: false },
  number: { inputMode: 'numeric', autoCorrect: 'off', spellCheck: false },
  decimal: { inputMode: 'decimal', autoCorrect: 'off', spellCheck: false },
  url: { inputMode: 'url', autoCorrect: 'off', autoCapitalize: 'off', spellCheck: false },
}
/** Attributes of an input for a kind of text. */
export const typing = (kind: Typing) => keyboards[kind]

/** The same for every input: name, label, help, and what the browser may fill in. */
export const common = ({ name, label, help, required = false, autoFocus, autoComplete, disabled }: InputProps) => ({
  name, label, description: help, withAsterisk: required, 'aria-required': required || undefined,
  ...(autoFocus ? { 'data-autofocus': true, autoFocus } : {}), ...(autoComplete ? { autoComplete } : { autoComplete: 'off' }), ...(disabled ? { disabled } : {}),
})

export const text = (value: unknown) => (typeof value === 'string' ? value : '')

export function TextInput({ kind = 'name', placeholder, ...props }: InputProps & { kind?: Typing; placeholder?: string }) {
  const field = useFormField(props.name)
  return <MantineText {...common(props)} {...typing(kind)} {...(placeholder ? { placeholder } : {})} value={text(field.value)} error={field.error} onChange={event => field.set(event.currentTarget.value)} />
}

export function PasswordInput({ autoComplete = 'current-password', ...props }: InputProps) {
  const field = useFormField(props.name)
  return (
    <MantinePassword {...common({ ...props, autoComplete })} {...typing('code')} aria-invalid={field.error !== null || undefined} value={text(field.value)} error={field.error}
      visibilityToggleButtonProps={{ 'aria-label': t('ui.showPassword'), tabIndex: 0 }} onChange={event => field.set(event.currentTarget.value)} />
  )
}
