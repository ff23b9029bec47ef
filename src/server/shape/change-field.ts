import { amounts, type ChangedField, type ShapedField } from '#shared/api/fields.ts'
import { fieldTypes } from '#shared/fields/all.ts'
import type { Field, ObjectType } from '#shared/object.ts'
import { standardObjects } from '#shared/objects/all.ts'
import { Problem, type Finding } from '#shared/problem.ts'
import { requireField } from '#server/catalog/catalog.ts'
import { isComputed } from '#server/catalog/computed.ts'
import type { FieldRow } from '#server/catalog/shaped.ts'
import { writeAudit, type Change } from '#server/audit/write.ts'
import type { Viewer } from '#server/access/viewer.ts'
import type { Db } from '#server/db/connect.ts'
import { ident, sql } from '#server/db/sql.ts'
import { understandComputed } from './computed-field.ts'
import { orderFill, orderReaders } from './fill-field.ts'
import { countOn } from '#server/records/numbering.ts'
import { optionsFrom, optionsInUse, renamed } from './options.ts'
import { beginShaping, endShaping, place, refuseAll, shownField, writeRow, type Shaping } from './shaping.ts'
import { checkDefault, checkLabel, checkTraits, cleanLabel } from './traits.ts'

type Traits = FieldRow['traits']

/** What a field is called, asks for or offers; its type stays. Records and their values are not touched. */
export async function changeField(tx: Db, viewer: Viewer, objectName: string, name: string, given: ChangedField, version?: number): Promise<ShapedField> {
  const shaping = await beginShaping(tx, objectName)
  const { object, shape } = shaping
  const row = shape.rows.find(each => each.name === name)
  const field = requireField(object, name)
  if (version !== undefined && version !== (row?.version ?? 0)) throw new Problem('record.conflict', {}, { details: { current: shownField(shaping, name) } })

  const { after, ...wishes } = given
  const traits = await traitsOf(tx, viewer, shaping, field, wishes)
  await writeRow(tx, viewer.id, { object: objectName, name, column: row?.column ?? null, traits: { ...row?.traits, ...traits } })
  if (after !== undefined) await place(tx, object, name, after)
  if (['formula', 'rollup', 'lookup', 'decimals', 'type'].some(trait => trait in traits) && isComputed({ ...field, ...traits } as Field)) await orderFill(tx, objectName, name)
  if (traits.options || traits.type) await orderReaders(tx, objectName, name)
  await writeAudit(tx, viewer, { action: 'field.change', object: objectName, changes: changesOf(field, traits, after) })
  const ended = await endShaping(tx, objectName)
  if (given.pattern) await countOn(tx, ended.object)
  return shownField(ended, name)
}

const changesOf = (field: Field, traits: Traits, after: string | null | undefined): Change[] => [
  ...Object.entries(traits).map(([trait, value]) => ({ field: `${field.name}.${trait}`, before: field[trait as keyof Field] ?? null, after: value })),
  ...(after === undefined ? [] : [{ field: `${field.name}.after`, before: null, after }]),
]

/** The traits that become others, checked together with those that stay. */
async function traitsOf(tx: Db, viewer: Viewer, { object }: Shaping, field: Field, { label, help, options, default: wish, formula, shownAs, rollup, lookup, ...plain }: Omit<ChangedField, 'after'>): Promise<Traits> {
  const findings: Finding[] = []
  const traits: Traits = { ...plain } as Traits
  findings.push(...computedAnew(object, field, { formula, shownAs, rollup, lookup }, traits))
  if (label !== undefined && cleanLabel(label) !== field.label['zh-CN']) {
    const clean = cleanLabel(label)
    findings.push(...checkLabel(object, field.name, clean))
    traits.label = { 'zh-CN': clean, en: clean }
  }
  if (help !== undefined) traits.help = help === null || help.trim() === '' ? null : { 'zh-CN': help.trim(), en: help.trim() }
  if (options) {
    const list = optionsFrom(options, field.options ?? [])
    findings.push(...list.findings, ...await optionsInUse(tx, object, field, list.options))
    traits.options = list.options
    if (field.default !== undefined) traits.default = renamed(field.default, field.options ?? [], list.options)
  }
  const next = { ...field, ...Object.fromEntries(Object.entries(traits).map(([trait, value]) => [trait, value ?? undefined])) } as Field
  const wanted = wish !== undefined ? wish : traits.default
  if (wanted !== undefined) {
    const checked = checkDefault(viewer, next, wanted)
    if ('finding' in checked) findings.push(checked.finding)
    else traits.default = checked.value
  }
  findings.push(...checkTraits(viewer, object, next, { ...plain, ...(options && { options }) }), ...await checkKept(tx, object, field, traits))
  refuseAll(findings)
  return traits
}

/** A number stays shown as it was, unless one says otherwise. */
const asShown = (type: string) => { const shownAs = amounts.find(each => each === type); return shownAs ? { shownAs } : {} }

/** Another formula, rollup or lookup for a field that has one: its values stay of the kind that its column holds. */
function computedAnew(object: ObjectType, field: Field, { formula, shownAs, rollup, lookup }: Pick<ChangedField, 'formula' | 'shownAs' | 'rollup' | 'lookup'>, traits: Traits): Finding[] {
  const at = formula !== undefined || shownAs !== undefined ? 'formula' : rollup ? 'rollup' : lookup ? 'lookup' : null
  if (at === null) return []
  if (field[at] === undefined) return [{ field: at, code: 'shape.notForType' }]
  const understood = understandComputed(object, field.name, at === 'formula' ? { formula: formula ?? field.formula ?? '', ...asShown(shownAs ?? field.type) } : { ...(rollup && { rollup }), ...(lookup && { lookup }) })
  if ('findings' in understood) return understood.findings
  if (fieldTypes[understood.traits.type].sql !== fieldTypes[field.type].sql) return [{ field: at, code: 'formula.otherKind' }]
  const { decimals, ...rest } = understood.traits
  Object.assign(traits, rest, traits.decimals === undefined && rest.type !== field.type && decimals !== undefined ? { decimals } : {})
  return []
}

/** What the product or the records that are there do not allow. */
async function checkKept(tx: Db, object: ObjectType, field: Field, traits: Traits): Promise<Finding[]> {
  const findings: Finding[] = []
  if (field.computed) findings.push(...['required', 'unique', 'default', 'options', 'needsReason'].filter(trait => traits[trait as keyof Traits] !== undefined).map(trait => ({ field: trait, code: 'shape.computed' })))
  if (field.required === true && traits.required === false && isNeeded(object, field)) findings.push({ field: 'required', code: 'shape.needed' })
  if (field.unique === true && traits.unique === false && field.name === object.numberField) findings.push({ field: 'unique', code: 'shape.needed' })
  if (traits.unique === true && field.unique !== true) {
    const column = ident(field.column)
    const [twice] = await tx.query<{ n: number }>(sql`
      select count(*)::int as n from (select from ${ident(object.table)} where deleted_at is null and ${column} is not null group by ${column} having count(*) > 1) repeated`)
    if (twice && twice.n > 0) findings.push({ field: 'unique', code: 'shape.notUnique', values: { count: twice.n } })
  }
  return findings
}

/** What the product itself asks for: without its name nobody knows a record, and without its parent it belongs to nobody. */
const isNeeded = (object: ObjectType, field: Field) => field.name === object.title || standardObjects.some(standard => standard.name === object.name && standard.fields.some(each => each.name === field.name && each.required))
