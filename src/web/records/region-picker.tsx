import '@mantine/core/styles/Cascader.layer.css'
import type { CascaderOption } from '@mantine/core'
import { Cascader } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useMemo, useState } from 'react'
import { equipFields } from '#shared/fields/equip.ts'
import { regions } from '#shared/fields/region-table.ts'
import type { Place } from '#shared/fields/region-table.ts'
import { t } from '#web/i18n.ts'
import type { EditorProps } from './field-input.tsx'
import { asTyped, selectSoon } from './typed-input.tsx'

if (regions() === null) equipFields()

const optionOf = (place: Place): CascaderOption => ({ value: place.path, label: place.name, ...(place.children.length > 0 ? { children: place.children.map(optionOf) } : {}) })
const options = (regions()?.provinces ?? []).map(optionOf)

/** `广东省/深圳市` → the paths of all its levels, as the columns are opened. */
const levelsOf = (path: string) => path.split('/').map((_, i, names) => names.slice(0, i + 1).join('/'))

const bare = (name: string) => name.replace(/(?<=.{2})[省市区县]$/, '')

/** 深圳南山 finds 广东省/深圳市/南山区. */
function matches(query: string, chain: CascaderOption[]): boolean {
  const names = (chain.at(-1)?.value ?? '').split('/')
  const wanted = query.replaceAll(/[\s/]/g, '')
  return names.join('').includes(wanted) || names.map(bare).join('').includes(wanted)
}

/** Any level may be chosen: a province alone is an answer. */
export default function RegionPicker({ field, value, onChange, around, autoFocus, asked, onDone }: EditorProps) {
  const isPhone = useMediaQuery('(max-width: 767px)') ?? false
  const [text, setText] = useState('')
  const [isOpen, setOpen] = useState(autoFocus ?? false)
  const path = typeof value === 'string' && regions()?.byPath.has(value) === true ? value : null
  // The same array again: another one would take back what is being typed.
  const levels = useMemo(() => (path === null ? null : levelsOf(path)), [path])
  const isSearching = text !== '' && text !== levels?.map(level => level.split('/').at(-1)).join(' / ')
  const close = () => { setOpen(false); onDone?.() }
  // A district, or what was found by typing, is a whole answer; a province in the columns may only be the way there.
  const choose = (next: string[] | null, chain: CascaderOption[]) => {
    onChange(next?.at(-1) ?? null)
    if (chain.at(-1)?.children === undefined || isSearching) close()
  }
  return (
    <Cascader
      {...around} {...asTyped} data={options} value={levels} onChange={choose}
      changeOnSelect searchable allowDeselect={false} closeOnSelect={false} maxDisplayedLevels={isPhone ? 1 : 3} columnWidth={isPhone ? 280 : 150} separator="/"
      placeholder={typeof value === 'string' && value !== '' ? value : t('input.region')} nothingFoundMessage={t('input.noMatch', { text })} onSearchChange={setText} filter={matches} onFocus={event => selectSoon(event.currentTarget)}
      previousLevelsControlLabel={t('input.regionBack')} clearable={field.required !== true && !asked} clearButtonProps={{ 'aria-label': t('input.clear'), tabIndex: -1 }}
      autoFocus={autoFocus ?? false} dropdownOpened={isOpen} onDropdownOpen={() => setOpen(true)} onDropdownClose={close}
    />
  )
}
