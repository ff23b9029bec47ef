import type { Words } from '../object.ts'
import { accept, refuse, type FieldType } from './field.ts'
import { cleanLine, halfWidth, textOf } from './letters.ts'
import { hidden, hideSql } from './mask.ts'
import { yesNoOps } from './ops.ts'

const yes: Words = { 'zh-CN': '是', en: 'Yes' }
const no: Words = { 'zh-CN': '否', en: 'No' }
const spellings = new Map<string, boolean>([
  ...['是', '对', '有', '真', '已', '√', '✓', '✔', '☑', 'yes', 'y', 'true', 't', '1', 'on'].map(word => [word, true] as const),
  ...['否', '不', '不是', '错', '无', '没有', '假', '未', '×', '✗', '✘', '☐', 'no', 'n', 'false', 'f', '0', 'off'].map(word => [word, false] as const),
])

export const boolean: FieldType<boolean> = {
  name: 'boolean',
  sql: 'boolean',
  ops: yesNoOps,
  parse(input) {
    const word = halfWidth(cleanLine(textOf(input) ?? '?')).toLowerCase()
    if (word === '') return accept<boolean>(null)
    const value = spellings.get(word)
    return value === undefined ? refuse('boolean.invalid', { yes: yes['zh-CN'], no: no['zh-CN'] }) : accept(value)
  },
  format: (value, _field, lang) => (value ? yes : no)[lang],
  compare: (a, b) => Number(a) - Number(b),
  mask: () => hidden,
  maskSql: hideSql,
}
