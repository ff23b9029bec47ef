import type { ObjectOut } from '#shared/api/objects.ts'
import type { RecordOut } from '#shared/api/records.ts'
import { isEmpty, isRefused } from '#shared/fields/field.ts'
import type { Finding } from '#shared/problem.ts'
import type { FieldOut } from '#web/objects.ts'
import { understandHere } from './asked-here.ts'
import { isEditable, isSame } from './shape.ts'

export type Values = Record<string, unknown>

/** The fields of a form: what may be written, at creation also what is written once. */
export const formFields = (object: ObjectOut, isNew: boolean) => object.fields.filter(field => isEditable(field, isNew))

export const startOf = (object: ObjectOut, record: RecordOut | null, initial: Values): Values =>
  record ?? { ...Object.fromEntries(object.fields.flatMap(field => (field.default === undefined ? [] : [[field.name, field.default]]))), ...initial }

/** Every value understood, or every refusal at once. Only what differs from the start is sent. */
export function collect(object: ObjectOut, record: RecordOut | null, values: Values, changes: Values): { values: Values; findings: Finding[] } {
  const findings: Finding[] = []
  const sent: Values = {}
  for (const field of formFields(object, record === null)) {
    if (record !== null && !(field.name in changes)) continue
    const input = values[field.name]
    const parsed = understandHere(object, field, input, values)
    if (isRefused(parsed)) findings.push({ value: input, ...parsed.refusal, field: field.name })
    else if (record === null ? !isEmpty(parsed.value) : !isSame(parsed.value, record[field.name])) sent[field.name] = parsed.value
  }
  return { values: sent, findings }
}

export const problemAt = (findings: Finding[], field: FieldOut) => findings.find(finding => finding.field === field.name)
