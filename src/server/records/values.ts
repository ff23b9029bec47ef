import { fieldTypes, parseField } from '#shared/fields/all.ts'
import { isEmpty, isRefused } from '#shared/fields/field.ts'
import type { Field, ObjectType } from '#shared/object.ts'
import type { Finding } from '#shared/problem.ts'
import { mayFill, sees, writeScopesOf } from '../access/mask.ts'
import { isCovered } from '../access/scope.ts'
import { today, type Viewer } from '../access/viewer.ts'
import { targetOf } from '../catalog/catalog.ts'
import { columnFor, contextOf } from './filter.ts'
import type { StoredRow } from './row.ts'
import { brokenRules } from './rules.ts'
import { fromStored, toStored } from './storage.ts'

/** What a save wants to store, by field; everything that stands against it; and what is only worth a look (a secret that was masked). */
export interface Understood { stored: Map<Field, unknown>; findings: Finding[]; notes: Finding[] }

/** Values for a new record: every field parsed, defaults filled in, all refusals at once. */
export function understandNew(viewer: Viewer, object: ObjectType, values: Record<string, unknown>): Understood {
  const result: Understood = { stored: new Map(), findings: [], notes: [] }
  for (const [name, value] of Object.entries(values)) {
    const { field } = columnFor(viewer, object, name)
    if (field.computed) result.findings.push({ field: name, code: 'field.readOnly', value })
    else if (!mayFill(viewer, object, field)) result.findings.push({ field: name, code: 'field.forbidden' })
    else understandOne(viewer, field, value, result)
  }
  for (const field of object.fields) {
    if (result.stored.has(field) || result.findings.some(finding => finding.field === field.name)) continue
    if (field.default !== undefined && !(field.name in values)) result.stored.set(field, toStored(field, field.default === 'today' ? today(viewer) : field.default))
  }
  const broken = brokenRules(viewer, object, { values: valuesOf(object, field => result.stored.get(field)), isTouched: () => true })
  return withBroken(object, result, broken)
}

/** Values for a record that is there. What stays as it was is left out; a masked text written back changes nothing. */
export function understandChange(viewer: Viewer, object: ObjectType, row: StoredRow, given: Record<string, unknown>): Understood {
  const result: Understood = { stored: new Map(), findings: [], notes: [] }
  for (const [name, value] of Object.entries(given)) {
    const { field } = columnFor(viewer, object, name)
    if (sees(viewer, object, field, row) === 'masked' && value === maskedText(field, row)) continue
    if (field.computed) result.findings.push({ field: name, code: 'field.readOnly', value })
    else if (!isCovered(viewer, writeScopesOf(viewer, object, field), row)) result.findings.push({ field: name, code: 'field.forbidden' })
    else understandOne(viewer, field, value, result)
  }
  for (const [field, value] of result.stored) {
    if (isSame(field, value, row[field.column])) result.stored.delete(field)
    else if (field.setOnce && row[field.column] !== null) result.findings.push({ field: field.name, code: 'field.setOnce' })
  }
  const touched = new Set([...result.stored.keys()].map(field => field.name))
  const values = valuesOf(object, field => (result.stored.has(field) ? result.stored.get(field) : row[field.column]))
  return touched.size === 0 ? result : withBroken(object, result, brokenRules(viewer, object, { values, isTouched: name => touched.has(name) }))
}

const valuesOf = (object: ObjectType, stored: (field: Field) => unknown) => Object.fromEntries(object.fields.map(field => [field.name, fromStored(field, stored(field))]))

/** All findings in the order of the fields. A field that was refused for what it holds is not refused for being empty as well. */
function withBroken(object: ObjectType, result: Understood, broken: Finding[]): Understood {
  const said = new Set(result.findings.map(finding => finding.field))
  const place = ({ field }: Finding) => object.fields.findIndex(each => each.name === field)
  return { ...result, findings: [...result.findings, ...broken.filter(finding => !said.has(finding.field))].sort((a, b) => place(a) - place(b)) }
}

function understandOne(viewer: Viewer, field: Field, value: unknown, result: Understood) {
  const parsed = parseField({ ...field, required: false }, value, contextOf(viewer))
  if (isRefused(parsed)) {
    result.findings.push(parsed.refusal)
    return
  }
  result.stored.set(field, toStored(field, parsed.value))
  result.notes.push(...parsed.findings ?? [])
}

/** Whether two stored values are one: 5 and 5.00 are, in a number. */
export function isSame(field: Field, a: unknown, b: unknown): boolean {
  if (isEmpty(a) || isEmpty(b)) return isEmpty(a) && isEmpty(b)
  if (targetOf(field) || Array.isArray(a)) return JSON.stringify(a) === JSON.stringify(b)
  return fieldTypes[field.type].compare(fromStored(field, a), fromStored(field, b), field) === 0
}

/** What a viewer with a mask is shown, to know it again when it comes back. */
function maskedText(field: Field, row: StoredRow): string | null {
  const value = fromStored(field, row[field.column])
  return value === null ? null : fieldTypes[field.type].mask(value, field)
}
