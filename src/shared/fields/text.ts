import type { MaskKind } from './field.ts'
import { accept, refuse, type FieldType, type TypeName } from './field.ts'
import { cleanLine, compareText, lengthOf, textOf } from './letters.ts'
import { maskText, maskTextSql } from './mask.ts'
import { textOps } from './ops.ts'

/** What every field that is stored as text has in common: order, mask and SQL. */
export function textual(name: TypeName, ownMask: MaskKind, most: number, clean: (text: string) => string): FieldType<string> {
  return {
    name,
    sql: 'text',
    ops: textOps,
    parse(input, field) {
      const text = textOf(input)
      if (text === null) return refuse('field.notText')
      const value = clean(text)
      const limit = field.maxLength ?? most
      const length = lengthOf(value)
      return length > limit ? refuse('field.tooLong', { limit, length }) : accept(value === '' ? null : value)
    },
    format: value => value,
    compare: compareText,
    mask: (value, field) => maskText(field.mask ?? ownMask, value),
    maskSql: (column, field) => maskTextSql(field.mask ?? ownMask, column),
  }
}

/** One line. 500 characters at most unless the field says less: an index of PostgreSQL takes no more than 2,700 bytes. */
export const text = textual('text', 'all', 500, cleanLine)
