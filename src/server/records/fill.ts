import { totalmem } from 'node:os'
import { uuidv7 } from 'uuidv7'
import type { Field, ObjectType } from '#shared/object.ts'
import type { Viewer } from '../access/viewer.ts'
import { objectOf } from '../catalog/catalog.ts'
import type { Db, Pool } from '../db/connect.ts'
import { copyIn, copyLine } from '../db/copy.ts'
import { ident, join, raw, sql } from '../db/sql.ts'
import { derivedOf } from './derived.ts'
import { countOn } from './numbering.ts'
import { fromStored } from './storage.ts'
import { documentOf } from './search-index.ts'
import { tokensOf } from './search-tokens.ts'

/** A record that needs no checking, because our own code made it up. `values` are as stored (option ids, ids of references), by field name. */
export interface FillRow {
  id: string
  createdAt: string
  updatedAt: string
  createdBy: string | null
  ownerId: string | null
  departmentId: string | null
  values: Record<string, unknown>
}

/** Some records of one object as the texts of four COPYs. Made without a database, so that a worker can do it. */
export interface Filling {
  object: string
  count: number
  records: string
  documents: string
  log: string
  feed: string
}

const kept = ['id', 'created_at', 'updated_at', 'created_by', 'updated_by', 'owner_id', 'owner_department_id']
const fieldsOf = (object: ObjectType) => object.fields.filter(field => !kept.includes(field.column))

/** Everything that a save writes, for many records: the records, their search documents, the operation log, the change feed. */
export function fillingOf(viewer: Viewer, name: string, rows: FillRow[]): Filling {
  const object = objectOf(name)
  const fields = fieldsOf(object)
  const derived = derivedOf(object, fields)
  const searched = object.fields.filter(field => object.search.includes(field.name))
  const texts = (make: (row: FillRow) => unknown[]) => rows.map(row => copyLine(make(row))).join('')
  return {
    object: name,
    count: rows.length,
    records: texts(row => [row.id, row.createdAt, row.updatedAt, row.createdBy, row.createdBy, row.ownerId, row.departmentId, ...fields.map(field => row.values[field.name]), ...derived.map(({ field, of }) => of((row.values[field.name] ?? null) as string | null))]),
    documents: texts(row => [name, row.id, documentOf(tokensOf(object, searchedOf(searched, row)))]),
    log: texts(row => [uuidv7(), viewer.id, viewer.name, 'create', name, row.id, viewer.source]),
    feed: texts(row => [name, row.id, 'create']),
  }
}

const searchedOf = (searched: Field[], row: FillRow) => Object.fromEntries(searched.map(field => [field.name, fromStored(field, row.values[field.name])]))

/**
 * Writes fillings in one transaction: all or nothing. Indexes of tables that are empty, and the search index, are made afresh at the end,
 * which costs a third of keeping them up row by row. Needs the owner's role, and the tables for itself.
 */
export async function fill(owner: Pool, names: string[], fillings: AsyncIterable<Filling[]> | Iterable<Filling[]>, onDone: (some: Filling[]) => void = () => {}): Promise<void> {
  const objects = names.map(objectOf)
  await owner.transaction(async tx => {
    // Workers may let the transaction wait; the server would take that for a forgotten one.
    await tx.exec(`set local idle_in_transaction_session_timeout = 0; set local maintenance_work_mem = '${Math.min(1024, Math.round(totalmem() / 16 / 1024 ** 2))}MB'`)
    const indexes = await dropIndexes(tx, objects)
    for await (const some of fillings) {
      for (const filling of some) await copy(tx, filling)
      onDone(some)
    }
    for (const definition of indexes) await tx.exec(definition)
    for (const object of objects) await countOn(tx, object)
  })
  const tables = [...objects.map(object => object.table), 'search_doc', 'changes', 'audit']
  await owner.query(sql`vacuum (analyze) ${join(tables.map(ident))}`)
}

async function copy(tx: Db, { object: name, records, documents, log, feed }: Filling) {
  const object = objectOf(name)
  const columns = [...kept, ...fieldsOf(object).map(field => field.column), ...derivedOf(object, fieldsOf(object)).map(({ column }) => column)]
  await copyIn(tx, object.table, columns, [records])
  await copyIn(tx, 'search_doc', ['object', 'id', 'tsv'], [documents])
  await copyIn(tx, 'audit', ['id', 'viewer_id', 'viewer_name', 'action', 'object', 'record_id', 'source'], [log])
  await copyIn(tx, 'changes', ['object', 'record_id', 'kind'], [feed])
}

/** Definitions of the indexes that were taken away. A table with rows in it keeps its own. */
async function dropIndexes(tx: Db, objects: ObjectType[]): Promise<string[]> {
  const tables = ['search_doc']
  for (const { table } of objects) {
    const rows = await tx.query(sql`select from ${ident(table)} limit 1`)
    if (rows.length === 0) tables.push(table)
  }
  if (tables.length === 1) return []
  const indexes = await tx.query<{ name: string; definition: string }>(sql`
    select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition
    from pg_index where indrelid = any(${tables}::text[]::regclass[]) and not indisprimary order by indexrelid`)
  for (const { name } of indexes) await tx.query(sql`drop index ${raw(name)}`)
  // The index of a partitioned table is made on all its parts.
  return indexes.map(index => index.definition.replace(' ON ONLY ', ' ON '))
}
