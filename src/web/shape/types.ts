import { ownTypes, type OwnType } from '#shared/api/fields.ts'
import type { TypeName } from '#shared/fields/field.ts'
import { t } from '#web/i18n.ts'

const kinds: Record<'text' | 'number' | 'date' | 'choice' | 'link', OwnType[]> = {
  text: ['text', 'longText', 'phone', 'email', 'url', 'region', 'address'],
  number: ['number', 'money', 'percent'],
  date: ['date', 'datetime'],
  choice: ['choice', 'choices', 'tags', 'boolean'],
  link: ['person', 'department', 'reference'],
}

export const typeWord = (type: TypeName) => t(`shaping.of.${type}`)

/** What such a field looks like when it is filled in. */
export const typeExample = (type: TypeName) => (isOwn(type) ? t(`shaping.eg.${type}`) : '')

const isOwn = (type: TypeName): type is OwnType => ownTypes.some(own => own === type)

/** What a company may make a field of, as people look for it. */
export const typeChoices = () =>
  (['text', 'number', 'date', 'choice', 'link'] as const).map(kind => ({ group: t(`shaping.types.${kind}`), items: kinds[kind].map(type => ({ value: type as string, label: typeWord(type) })) }))
