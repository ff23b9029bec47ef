import type { Field } from '../object.ts'
import type { Finding } from '../problem.ts'
import { maskSecrets } from '../number-gate.ts'
import { address } from './address.ts'
import { boolean } from './boolean.ts'
import { choice } from './choice.ts'
import { choices } from './choices.ts'
import { date } from './date.ts'
import { datetime } from './datetime.ts'
import { department } from './department.ts'
import { email } from './email.ts'
import { isRefused, type FieldType, type ParseContext, type Parsed, type TypeName } from './field.ts'
import { longText } from './long-text.ts'
import { money } from './money.ts'
import { number } from './number.ts'
import { numberRule } from './number-rule.ts'
import { percent } from './percent.ts'
import { person } from './person.ts'
import { phone } from './phone.ts'
import { rating } from './rating.ts'
import { reference } from './reference.ts'
import { region } from './region.ts'
import { tags } from './tags.ts'
import { text } from './text.ts'
import { url } from './url.ts'

/** A type by its name. Its values are `unknown` here: who holds a field knows the type only at run time. */
export const fieldTypes: Record<TypeName, FieldType> = {
  text: open(text), longText: open(longText), number: open(number), money: open(money), percent: open(percent), date: open(date), datetime: open(datetime),
  boolean: open(boolean), choice: open(choice), choices: open(choices), tags: open(tags), phone: open(phone), email: open(email), url: open(url),
  person: open(person), department: open(department), reference: open(reference), region: open(region), address: open(address), numberRule: open(numberRule), rating: open(rating),
}

/** Free text, where a forbidden number may hide. */
const free: readonly TypeName[] = ['text', 'longText', 'address', 'tags']

/**
 * Understands one input for one field: a form, a cell, a file and the API all come through here.
 * Nothing typed is `value: null`, refused where the field is required. ID-card and bank-card numbers in free text come back masked, with a finding.
 * Findings name the field and carry what was typed (never a secret).
 */
export function parseField(field: Field, input: unknown, context: ParseContext): Parsed<unknown> {
  const parsed = isNothing(input, field, context) ? { value: null } : fieldTypes[field.type].parse(input, field, context)
  if (isRefused(parsed)) return { refusal: { ...about(field, input), ...parsed.refusal, ...safeValues(parsed.refusal) } }
  if (parsed.value === null && field.required) return { refusal: { field: field.name, code: 'field.required' } }
  const guarded = free.includes(field.type) ? withoutSecrets(parsed.value) : { value: parsed.value, findings: [] }
  const findings = [...(parsed.findings ?? []).map(finding => ({ ...about(field, input), ...finding })), ...guarded.findings.map(code => ({ field: field.name, code }))]
  return findings.length === 0 ? { value: guarded.value } : { value: guarded.value, findings }
}

function isNothing(input: unknown, field: Field, context: ParseContext) {
  if (input === null || input === undefined) return true
  if (typeof input !== 'string') return Array.isArray(input) && input.length === 0
  const words = input.trim()
  if (words === '') return true
  if (!context.fromFile || field.type === 'boolean' || field.options?.some(option => option.label === words)) return false
  return /^(?:[-－—–―/\\]+|无|暂无|空|n\/?a|#n\/a|null|none)$/i.test(words)
}

function withoutSecrets(value: unknown): { value: unknown; findings: string[] } {
  if (Array.isArray(value)) {
    const masked = value.map(item => withoutSecrets(item))
    return { value: masked.map(item => item.value), findings: [...new Set(masked.flatMap(item => item.findings))] }
  }
  if (typeof value !== 'string') return { value, findings: [] }
  const { text: safe, found } = maskSecrets(value)
  return { value: safe, findings: found.map(kind => `secret.${kind}`) }
}

/** What was typed, so that nothing has to be typed again; secrets in it are masked too. */
function about(field: Field, input: unknown): Pick<Finding, 'field' | 'value'> {
  return { field: field.name, value: withoutSecrets(input).value }
}

function safeValues({ values }: Finding): Pick<Finding, 'values'> {
  if (!values) return {}
  return { values: Object.fromEntries(Object.entries(values).map(([name, value]) => [name, typeof value === 'string' ? maskSecrets(value).text : value])) }
}

/** A value given to `format`, `compare` or `mask` came out of `parse` of the same type, or out of its column. */
function open<V>(type: FieldType<V>): FieldType {
  return {
    ...type,
    format: (value, field, lang) => type.format(value as V, field, lang),
    compare: (a, b, field) => type.compare(a as V, b as V, field),
    mask: (value, field) => type.mask(value as V, field),
  }
}
