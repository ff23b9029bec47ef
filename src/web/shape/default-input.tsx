import { MultiSelect } from '@mantine/core'
import type { TypeName } from '#shared/fields/field.ts'
import { t } from '#web/i18n.ts'
import { useForm } from '#web/ui/form-context.ts'
import { useFormField } from '#web/ui/form.tsx'
import { TextInput } from '#web/ui/inputs.tsx'
import type { Typing } from '#web/ui/typing.ts'
import { draftsIn, typeIn } from './field-traits.ts'
import { OpenSelect } from './open-select.tsx'

const keyboards: Partial<Record<TypeName, Typing>> = { phone: 'phone', email: 'email', url: 'url', number: 'decimal', money: 'decimal', percent: 'decimal', longText: 'words' }

/** What a new record begins with, as the type has it. */
export function DefaultInput() {
  const values = useForm()?.values ?? {}
  const type = typeIn(values)
  const options = draftsIn(values).filter(option => !option.retired && option.label.trim() !== '').map(option => ({ value: option.key, label: option.label.trim() }))
  const input = { name: 'default', label: t('shaping.default'), help: t('shaping.defaultHelp') }
  if (type === 'choice') return <OpenSelect {...input} choices={[{ value: '', label: t('shaping.noDefault') }, ...options]} />
  if (type === 'choices') return <ChoicesDefault label={input.label} help={input.help} options={options} />
  if (type === 'boolean') return <OpenSelect {...input} choices={[{ value: '', label: t('shaping.noDefault') }, { value: 'true', label: t('value.yes') }, { value: 'false', label: t('value.no') }]} />
  if (type === 'date') return <OpenSelect {...input} choices={dateChoices(values['default'])} />
  return <TextInput {...input} kind={keyboards[type] ?? 'name'} />
}

/** The day of creation; a fixed day only where one is set already. */
function dateChoices(value: unknown) {
  const fixed = typeof value === 'string' && value !== '' && value !== 'today' ? [{ value, label: value }] : []
  return [{ value: '', label: t('shaping.noDefault') }, { value: 'today', label: t('shaping.today') }, ...fixed]
}

function ChoicesDefault({ label, help, options }: { label: string; help: string; options: { value: string; label: string }[] }) {
  const field = useFormField('default')
  const known = Array.isArray(field.value) ? field.value.map(String).filter(key => options.some(option => option.value === key)) : []
  return <MultiSelect label={label} description={help} data={options} value={known} onChange={field.set} error={field.error} />
}
