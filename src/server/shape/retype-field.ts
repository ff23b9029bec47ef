import type { Retyping, RetypePreview, ShapedField } from '#shared/api/fields.ts'
import { fieldTypes } from '#shared/fields/all.ts'
import type { TypeName } from '#shared/fields/field.ts'
import { en } from '#shared/i18n/en.ts'
import { fill } from '#shared/i18n/messages.ts'
import { zhCN } from '#shared/i18n/zh-CN.ts'
import type { Field, ObjectType } from '#shared/object.ts'
import { Problem, type Finding } from '#shared/problem.ts'
import { scopesOf } from '#server/access/scope.ts'
import type { Viewer } from '#server/access/viewer.ts'
import { writeAudit } from '#server/audit/write.ts'
import { requireField } from '#server/catalog/catalog.ts'
import { isComputed } from '#server/catalog/computed.ts'
import { storedType } from '#server/catalog/storage.ts'
import type { Db, Pool } from '#server/db/connect.ts'
import { ident, sql } from '#server/db/sql.ts'
import { visibleColumns } from '#server/records/relation.ts'
import { apiSql } from '#server/records/storage.ts'
import { convert, filledRows, plainText, writeConverted, type Filled } from './conversion.ts'
import { checkUnread } from './retire-field.ts'
import { nameFor } from './field-name.ts'
import { optionsFrom } from './options.ts'
import { beginShaping, endShaping, refuseAll, shortId, shownField, writeRow } from './shaping.ts'
import { checkTraits } from './traits.ts'

/** Options that a column of texts may become. */
const mostOptions = 100
const mostExamples = 20

/** What a change of type would keep and lose, without changing anything. */
export async function previewRetype(db: Db, viewer: Viewer, objectName: string, name: string, wanted: Retyping): Promise<RetypePreview> {
  const shaping = await db.transaction(tx => beginShaping(tx, objectName))
  const { object } = shaping
  const field = retypable(viewer, object, name)
  const next = await nextField(db, viewer, object, field, wanted)
  const preview: RetypePreview = { filled: 0, lost: 0, examples: [], options: next.options ?? [] }
  for await (const rows of filledRows(db, object, field)) {
    preview.filled += rows.length
    for (const { value } of rows) {
      const converted = convert(viewer, field, next, value)
      if (!('refusal' in converted)) continue
      preview.lost += 1
      if (preview.examples.length < mostExamples) preview.examples.push({ value: plainText(field, value).slice(0, 100), message: said(viewer, converted.refusal) })
    }
  }
  return preview
}

/**
 * Another type: a new column, filled in steps beside everybody's work, then put in place of the old one in one moment.
 * The old column becomes a retired field: it can be brought back for 30 days. Nothing changes when more would be lost than was agreed to.
 */
export async function retypeField(pool: Pool, viewer: Viewer, objectName: string, name: string, wanted: Retyping & { lost: number }): Promise<ShapedField> {
  const now = await pool.transaction(tx => beginShaping(tx, objectName))
  // Asked again because the answer was lost: it is done.
  if (requireField(now.object, name).type === wanted.type) return shownField(now, name)
  const { object, field, next, aside } = await pool.transaction(tx => prepare(tx, viewer, objectName, name, wanted))
  const began = await horizon(pool)
  let lost = 0
  for await (const rows of filledRows(pool, object, field)) {
    const part = converted(viewer, field, next, rows)
    lost += part.lost
    if (lost > wanted.lost) throw new Problem('shape.retypeLoses', { count: lost, agreed: wanted.lost })
    await pool.transaction(tx => writeConverted(tx, object, next, part.rows))
  }
  // What changed while all was copied, and then, with the table held, what changed since.
  const copied = await horizon(pool)
  await pool.transaction(tx => copyChanged(tx, viewer, object, field, next, began))
  return pool.transaction(tx => exchange(tx, viewer, objectName, { since: copied, field, next, aside }))
}

interface Exchange { since: string; field: Field; next: Field; aside: string }

/** Everything that is committed after this moment is in the change feed from here on. */
const horizon = async (db: Db) => (await db.query<{ xid: string }>(sql`select pg_snapshot_xmin(pg_current_snapshot())::text as xid`))[0]?.xid ?? '0'

async function copyChanged(tx: Db, viewer: Viewer, object: ObjectType, field: Field, next: Field, since: string): Promise<void> {
  const changed = await tx.query<Filled>(sql`
    select id, ${apiSql(field, ident(field.column))} as value from ${ident(object.table)} where id in (select record_id from changes where object = ${object.name} and xid >= ${since}::xid8)`)
  await writeConverted(tx, object, next, converted(viewer, field, next, changed).rows)
}

/** The new column first belongs to a retired field of its own, which later takes the old one: whatever interrupts, nothing is left that nobody knows. */
async function prepare(tx: Db, viewer: Viewer, objectName: string, name: string, wanted: Retyping): Promise<Omit<Exchange, 'since'> & { object: ObjectType }> {
  const { object, shape } = await beginShaping(tx, objectName)
  const field = retypable(viewer, object, name)
  const next = { ...await nextField(tx, viewer, object, field, wanted), column: `f_${shortId()}` }
  const aside = nameFor(object, shape.rows, `${name} before`, undefined)
  const words = (messages: typeof en) => fill(messages['shape.beforeRetype'], { label: field.label['zh-CN'] })
  const { name: _, column: __, ...traits } = field
  await writeRow(tx, viewer.id, { object: objectName, name: aside, column: next.column, traits: { ...traits, label: { 'zh-CN': words(zhCN), en: words(en) } } })
  // Long retired: what an interruption leaves is not offered to anybody, and upkeep drops it.
  await tx.query(sql`update fields set retired_at = 'epoch', retired_by = ${viewer.id}::uuid where object = ${objectName} and name = ${aside}`)
  await tx.query(sql`select add_field_column(${object.table}, ${next.column}, ${storedType(next)})`)
  return { object, field, next, aside }
}

