import type { ColumnMapping } from '#shared/api/imports.ts'
import type { ParseContext } from '#shared/fields/field.ts'
import type { Field, ObjectType } from '#shared/object.ts'
import type { Fixes } from './fixes.ts'
import { headerWords, powerOfUnit } from './header-words.ts'
import { remarkOf } from './mapping.ts'
import type { Plan, PlanColumn } from './rows.ts'
import type { Mode } from './state.ts'
import type { Target } from './targets.ts'

/** Mapping, corrections and surroundings put together: what understanding a row needs to know. */
export function planOf(
  object: ObjectType, contact: ObjectType | null, mapping: readonly ColumnMapping[], targets: readonly Target[], surroundings: { mode: Mode; fixes: Fixes; context: ParseContext; ruleOf?: (field: Field) => string | null },
): Plan {
  const remarkName = remarkOf(object)
  const remark = object.fields.find(field => field.name === remarkName) ?? null
  const byName = new Map(targets.map(target => [target.name, target]))
  const columns = mapping.flatMap(entry => {
    const target = byName.get(entry.field ?? '')
    return target === undefined ? [] : [columnOf(entry, target)]
  })
  // The column that is the remark is the surest of those that go there; the others become lines of it.
  const own = mapping.filter(entry => entry.field === remarkName && entry.because !== 'kept').sort((a, b) => b.confidence - a.confidence)[0]?.column
  for (const column of columns) column.isLine = !column.spot.ofContact && column.spot.field.name === remarkName && column.column !== own

  return {
    object, contact, columns, remark, fixes: surroundings.fixes, context: surroundings.context,
    required: surroundings.mode === 'update' ? [] : object.fields.filter(field => (field.required === true || field.requiredWhen) && field.computed !== true && field.default === undefined).map(field => ({ field, rule: surroundings.ruleOf?.(field) ?? null })),
  }
}

function columnOf(entry: ColumnMapping, target: Target): PlanColumn {
  const isFigure = target.field.type === 'money' || target.field.type === 'number'
  const { required: _, ...optional } = target.field

  return {
    column: entry.column, part: target.part, isLine: false,
    power: isFigure ? powerOfUnit(headerWords(entry.header).unit) : 0,
    spot: { name: target.part === null ? target.name : target.field.name, field: optional, ofContact: target.ofContact, label: entry.header || target.field.label['zh-CN'], isNeeded: target.field.required === true && !target.ofContact, known: new Map() },
  }
}
