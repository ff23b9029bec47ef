import { Select } from '@mantine/core'
import { useFormField } from '#web/ui/form.tsx'
import type { Choice } from '#web/ui/choice-inputs.tsx'

/** A choice in which `''` is an answer too: nothing, any. */
export function OpenSelect({ name, label, help, choices }: { name: string; label: string; help?: string; choices: Choice[] }) {
  const field = useFormField(name)
  const chosen = typeof field.value === 'string' && choices.some(choice => choice.value === field.value) ? field.value : ''
  return <Select name={name} label={label} description={help} data={choices} value={chosen} allowDeselect={false} checkIconPosition="right" error={field.error} onChange={value => field.set(value ?? '')} />
}
