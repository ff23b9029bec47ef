import type { Field, ObjectType } from '#shared/object.ts'
import { blanks } from '#shared/objects/own.ts'
import { fieldTypes } from '#shared/fields/all.ts'
import type { Db } from '../db/connect.ts'
import { ident, join, raw, sql } from '../db/sql.ts'
import { nameKeySql } from './name-key.ts'

/** What the engine keeps on every record beside its fields. `owner_*` decide scopes; a deleted record waits in the recycle bin. */
const systemColumns = [
  'id uuid primary key',
  'version int not null default 1',
  'created_at timestamptz not null default now()',
  'created_by uuid',
  'updated_at timestamptz not null default now()',
  'updated_by uuid',
  'deleted_at timestamptz',
  'deleted_by uuid',
  'owner_id uuid',
  'owner_department_id uuid',
]

/**
 * Makes the tables of objects from their declarations, and adds the columns of fields that are new. Never drops anything.
 * Beside them the blank ones, of which `add_object_table` makes those of own objects.
 */
export async function ensureTables(db: Db, objects: ObjectType[]): Promise<void> {
  for (const object of [...blanks, ...objects]) {
    await db.query(sql`create table if not exists ${ident(object.table)} (${raw(systemColumns.join(', '))})`)
    const present = new Set((await db.query<{ name: string }>(sql`select attname::text as name from pg_attribute where attrelid = ${object.table}::regclass and attnum > 0 and not attisdropped`)).map(row => row.name))
    const missing = columnsOf(object).filter(column => !present.has(column.name))
    if (missing.length > 0) await db.query(sql`alter table ${ident(object.table)} ${join(missing.map(column => sql`add column ${ident(column.name)} ${raw(column.type)}`))}`)
    if (object.owned && missing.some(column => column.name === keyColumn(object))) await db.query(sql`update ${ident(object.table)} set ${ident(keyColumn(object))} = ${nameKeySql(ident(titleColumn(object)))}`)
    await ensureIndexes(db, object)
    if (!blanks.includes(object)) await db.query(sql`create table if not exists ${ident(`search_doc_${object.name}`)} partition of search_doc for values in (${raw(`'${object.name}'`)})`)
  }
}

/** Columns of the fields, for names read aloud their pinyin, for the title what makes two of it one; texts in byte order so that indexes are portable. */
export const columnsOf = (object: ObjectType): { name: string; type: string }[] => [
  ...object.fields.map(field => ({ name: field.column, type: storedType(field) })),
  ...object.pinyin.map(name => ({ name: pinyinColumn(name, object), type: 'text collate "C"' })),
  ...(object.owned ? [{ name: keyColumn(object), type: 'text collate "C"' }] : []),
]

export const pinyinColumn = (name: string, object: ObjectType) => `${object.fields.find(field => field.name === name)?.column ?? name}_py`

const titleColumn = (object: ObjectType) => object.fields.find(field => field.name === object.title)?.column ?? object.title

/** The title without what people write differently (`nameKey`): how duplicates are found. */
export const keyColumn = (object: ObjectType) => `${titleColumn(object)}_key`

export const storedType = (field: Field) => {
  const type = fieldTypes[field.type].sql
  return type === 'text' ? 'text collate "C"' : type
}

async function ensureIndexes(db: Db, object: ObjectType) {
  const table = object.table
  const make = (name: string, columns: string, where: string, unique = false) =>
    db.query(sql`create ${raw(unique ? 'unique ' : '')}index if not exists ${ident(`${table}_${name}`)} on ${ident(table)} ${raw(columns)} where ${raw(where)}`)

  await make('newest', '(created_at, id)', 'deleted_at is null')
  await make('deleted', '(deleted_at, id)', 'deleted_at is not null')
  if (object.owned) {
    await make('owner', '(owner_id, created_at, id)', 'deleted_at is null')
    await make('department', '(owner_department_id, created_at, id)', 'deleted_at is null')
    await make(keyColumn(object), `(${keyColumn(object)})`, 'deleted_at is null')
  }
  for (const field of object.fields) {
    // Deleted numbers are never given again, so their uniqueness reaches into the recycle bin.
    if (field.unique) await make(`${field.column}_unique`, `(${field.column})`, field.name === object.numberField ? `${field.column} is not null` : `deleted_at is null and ${field.column} is not null`, true)
    // Who reports to whom, and which department lies below which, is asked with every request.
    if (field.type === 'reference' || (!object.owned && ['person', 'department'].includes(field.type))) await make(field.column, `(${field.column})`, 'deleted_at is null')
    if (object.indexed?.includes(field.name)) {
      const column = object.pinyin.includes(field.name) ? pinyinColumn(field.name, object) : field.column
      await make(`${column}_sorted`, `(${column}, id)`, `deleted_at is null and ${column} is not null`)
    }
  }
}
