import { Checkbox, Select } from '@mantine/core'
import { t } from '#web/i18n.ts'
import type { EditorProps } from './field-input.tsx'

/** A box to tick; where there is a third answer (asked about, or a cell that may be empty), a choice. */
export function BooleanInput({ value, onChange, around, autoFocus, compact, asked, onDone }: EditorProps) {
  if (!compact && !asked) {
    const { withAsterisk: _withAsterisk, placeholder: _placeholder, ...rest } = around
    return <Checkbox {...rest} checked={value === true} onChange={event => onChange(event.currentTarget.checked)} data-autofocus={autoFocus || undefined} size="sm" />
  }
  return (
    <Select
      {...around} autoFocus={autoFocus ?? false} defaultDropdownOpened={autoFocus ?? false} allowDeselect={!asked} checkIconPosition="right"
      value={value === true ? 'yes' : value === false ? 'no' : null} placeholder={t('input.pick')} onDropdownClose={() => onDone?.()}
      data={[{ value: 'yes', label: t('value.yes') }, { value: 'no', label: t('value.no') }]}
      onChange={next => onChange(next === null ? null : next === 'yes')}
    />
  )
}
