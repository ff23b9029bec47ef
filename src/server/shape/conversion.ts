import { fieldTypes, parseField } from '#shared/fields/all.ts'
import { isRefused } from '#shared/fields/field.ts'
import type { Field, ObjectType } from '#shared/object.ts'
import type { Finding } from '#shared/problem.ts'
import type { Viewer } from '#server/access/viewer.ts'
import type { Db } from '#server/db/connect.ts'
import { ident, raw, sql } from '#server/db/sql.ts'
import { contextOf } from '#server/records/filter.ts'
import { apiSql, toStored } from '#server/records/storage.ts'

/** Rows of one step: a fraction of a second. */
const some = 5_000

export interface Filled { id: string; value: unknown }

/** Values of one type as those of another: what would be stored, or why it cannot be. */
export type Converted = { stored: unknown } | { refusal: Finding }

/** Every value as the API shows it, those of the recycle bin too, in steps. */
export async function* filledRows(db: Db, object: ObjectType, field: Field): AsyncGenerator<Filled[]> {
  let last = '00000000-0000-0000-0000-000000000000'
  for (;;) {
    const rows: Filled[] = await db.query<Filled>(sql`
      select id, ${apiSql(field, ident(field.column))} as value from ${ident(object.table)} where id > ${last}::uuid and ${ident(field.column)} is not null order by id limit ${raw(String(some))}`)
    if (rows.length > 0) yield rows
    if (rows.length < some) return
    last = rows.at(-1)?.id ?? last
  }
}

/** Understood as if somebody typed the value: as the API writes it, else as people read it. */
export function convert(viewer: Viewer, field: Field, next: Field, value: unknown): Converted {
  const asked = { ...next, required: false }
  const parsed = parseField(asked, plainText(field, value), contextOf(viewer))
  const again = isRefused(parsed) ? parseField(asked, fieldTypes[field.type].format(value, field, viewer.lang), contextOf(viewer)) : parsed
  if (!isRefused(again)) return { stored: toStored(next, again.value) }
  return { refusal: isRefused(parsed) ? parsed.refusal : again.refusal }
}

/** The text of a value: what becomes a text, or an option. */
export function plainText(field: Field, value: unknown): string {
  if (typeof value === 'string') return value
  return Array.isArray(value) ? value.join('、') : fieldTypes[field.type].format(value, field, 'zh-CN')
}

/** Writes converted values into the column of the new type; the records count as untouched: they say what they said. */
export async function writeConverted(tx: Db, object: ObjectType, next: Field, rows: { id: string; stored: unknown }[]): Promise<void> {
  if (rows.length === 0) return
  const type = fieldTypes[next.type].sql
  const value = type === 'text[]' ? sql`(select array_agg(item) from jsonb_array_elements_text(given.value::jsonb) item)` : sql`given.value::${raw(type)}`
  const texts = rows.map(({ stored }) => (stored === null ? null : type === 'text[]' ? JSON.stringify(stored) : String(stored)))
  await tx.query(sql`
    update ${ident(object.table)} record set ${ident(next.column)} = ${value}
    from unnest(${rows.map(row => row.id)}::uuid[], ${texts}::text[]) given(id, value) where record.id = given.id`)
}
