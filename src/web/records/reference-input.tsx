import { queryRecords } from '#shared/api/records.ts'
import type { RecordOut } from '#shared/api/records.ts'
import type { Reference } from '#shared/fields/field.ts'
import type { ComboboxItem } from '@mantine/core'
import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import { t } from '#web/i18n.ts'
import { useRead } from '#web/queries.ts'
import type { EditorProps } from './field-input.tsx'
import css from './field-input.module.css'
import { useObject } from '#web/objects.ts'
import { isReference, nameOf, numberOf, targetOf } from './shape.ts'
import { asTyped, selectSoon } from './typed-input.tsx'

interface Found extends ComboboxItem { number: string | null }

/** Points to another record: found by name, number or phone while one types. */
export function ReferenceInput({ field, value, onChange, around, autoFocus, asked, onDone }: EditorProps) {
  const target = targetOf(field) ?? ''
  const current = isReference(value) ? value : null
  const [text, setText] = useState(value === 'me' ? t('value.me') : current?.label ?? '')
  const [isOpen, setOpen] = useState(autoFocus ?? false)
  const [q] = useDebouncedValue(text === current?.label || text === t('value.me') ? '' : text, 150)
  const { found, isSearching } = useFound(target, q, isOpen)
  const data = [...(asked && field.type === 'person' && q === '' ? [{ value: 'me', label: t('value.me'), number: null }] : []), ...withCurrent(found, current)]
  return (
    <Select
      {...around} {...asTyped} data={data} value={value === 'me' ? 'me' : current?.id ?? null} searchable searchValue={text} onSearchChange={setText}
      onChange={id => onChange(id === 'me' ? 'me' : referenceOf(data, id))} filter={({ options }) => options} renderOption={({ option }) => <FoundOption option={option as Found} />}
      onFocus={event => selectSoon(event.currentTarget)} onDropdownOpen={() => setOpen(true)} onDropdownClose={() => { setOpen(false); onDone?.() }} nothingFoundMessage={isSearching ? t('input.searching') : q === '' ? t('input.typeToSearch') : t('input.noMatch', { text: q })}
      placeholder={typeof value === 'string' && value !== '' ? value : t('input.search')} clearable={field.required !== true && !asked} allowDeselect={false} clearButtonProps={{ 'aria-label': t('input.clear'), tabIndex: -1 }}
      autoFocus={autoFocus ?? false} defaultDropdownOpened={autoFocus ?? false} maxDropdownHeight={320}
    />
  )
}

function FoundOption({ option }: { option: Found }) {
  return <span className={css.option}><span>{option.label}</span>{option.number !== null && <small className={css.definition}>{option.number}</small>}</span>
}

function useFound(target: string, q: string, isOpen: boolean) {
  const object = useObject(target)
  const fields = object === undefined ? [] : [object.title, ...(object.numberField === undefined ? [] : [object.numberField])]
  const answer = useRead(queryRecords, { params: { object: target }, body: { ...(q === '' ? {} : { q }), fields, limit: 20, total: 'none' } }, { enabled: isOpen && object !== undefined, keep: true })
  const found = object === undefined ? [] : (answer.data?.records ?? []).map((record: RecordOut): Found => ({ value: record.id, label: nameOf(object, record) || t('value.unnamed'), number: numberOf(object, record) }))
  return { found, isSearching: answer.isFetching }
}

const withCurrent = (found: Found[], current: Reference | null): Found[] =>
  current === null || found.some(each => each.value === current.id) ? found : [{ value: current.id, label: current.label ?? t('value.gone'), number: null }, ...found]

const referenceOf = (data: Found[], id: string | null): Reference | null => {
  const found = data.find(each => each.value === id)
  return found === undefined ? null : { id: found.value, label: found.label }
}
