import { uuidv7 } from 'uuidv7'
import type { Field, ObjectType } from '#shared/object.ts'
import { fieldTypes } from '#shared/fields/all.ts'
import { Problem } from '#shared/problem.ts'
import { today, type Viewer } from '../access/viewer.ts'
import { auditSql, type Change } from '../audit/write.ts'
import type { Db } from '../db/connect.ts'
import { ident, join, raw, sql, type Sql } from '../db/sql.ts'
import { derivedOf } from './derived.ts'
import { hints } from './hints.ts'
import { keepComputed } from './keep-computed.ts'
import { liftedBy, numbered } from './numbering.ts'
import { waitingSql } from './search-index.ts'
import type { StoredRow } from './row.ts'

/** What is said about an act, beside its values. */
export interface Act { reason?: string | null; batchId?: string | null }

/** A new record, its audit entry, its place in the change feed and the note that search waits for it: one statement. */
export async function insertRecord(db: Db, viewer: Viewer, object: ObjectType, id: string, stored: Map<Field, unknown>, belonging: Sql, changes: Change[], act: Act): Promise<void> {
  const columns = [...stored].map(([field, value]) => ({ column: field.column, value: typed(field, value) }))
  const further = workedOut(object, stored)
  const number = numbered(object, stored, today(viewer))
  const names = join([...columns, ...further].map(({ column }) => ident(column)))
  const values = join([...columns, ...further].map(({ value }) => value))
  await unique(object, db.query(sql`
    with ${number.taken}
    made as (insert into ${ident(object.table)} (id, created_by, updated_by, owner_id, owner_department_id${number.column}, ${names})
      select ${id}::uuid, ${viewer.id}::uuid, ${viewer.id}::uuid, belonging.*${number.value}, ${values} from (${belonging}) belonging${number.from}),
    logged as (${auditSql(viewer, { action: 'create', object: object.name, recordId: id, changes, ...act })}),
    fed as (${changeFeedSql(object, id, 'create')})
    ${waitingSql(object, sql`${id}::uuid`)}`, 'prepared'))
  await keepComputed(db, { object, ids: [id], fields: 'all' })
  db.afterCommit(() => hints.emit(object.name, [id]))
}

/** A changed record with everything that goes with it. Its version has been checked under the lock. */
export async function updateRecord(db: Db, viewer: Viewer, object: ObjectType, row: StoredRow, stored: Map<Field, unknown>, changes: Change[], act: Act, action = 'change'): Promise<void> {
  const sets = [...[...stored].map(([field, value]) => sql`${ident(field.column)} = ${typed(field, value)}`), ...workedOut(object, stored).map(({ column, value }) => sql`${ident(column)} = ${value}`)]
  const ownerField = [...stored.keys()].find(field => field.column === 'owner_id')
  const belonging = ownerField ? [sql`owner_department_id = (select department_id from users where id = ${stored.get(ownerField)}::uuid)`] : []
  const searchable = [...stored.keys()].some(field => object.search.includes(field.name))
  await unique(object, db.query(sql`
    with ${liftedBy(object, stored)} made as (update ${ident(object.table)} set ${join([...sets, ...belonging, sql`version = version + 1, updated_at = now(), updated_by = ${viewer.id}::uuid`])} where id = ${row.id}::uuid),
    logged as (${auditSql(viewer, { action, object: object.name, recordId: row.id, changes, ...act })})
    ${searchable ? sql`, fed as (${changeFeedSql(object, row.id, 'change')}) ${waitingSql(object, sql`${row.id}::uuid`)}` : changeFeedSql(object, row.id, 'change')}`, 'prepared'))
  await keepComputed(db, { object, ids: [row.id], fields: [...stored.keys()], before: [...stored.keys()].map(field => ({ field, id: row[field.column] })) })
  db.afterCommit(() => hints.emit(object.name, [row.id]))
}

const changeFeedSql = (object: ObjectType, id: string, kind: string) => sql`insert into changes (object, record_id, kind) values (${object.name}, ${id}, ${kind})`

/** A parameter with its type: inside a `select` nothing else tells it. */
const typed = (field: Field, value: unknown): Sql => sql`${value}::${raw(fieldTypes[field.type].sql)}`

const workedOut = (object: ObjectType, stored: Map<Field, unknown>) =>
  derivedOf(object, [...stored.keys()]).map(({ field, column, of }) => ({ column, value: sql`${of((stored.get(field) ?? null) as string | null)}::text` }))

/** Two saves at once may both have seen that a value was free; the index decides, and the loser is told at the field. */
async function unique<T>(object: ObjectType, work: Promise<T>): Promise<T> {
  return work.catch((error: { code?: string; constraint?: string }) => {
    if (error.code !== '23505') throw error
    const field = object.fields.find(each => error.constraint === `${object.table}_${each.column}_unique`)
    if (!field) throw new Problem(error.constraint === `${object.table}_pkey` ? 'record.exists' : 'record.invalid', { count: 1 })
    throw new Problem('record.invalid', { count: 1 }, { fields: [{ field: field.name, code: 'field.notUnique' }] })
  })
}

export const newId = () => uuidv7()
