import type { Field, Hue, Option, Words } from '../object.ts'
import type { TypeName } from '../fields/field.ts'

/** Words in both languages. */
export const words = (chinese: string, english: string): Words => ({ 'zh-CN': chinese, en: english })

const snake = (name: string) => name.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`)
const references: TypeName[] = ['person', 'department', 'reference']

/** One standard field in one line. The column follows from the name; references end in `_id`. */
export const field = (name: string, type: TypeName, label: Words, more: Partial<Field> = {}): Field => ({
  name, type, label, column: snake(name) + (references.includes(type) ? '_id' : ''), group: 'basic', ...more,
})

/** One option: the stored id, the company's word, its colour and what it means. */
export const option = (id: string, label: string, color: Hue, definition?: string): Option =>
  definition === undefined ? { id, label, color } : { id, label, color, definition }

/** The fields that the engine itself keeps on every record. */
export const systemFields: Field[] = [
  field('createdAt', 'datetime', words('创建时间', 'Created'), { group: 'system', computed: true, width: 140 }),
  field('createdBy', 'person', words('创建人', 'Created by'), { group: 'system', computed: true, column: 'created_by', width: 100 }),
  field('updatedAt', 'datetime', words('最后更新', 'Last update'), { group: 'system', computed: true, width: 140 }),
  field('updatedBy', 'person', words('更新人', 'Updated by'), { group: 'system', computed: true, column: 'updated_by', width: 100, hidden: true }),
]
