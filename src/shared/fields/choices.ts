import type { Field } from '../object.ts'
import type { Finding } from '../problem.ts'
import { positionOf, findOption } from './choice.ts'
import { accept, isRefused, refuse, type FieldType, type Parsed } from './field.ts'
import { textOf } from './letters.ts'
import { hidden, hideSql } from './mask.ts'
import { manyOps } from './ops.ts'

/** Several options by label: always in the order of the options, none twice. A text is split at 、 , ; | and line ends. */
export const choices: FieldType<string[]> = {
  name: 'choices',
  sql: 'text[]',
  ops: manyOps,
  parse(input, field) {
    if (Array.isArray(input)) return all(input, field)
    const whole = findOption(input, field)
    if (!isRefused(whole)) return accept(whole.value === null ? null : [whole.value])
    const text = textOf(input)
    if (text === null) return refuse('choices.invalid')
    const parts = text.split(/[、,，;；|｜\r\n]+/).filter(part => part.trim() !== '')
    // A label may hold a slash; only what is not a label is split there.
    return all(parts.flatMap(part => (isRefused(findOption(part, field)) ? part.split('/') : [part])), field)
  },
  format: (value, _field, lang) => value.join(lang === 'en' ? ', ' : '、'),
  compare: (a, b, field) => compareLists(a, b, (x, y) => positionOf(x, field) - positionOf(y, field)),
  mask: () => hidden,
  maskSql: hideSql,
}

function all(items: readonly unknown[], field: Field): Parsed<string[]> {
  const labels = new Set<string>()
  const proposals: (string | undefined)[] = []
  let refusal: Finding | undefined
  for (const item of items) {
    const parsed = findOption(item, field)
    if (isRefused(parsed)) { refusal ??= parsed.refusal; proposals.push(parsed.refusal.proposal) }
    else if (parsed.value !== null) { labels.add(parsed.value); proposals.push(parsed.value) }
  }
  if (refusal) {
    const { proposal: _one, ...reason } = refusal
    return { refusal: proposals.every(proposal => proposal !== undefined) ? { ...reason, proposal: [...new Set(proposals)].join('、') } : reason }
  }
  return accept(labels.size === 0 ? null : [...labels].sort((a, b) => positionOf(a, field) - positionOf(b, field)))
}

/** As PostgreSQL orders arrays: item by item, then the shorter first. */
export function compareLists<T>(a: readonly T[], b: readonly T[], compare: (x: T, y: T) => number): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const order = compare(a[i] as T, b[i] as T)
    if (order !== 0) return order
  }
  return a.length - b.length
}