async function exchange(tx: Db, viewer: Viewer, objectName: string, { since, field, next, aside }: Exchange): Promise<ShapedField> {
  const { object, shape } = await beginShaping(tx, objectName)
  const row = shape.rows.find(each => each.name === field.name)
  if (row?.column !== field.column || row.retiredAt !== null) throw new Problem('record.conflict', {}, { details: {} })
  // From here on nobody reads or saves until the commit, and then by the new column only.
  const old = { ...field, column: `f_${shortId()}` }
  await tx.query(sql`select rename_field_column(${object.table}, ${field.column}, ${old.column})`)
  await copyChanged(tx, viewer, object, old, next, since)
  const { name: _, column, ...traits } = next
  await tx.query(sql`update fields set column_name = null where object = ${objectName} and name = ${aside}`)
  await tx.query(sql`update fields set column_name = ${column}, traits = ${JSON.stringify(traits)}::jsonb, version = version + 1 where object = ${objectName} and name = ${field.name}`)
  await tx.query(sql`update fields set column_name = ${old.column}, retired_at = now() where object = ${objectName} and name = ${aside}`)
  await writeAudit(tx, viewer, { action: 'field.retype', object: objectName, changes: [{ field: `${field.name}.type`, before: field.type, after: next.type }] })
  return shownField(await endShaping(tx, objectName), field.name)
}

function converted(viewer: Viewer, field: Field, next: Field, rows: Filled[]): { rows: { id: string; stored: unknown }[]; lost: number } {
  const all = rows.map(({ id, value }) => ({ id, outcome: value === null ? { stored: null } : convert(viewer, field, next, value) }))
  return { rows: all.map(({ id, outcome }) => ({ id, stored: 'stored' in outcome ? outcome.stored : null })), lost: all.filter(({ outcome }) => 'refusal' in outcome).length }
}

/** Only an own field, that does not point to records, and only by somebody who sees every value of it: examples and options show values. */
function retypable(viewer: Viewer, object: ObjectType, name: string): Field {
  const field = requireField(object, name)
  if (!field.column.startsWith('f_')) throw new Problem('shape.retypeStandard')
  if (isReference(field.type)) throw new Problem('shape.retypeReference')
  if (isComputed(field)) throw new Problem('shape.computed')
  checkUnread(object, name)
  const seen = visibleColumns(viewer, object).find(column => column.field.name === name)
  if (!seen || seen.partial || !scopesOf(viewer, object, 'view').includes('all')) throw new Problem('shape.retypeBlind')
  return field
}

const isReference = (type: TypeName) => fieldTypes[type].sql === 'uuid'

/** The field as it would be. A choice without options takes the values that are there. */
async function nextField(db: Db, viewer: Viewer, object: ObjectType, field: Field, { type, options: listed, ...more }: Retyping): Promise<Field> {
  if (isReference(type)) throw new Problem('shape.retypeReference')
  const { name, label, column, group, help, example, required, needsReason, hidden, width, unit } = field
  const findings: Finding[] = []
  const { options, findings: wrong } = optionsFrom(listed ?? (isChoice(type) ? await labelsOf(db, object, field) : []), [])
  findings.push(...wrong)
  const isNumber = fieldTypes[type].sql === 'numeric'
  const next: Field = {
    name, label, column, group, type,
    ...Object.fromEntries(Object.entries({ help, example, required, needsReason, hidden, width }).filter(([, value]) => value !== undefined)), ...(isNumber && unit !== undefined && { unit }), ...((type === 'money' || type === 'percent') && { decimals: 2 }),
    ...(more.decimals !== undefined && { decimals: more.decimals }), ...(options.length > 0 && { options }),
  }
  refuseAll([...findings, ...checkTraits(viewer, object, next, { ...more, ...(listed && { options: listed }) })])
  return next
}

const isChoice = (type: TypeName) => type === 'choice' || type === 'choices'

async function labelsOf(db: Db, object: ObjectType, field: Field): Promise<{ label: string }[]> {
  if (isChoice(field.type)) return (field.options ?? []).map(({ label }) => ({ label }))
  const column = apiSql(field, ident(field.column))
  const values = fieldTypes[field.type].sql === 'text[]' ? sql`select unnest(${column})` : sql`select ${column}::text`
  const rows = await db.query<{ label: string }>(sql`select label from (${values} from ${ident(object.table)}) used(label) where label is not null group by label order by count(*) desc, label limit ${mostOptions + 1}`)
  if (rows.length > mostOptions) throw new Problem('shape.retypeOptions', { most: mostOptions })
  return rows.map(({ label }) => ({ label: label.replace(/[、,，;；|｜]+/g, '/') }))
}

const said = (viewer: Viewer, { code, values }: Finding) => fill((viewer.lang === 'en' ? en : zhCN)[code as keyof typeof en] ?? code, values)
