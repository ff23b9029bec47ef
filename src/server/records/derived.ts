import type { Field, ObjectType } from '#shared/object.ts'
import { nameKey } from '../catalog/name-key.ts'
import { keyColumn, pinyinColumn } from '../catalog/storage.ts'
import { pinyinKey } from './search-tokens.ts'

/** A column that the engine works out from a field: how a name sounds, and a title without what people write differently. */
export interface Derived { field: Field; column: string; of(text: string | null): string | null }

/** What the engine works out from these fields. */
export const derivedOf = (object: ObjectType, fields: readonly Field[]): Derived[] => fields.flatMap(field => [
  ...(object.pinyin.includes(field.name) ? [{ field, column: pinyinColumn(field.name, object), of: pinyinKey }] : []),
  ...(object.owned && field.name === object.title ? [{ field, column: keyColumn(object), of: keyOf }] : []),
])

const keyOf = (text: string | null) => (text === null ? null : nameKey(text))
