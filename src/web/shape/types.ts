import { computedTypes, ownTypes, type ComputedType, type OwnType, type ShapedField } from '#shared/api/fields.ts'
import type { TypeName } from '#shared/fields/field.ts'
import { t } from '#web/i18n.ts'

const kinds: Record<'text' | 'number' | 'date' | 'choice' | 'link', OwnType[]> = {
  text: ['text', 'longText', 'phone', 'email', 'url', 'region', 'address'],
  number: ['number', 'money', 'percent', 'rating'],
  date: ['date', 'datetime'],
  choice: ['choice', 'choices', 'tags', 'boolean'],
  link: ['person', 'department', 'reference'],
}

export const typeWord = (type: TypeName) => t(`shaping.of.${type}`)

/** The same of a field, with how it comes to its value: 公式 · 金额. */
export function kindWord({ type, formula, rollup, lookup }: Pick<ShapedField, 'type' | 'formula' | 'rollup' | 'lookup'>): string {
  const way = formula !== undefined ? 'formula' : rollup ? 'rollup' : lookup ? 'lookup' : null
  return way === null ? typeWord(type) : `${t(`formula.type.${way}`)} · ${typeWord(type)}`
}

/** What such a field looks like when it is filled in. */
export const typeExample = (type: TypeName) => (isOwn(type) ? t(`shaping.eg.${type}`) : '')

const isOwn = (type: TypeName): type is OwnType => ownTypes.some(own => own === type)

/** What a company may make a field of, as people look for it. */
export const typeChoices = () =>
  (['text', 'number', 'date', 'choice', 'link'] as const).map(kind => ({ group: t(`shaping.types.${kind}`), items: kinds[kind].map(type => ({ value: type as string, label: typeWord(type) })) }))

/** With what the product works out by itself. */
export const newTypeChoices = () => [...typeChoices(), { group: t('formula.types'), items: computedTypes.map(type => ({ value: type as string, label: t(`formula.type.${type}`) })) }]

export const isComputedType = (type: string): type is ComputedType => computedTypes.some(each => each === type)
export const computedExample = (type: ComputedType) => t(`formula.eg.${type}`)
