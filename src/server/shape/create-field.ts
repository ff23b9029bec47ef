import { computedTypes, type ComputedType, type NewField, type ShapedField } from '#shared/api/fields.ts'
import type { Field } from '#shared/object.ts'
import type { Finding } from '#shared/problem.ts'
import { allObjects } from '#server/catalog/catalog.ts'
import { isComputed } from '#server/catalog/computed.ts'
import { storedType } from '#server/catalog/storage.ts'
import { writeAudit } from '#server/audit/write.ts'
import type { Viewer } from '#server/access/viewer.ts'
import type { Db } from '#server/db/connect.ts'
import { sql } from '#server/db/sql.ts'
import { understandComputed } from './computed-field.ts'
import { orderFill } from './fill-field.ts'
import { nameFor } from './field-name.ts'
import { optionsFrom } from './options.ts'
import { beginShaping, changeTable, endShaping, place, refuseAll, shortId, shownField, writeRow, type Shaping } from './shaping.ts'
import { checkDefault, checkLabel, checkTraits, cleanLabel } from './traits.ts'

/** A table has room for 1,600 columns, dropped ones included; nobody reads a sheet of more than this. */
const most = 300

/** A new field: a typed column of its own, empty, at once in sheet, form, filter, import, export and API. */
export async function createField(tx: Db, viewer: Viewer, objectName: string, given: NewField): Promise<ShapedField> {
  const shaping = await beginShaping(tx, objectName)
  const { object, shape } = shaping
  if (shape.rows.filter(row => row.column !== null).length >= most) refuseAll([{ field: 'label', code: 'shape.tooMany', values: { most } }])
  const { field, after } = fieldOf(viewer, shaping, given)

  const { name, column, ...traits } = field
  await writeRow(tx, viewer.id, { object: objectName, name, column, traits })
  if (isComputed(field)) await orderFill(tx, objectName, name)
  if (after !== undefined) await place(tx, { ...object, fields: [...object.fields, field] }, name, after)
  await writeAudit(tx, viewer, { action: 'field.create', object: objectName, changes: [{ field: name, before: null, after: traits }] })
  const ended = await endShaping(tx, objectName)
  // Last, because it keeps everybody from the table until the commit.
  await changeTable(tx, sql`select add_field_column(${object.table}, ${column}, ${storedType(field)})`)
  return shownField(ended, name)
}

const isComputedType = (type: NewField['type']): type is ComputedType => computedTypes.some(each => each === type)

function fieldOf(viewer: Viewer, { object, shape }: Shaping, { name: wanted, label: typed, after, options: listed, default: wish, formula, shownAs, rollup, lookup, ...given }: NewField): { field: Field; after: string | null | undefined } {
  const findings: Finding[] = []
  const label = cleanLabel(typed)
  findings.push(...checkLabel(object, '', label))
  if (given.target !== undefined && (given.type !== 'reference' || !allObjects().some(each => each.name === given.target))) findings.push({ field: 'target', code: 'shape.targetUnknown', value: given.target })
  const { options, findings: wrong } = optionsFrom(listed ?? [], [])
  findings.push(...wrong)

  const { type: asked, ...plain } = given
  const computed = isComputedType(asked) ? understandComputed(object, null, { ...(asked === 'formula' && { formula: formula ?? '' }), ...(shownAs && { shownAs }), ...(rollup && { rollup }), ...(lookup && { lookup }) }) : null
  if (computed && 'findings' in computed) findings.push(...computed.findings)
  const worked = computed && 'traits' in computed ? computed.traits : null
  if (computed) findings.push(...['required', 'unique', 'default', 'needsReason'].filter(trait => trait === 'default' ? wish !== undefined && wish !== null : plain[trait as 'unique'] === true).map(trait => ({ field: trait, code: 'shape.computed' })))
  const type = worked?.type ?? (isComputedType(asked) ? 'text' : asked)
  const { help, ...rest } = plain
  const traits = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== null && value !== undefined && value !== false))
  const field = {
    group: object.groups[0]?.name ?? '', ...((type === 'money' || type === 'percent') && { decimals: 2 }), ...worked, ...traits, type,
    name: wanted ?? 'new', column: `f_${shortId()}`, label: { 'zh-CN': label, en: label },
    ...(help !== undefined && help !== null && help !== '' && { help: { 'zh-CN': help, en: help } }), ...(options.length > 0 && { options }),
  } as Field
  findings.push(...checkTraits(viewer, object, field, { ...given, ...(listed && { options: listed }) }))
  if (wish !== undefined) {
    const checked = checkDefault(viewer, field, wish)
    if ('finding' in checked) findings.push(checked.finding)
    else if (checked.value !== null) field.default = checked.value
  }
  refuseAll(findings)
  field.name = nameFor(object, shape.rows, label, wanted)
  return { field, after }
}
