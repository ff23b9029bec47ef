import { Checkbox as MantineCheckbox, Select as MantineSelect, Textarea } from '@mantine/core'
import { t } from '#web/i18n.ts'
import { useFormField } from './form.tsx'
import { common, text, type InputProps } from './inputs.tsx'

export function LongTextInput({ rows = 3, ...props }: InputProps & { rows?: number }) {
  const field = useFormField(props.name)
  return <Textarea {...common(props)} autosize minRows={rows} maxRows={12} value={text(field.value)} error={field.error} onChange={event => field.set(event.currentTarget.value)} />
}

export interface Choice { value: string; label: string }

export function SelectInput({ choices, searchable = false, ...props }: InputProps & { choices: Choice[]; searchable?: boolean }) {
  const field = useFormField(props.name)
  return (
    <MantineSelect {...common(props)} data={choices} searchable={searchable} allowDeselect={!props.required} checkIconPosition="right"
      nothingFoundMessage={t('ui.nothingFound')} value={text(field.value) || null} error={field.error} onChange={field.set} />
  )
}

export function CheckboxInput(props: InputProps) {
  const field = useFormField(props.name)
  return (
    <MantineCheckbox name={props.name} label={props.label} description={props.help} disabled={props.disabled ?? false} checked={field.value === true} error={field.error}
      onChange={event => field.set(event.currentTarget.checked)} />
  )
}
