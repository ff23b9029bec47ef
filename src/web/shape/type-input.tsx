import { Select } from '@mantine/core'
import { computedTypes, ownTypes, type ComputedType, type OwnType } from '#shared/api/fields.ts'
import { t } from '#web/i18n.ts'
import { useFormField } from '#web/ui/form.tsx'
import css from './shape.module.css'
import { computedExample, isComputedType, newTypeChoices, typeExample, typeWord } from './types.ts'

/** The type in a person's words, each with what it looks like. */
export function TypeInput() {
  const field = useFormField('type')
  const startsWith = useFormField('default')
  const chosen = [...ownTypes, ...computedTypes].find(type => type === field.value) ?? 'text'
  // What one type begins with is nothing for another.
  const choose = (type: string | null) => {
    if (type === null) return
    field.set(type)
    startsWith.set('')
  }
  return (
    <Select label={t('shaping.type')} description={exampleOf(chosen)} withAsterisk data={newTypeChoices()} value={chosen} error={field.error} onChange={choose}
      allowDeselect={false} checkIconPosition="right" maxDropdownHeight={360} renderOption={({ option }) => <TypeOption value={option.value} />} />
  )
}

function TypeOption({ value }: { value: string }) {
  const type = [...ownTypes, ...computedTypes].find(each => each === value)
  return type === undefined ? null : <span className={css.typeOption}><span>{isComputedType(type) ? t(`formula.type.${type}`) : typeWord(type)}</span><small>{exampleOf(type)}</small></span>
}

const exampleOf = (type: OwnType | ComputedType) => (isComputedType(type) ? computedExample(type) : typeExample(type))
