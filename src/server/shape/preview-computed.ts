import type { ComputedPreview, Computing } from '#shared/api/fields.ts'
import type { Filter } from '#shared/filter.ts'
import type { Field, ObjectType } from '#shared/object.ts'
import type { Viewer } from '#server/access/viewer.ts'
import { objectOf, targetOf } from '#server/catalog/catalog.ts'
import { sourcesOf } from '#server/catalog/computed.ts'
import type { Db } from '#server/db/connect.ts'
import { ident, sql } from '#server/db/sql.ts'
import { computedSql } from '#server/records/computed-sql.ts'
import { find, parsePage } from '#server/records/find.ts'
import { labelsOf, referenceOf } from '#server/records/references.ts'
import { visibleColumns } from '#server/records/relation.ts'
import { apiSql } from '#server/records/storage.ts'
import { understandComputed } from './computed-field.ts'
import { refuseAll } from './shaping.ts'

/** What a computed field would hold on the newest records that have something to compute with, as far as whoever asks may see all of that. */
export async function previewComputed(db: Db, viewer: Viewer, objectName: string, given: Computing): Promise<ComputedPreview> {
  const object = objectOf(objectName)
  const understood = understandComputed(object, given.name ?? null, given)
  if ('findings' in understood) refuseAll(understood.findings)
  if ('findings' in understood) return { type: 'text', isHidden: true, examples: [] }
  const field: Field = { name: given.name ?? 'preview', label: { 'zh-CN': '', en: '' }, column: 'f_preview', group: '', ...understood.traits, ...(given.decimals !== undefined && { decimals: given.decimals }) }
  const { type, unit, decimals } = field
  const about = { type, ...(unit !== undefined && { unit }), ...(decimals !== undefined && { decimals }) }
  const seen = visibleColumns(viewer, { ...object, fields: [...object.fields, field] }).find(column => column.field === field)
  if (!seen || seen.partial) return { ...about, isHidden: true, examples: [] }
  return { ...about, isHidden: false, examples: await examplesOf(db, viewer, object, field) }
}

async function examplesOf(db: Db, viewer: Viewer, object: ObjectType, field: Field): Promise<ComputedPreview['examples']> {
  const own = sourcesOf(object, field).filter(source => source.object === object.name).slice(0, 20)
  const filled: Filter | undefined = own.length > 0 ? { or: own.map(source => ({ field: source.field, op: 'notEmpty' })) } : undefined
  const title = visibleColumns(viewer, object).some(column => column.field.name === object.title) ? [object.title] : []
  const ask = async (filter: Filter | undefined) => parsePage(await find(db, viewer, object.name, { fields: title, limit: 3, total: 'none', ...(filter && { filter }) })).records
  const some = await ask(filled)
  const records = some.length > 0 ? some : await ask(undefined)
  const ids = records.map(record => record.id)
  const values = await db.query<{ id: string; value: unknown }>(sql`
    select id, ${apiSql(field, sql`(${computedSql(object, field)})`)} as value from ${ident(object.table)} record where id = any(${ids}::uuid[])`)
  const labels = targetOf(field) ? await labelsOf(db, viewer, values.map(({ value }) => ({ field, id: value }))) : null
  return records.map(record => {
    const value = values.find(each => each.id === record.id)?.value ?? null
    const label = record[object.title]
    return { id: record.id, label: typeof label === 'string' ? label : null, value: labels ? referenceOf(labels, field, value) : value }
  })
}
