import type { Field } from '../object.ts'
import { accept, refuse, type FieldType, type ParseContext, type Parsed, type Reference, type TypeName } from './field.ts'
import { cleanLine, compareText, textOf } from './letters.ts'
import { hidden, hideSql } from './mask.ts'
import { oneOps } from './ops.ts'

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** A field that points to a record. By id it is taken as it is (the server proves that it is there); by text only where `context.lookup` knows exactly one. */
export function pointing(name: TypeName, targetOf: (field: Field) => string): FieldType<Reference> {
  return {
    name,
    sql: 'uuid',
    ops: oneOps,
    parse(input, field, context) {
      if (typeof input === 'object' && input !== null && 'id' in input) return byId(input)
      const words = cleanLine(textOf(input) ?? '')
      if (words === '') return textOf(input) === null && input !== null && input !== undefined ? refuse('reference.invalid') : accept<Reference>(null)
      if (uuid.test(words)) return accept({ id: words.toLowerCase(), label: null })
      return byText(words, targetOf(field), context)
    },
    format: value => value.label ?? '',
    compare: (a, b) => compareText(a.id, b.id),
    mask: () => hidden,
    maskSql: hideSql,
  }
}

function byId(input: { id: unknown; label?: unknown }): Parsed<Reference> {
  if (typeof input.id !== 'string' || !uuid.test(input.id)) return refuse('reference.invalid')
  return accept({ id: input.id.toLowerCase(), label: typeof input.label === 'string' ? input.label : null })
}

function byText(words: string, target: string, context: ParseContext): Parsed<Reference> {
  if (!context.lookup) return refuse('reference.unknown', { value: words })
  const found = context.lookup(target, words)
  const [first] = found
  if (!first) return refuse('reference.unknown', { value: words })
  if (found.length > 1) return refuse('reference.ambiguous', { value: words, count: found.length })
  return accept(first)
}

export const reference = pointing('reference', field => field.target ?? '')
