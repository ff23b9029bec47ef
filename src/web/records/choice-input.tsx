import type { ComboboxItem } from '@mantine/core'
import { MultiSelect, Select, TagsInput } from '@mantine/core'
import { t } from '#web/i18n.ts'
import { OptionTag } from './field-cell.tsx'
import type { EditorProps } from './field-input.tsx'
import css from './field-input.module.css'
import type { FieldOut } from '#web/objects.ts'
import { asTyped } from './typed-input.tsx'

/** Options that may be chosen now, and those that the record still has. */
const choosable = (field: FieldOut, chosen: string[]) =>
  (field.options ?? []).filter(option => option.retired !== true || chosen.includes(option.label)).map(option => option.label)

const shownOption = (field: FieldOut) => function ShownOption({ option }: { option: ComboboxItem }) {
  const definition = field.options?.find(each => each.label === option.value)?.definition
  return (
    <span className={css.option}>
      <OptionTag field={field} label={option.value} />
      {definition !== undefined && <small className={css.definition}>{definition}</small>}
    </span>
  )
}

const list = { withCheckIcon: true, checkIconPosition: 'right', maxDropdownHeight: 320, comboboxProps: { width: 'max-content', position: 'bottom-start' } } as const

/** One of the company's own words, each with its colour and its written definition. */
export function ChoiceInput({ field, value, onChange, around, autoFocus, asked, onDone }: EditorProps) {
  const chosen = typeof value === 'string' ? value : null
  const data = choosable(field, chosen === null ? [] : [chosen])
  return (
    <Select
      {...around} {...asTyped} {...list} data={data} value={chosen !== null && data.includes(chosen) ? chosen : null}
      onChange={onChange} renderOption={shownOption(field)} placeholder={chosen ?? t('input.pick')}
      searchable={data.length > 7} clearable={field.required !== true && !asked} allowDeselect={false} clearButtonProps={{ 'aria-label': t('input.clear'), tabIndex: -1 }}
      autoFocus={autoFocus ?? false} defaultDropdownOpened={autoFocus ?? false} nothingFoundMessage={t('input.noMatch', { text: '' })} onDropdownClose={() => onDone?.()}
      leftSection={chosen === null ? undefined : <Dot field={field} label={chosen} />} leftSectionPointerEvents="none"
    />
  )
}

function Dot({ field, label }: { field: FieldOut; label: string }) {
  const option = field.options?.find(each => each.label === label)
  return <i className={css.dot} style={{ background: `var(--kb-${option?.color ?? 'grey'}-ink)` }} />
}

/** Several of them. */
export function ChoicesInput({ field, value, onChange, around, autoFocus, onDone }: EditorProps) {
  const chosen = Array.isArray(value) ? value.map(String) : []
  return (
    <MultiSelect
      {...around} {...asTyped} {...list} data={choosable(field, chosen)} value={chosen} onChange={next => onChange(next.length === 0 ? null : next)}
      renderOption={shownOption(field)} placeholder={chosen.length === 0 ? t('input.pick') : ''} searchable hidePickedOptions={false}
      autoFocus={autoFocus ?? false} defaultDropdownOpened={autoFocus ?? false} clearButtonProps={{ 'aria-label': t('input.clear'), tabIndex: -1 }} onBlur={() => onDone?.()}
    />
  )
}

/** Free words; Enter or a comma ends one. */
export function TagsField({ value, onChange, around, autoFocus, onDone }: EditorProps) {
  const chosen = Array.isArray(value) ? value.map(String) : []
  return (
    <TagsInput
      {...around} {...asTyped} value={chosen} onChange={next => onChange(next.length === 0 ? null : next)} splitChars={[',', '，', ';', '；', '、']} acceptValueOnBlur
      placeholder={chosen.length === 0 ? t('input.addTag') : ''} autoFocus={autoFocus ?? false} clearButtonProps={{ 'aria-label': t('input.clear'), tabIndex: -1 }} onBlur={() => onDone?.()}
    />
  )
}
