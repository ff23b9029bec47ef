import '@mantine/core/styles/Cascader.layer.css'
import type { CascaderOption } from '@mantine/core'
import { Cascader } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { equipFields } from '#shared/fields/equip.ts'
import { regions } from '#shared/fields/region-table.ts'
import type { Place } from '#shared/fields/region-table.ts'
import { t } from '#web/i18n.ts'
import type { EditorProps } from './field-input.tsx'
import { asTyped } from './typed-input.tsx'

if (regions() === null) equipFields()

const optionOf = (place: Place): CascaderOption => ({ value: place.path, label: place.name, ...(place.children.length > 0 ? { children: place.children.map(optionOf) } : {}) })
const options = (regions()?.provinces ?? []).map(optionOf)

/** `广东省/深圳市` → the paths of all its levels, as the columns are opened. */
const levelsOf = (path: string) => path.split('/').map((_, i, names) => names.slice(0, i + 1).join('/'))

/** Any level may be chosen: a province alone is an answer. */
export default function RegionPicker({ field, value, onChange, around, autoFocus, asked, onDone }: EditorProps) {
  const isPhone = useMediaQuery('(max-width: 767px)') ?? false
  const path = typeof value === 'string' && regions()?.byPath.has(value) === true ? value : null
  return (
    <Cascader
      {...around} {...asTyped} data={options} value={path === null ? null : levelsOf(path)} onChange={next => onChange(next?.at(-1) ?? null)}
      changeOnSelect searchable allowDeselect={false} closeOnSelect={false} maxDisplayedLevels={isPhone ? 1 : 3} columnWidth={isPhone ? 280 : 150} separator="/"
      placeholder={typeof value === 'string' && value !== '' ? value : t('input.region')} nothingFoundMessage={t('input.noMatch', { text: '' })}
      previousLevelsControlLabel={t('input.regionBack')} clearable={field.required !== true && !asked} clearButtonProps={{ 'aria-label': t('input.clear'), tabIndex: -1 }}
      autoFocus={autoFocus ?? false} defaultDropdownOpened={autoFocus ?? false} onDropdownClose={() => onDone?.()}
    />
  )
}
