import '@mantine/core/styles/PasswordInput.layer.css'
import { PasswordInput as MantinePassword, TextInput as MantineText } from '@mantine/core'
import type { ReactNode } from 'react'
import { t } from '#web/i18n.ts'
import { useFormField } from './form.tsx'
import { typing, type Typing } from './typing.ts'

/** What every input of a form takes. */
export interface InputProps { name: string; label: string; help?: ReactNode; required?: boolean; autoFocus?: boolean; autoComplete?: string; disabled?: boolean }

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
