import { parseField } from '#shared/fields/all.ts'
import { isRefused, type ParseContext, type TypeName } from '#shared/fields/field.ts'
import type { Field } from '#shared/object.ts'

/** A field of a type, named `it`. */
export const field = (type: TypeName, more: Partial<Field> = {}): Field => ({ name: 'it', label: { 'zh-CN': '字段', en: 'Field' }, type, column: 'it', group: 'base', ...more })

/** A Friday. */
export const context: ParseContext = { today: '2024-11-22', timeZone: 'Asia/Shanghai' }
export const fromFile: ParseContext = { ...context, fromFile: true }

/** The value, or `code` of the refusal, with `→ proposal` where there is one. */
export function read(type: TypeName, input: unknown, more: Partial<Field> = {}, around = context): unknown {
  const parsed = parseField(field(type, more), input, around)
  if (!isRefused(parsed)) return parsed.value
  const { code, proposal } = parsed.refusal
  return { refused: proposal === undefined ? code : `${code} → ${proposal}` }
}

export const refused = (reason: string) => ({ refused: reason })

/** The codes of what is worth a look. */
export function findings(type: TypeName, input: unknown, more: Partial<Field> = {}, around = context): string[] {
  const parsed = parseField(field(type, more), input, around)
  return isRefused(parsed) ? [] : (parsed.findings ?? []).map(finding => finding.code)
}
