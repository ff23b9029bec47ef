import type { MaskKind, TypeName } from './fields/field.ts'
import type { Filter } from './filter.ts'
import type { NumberPattern } from './number-pattern.ts'
import type { ObjectIcon } from './objects/icons.ts'

export type Lang = 'zh-CN' | 'en'
/** A word of the product in both languages. User-made words are the same in both. */
export type Words = Record<Lang, string>

/** Soft tints of the tags, see docs/look.md. */
export type Hue = 'grey' | 'slate' | 'blue' | 'teal' | 'green' | 'amber' | 'orange' | 'red' | 'pink' | 'violet'

/** One allowed value of a choice. `id` is stored and never changes; `label` is the company's own word, the value of the API. */
export interface Option {
  id: string
  label: string
  color: Hue
  /** What the company means by it, shown beside the option. */
  definition?: string
  retired?: boolean
  /** What it was called before, or what was merged into it: old files, filters and log entries still mean it. */
  formerly?: string[]
}

/** What a rollup makes of many values. `count` counts records and needs no field; latest and earliest are of dates. */
export const takes = ['count', 'sum', 'average', 'min', 'max', 'latest', 'earliest'] as const
export interface Rollup { object: string; /** The reference field there that points here. */ link: string; take: (typeof takes)[number]; field?: string; filter?: Filter }
export interface Lookup { /** The reference field here. */ through: string; /** The field of what it points to. */ field: string }

export interface Field {
  /** API name, camelCase. */
  name: string
  label: Words
  type: TypeName
  /** The storage column: snake_case of the name for standard fields, `f_<id>` for user-made ones. */
  column: string
  group: string
  /** 字段说明: what it is for. */
  help?: Words
  example?: string
  required?: boolean
  /** It must be filled where the record fits this: a condition over fields of the same record. */
  requiredWhen?: Filter
  /** Forms and pages ask for it and show it only where the record fits this; elsewhere it is not required either. What it holds stays. */
  visibleWhen?: Filter
  unique?: boolean
  /** The human number: how it is made. */
  pattern?: NumberPattern
  options?: Option[]
  /** reference: the object that it points to, e.g. `customers`. */
  target?: string
  /** Unit shown behind a number: 元, 人, 天. */
  unit?: string
  /** number, money, percent: digits behind the point. */
  decimals?: number
  min?: number
  max?: number
  /** text: longest allowed, in characters. */
  maxLength?: number
  default?: unknown
  /** Written by the engine only: createdAt, number, … */
  computed?: boolean
  /** Worked out from other fields of the record, which stand in it by their API names: see `shared/formula`. */
  formula?: string
  /** Worked out from the records of another object that point to this one. */
  rollup?: Rollup
  /** A field of the record that a reference of this one points to. */
  lookup?: Lookup
  /** May be given at creation and never again: firstContactAt. */
  setOnce?: boolean
  /** How it is shown to who may see it masked only; absent = the type's own mask. */
  mask?: MaskKind
  /** A change of it asks for a reason (变更原因). */
  needsReason?: boolean
  /** Written synonyms in headers of files, for the import. */
  synonyms?: string[]
  /** Shown in the sheet unless the person hides it; width in px. */
  width?: number
  hidden?: boolean
}

export interface ObjectType {
  /** Plural API name: `customers`. */
  name: string
  table: string
  label: Words
  one: Words
  /** Made by the company. */
  isOwn?: true
  /** How it looks where objects stand beside each other. */
  icon?: ObjectIcon
  hue?: Hue
  fields: Field[]
  /** Groups of the form and the page, in order. */
  groups: { name: string; label: Words }[]
  /** The field that names a record to people. */
  title: string
  /** The field with the human number, if the object has one, and its pattern. */
  numberField?: string
  numberPattern?: NumberPattern
  /** Records belong to somebody: scopes apply. Otherwise view is all or none. */
  owned: boolean
  /** The reference whose owner this record follows (a contact follows its customer). */
  ownerFrom?: string
  /** Fields that search reads, in order of weight. Names among them also by pinyin. */
  search: string[]
  /** Fields that long lists are sorted by or records found by exactly: each has an index, which every save pays for. */
  indexed?: string[]
  pinyin: string[]
}

export const fieldOf = (object: ObjectType, name: string) => object.fields.find(field => field.name === name)
