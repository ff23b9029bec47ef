import type { RecordQuery } from '#shared/api/records.ts'
import { fieldTypes } from '#shared/fields/all.ts'
import type { Field } from '#shared/object.ts'
import type { RowAction } from '../access/scope.ts'
import type { Viewer } from '../access/viewer.ts'
import { objectOf, targetOf } from '../catalog/catalog.ts'
import type { Db } from '../db/connect.ts'
import { copyOut } from '../db/copy.ts'
import { ident, join, raw, sql, type Sql } from '../db/sql.ts'
import { planOf } from './find.ts'
import { labelled } from './json.ts'
import type { Column } from './relation.ts'
import { freshenSearch } from './search-index.ts'
import { orderBySql, orderOf, phases } from './sort.ts'
import { labelSql } from './storage.ts'

/** Which records an action covers, and which fields of them. */
type Query = Pick<RecordQuery, 'filter' | 'q' | 'sort'> & { fields: string[]; ids?: readonly string[] | undefined; action: RowAction }

/**
 * Gives `read` every record of a query as rows of one COPY: the fields asked for as people read them, in the words of the viewer's language,
 * nothing for what is empty. All as of one moment, and only what the action covers.
 */
export async function streamRows<Result>(db: Db, viewer: Viewer, name: string, query: Query, read: (rows: AsyncIterable<Buffer>) => Promise<Result>): Promise<Result> {
  const object = objectOf(name)
  const { from, where, columns } = planOf(viewer, object, query, query.action)
  const keys = orderOf(viewer, object, query.sort)
  const { list, labels } = shown(viewer, columns)
  // In phases only where an index has their order: otherwise all rows would be read once for each.
  const parts = keys[0]?.isIndexed ? phases(keys, null) : [{ where: raw('true'), keys }]
  const queries = parts.map(part => sql`select ${list} from ${from} visible ${labels} where ${where} and ${part.where} ${orderBySql(part.keys)}`)
  if (query.q?.trim()) await freshenSearch(db)
  return db.transaction(async tx => {
    await tx.exec('set transaction isolation level repeatable read, read only')
    return read(copied(tx, queries))
  })
}

async function* copied(tx: Db, queries: Sql[]): AsyncGenerator<Buffer> {
  for (const query of queries) yield* copyOut(tx, query)
}

/**
 * The columns as texts, and what is joined for the labels of references: joined, PostgreSQL looks each of a few people up once, where a subquery would
 * look for them in every row. Names of the output have a space, so that `order by` cannot take them for a column of the relation.
 */
function shown(viewer: Viewer, columns: Column[]): { list: Sql; labels: Sql } {
  const pieces = columns.map((column, i) => {
    const target = targetOf(column.field)
    const value = sql`visible.${ident(column.field.column)}`
    if (!target) return { text: textSql(viewer, column, value), name: raw(`"text ${i}"`), label: raw('') }
    const [id, text] = [raw(`"id ${i}"`), raw(`"label ${i}"`)]
    const { from, label } = labelled(viewer, target)
    return { text, name: raw(`"text ${i}"`), label: sql`left join (select id as ${id}, ${label} as ${text} from ${from} target) ${raw(`"target ${i}"`)} on ${id} = ${value}` }
  })
  return { list: join(pieces.map(({ text, name }) => sql`${text} as ${name}`)), labels: join(pieces.map(({ label }) => label), ' ') }
}

/** What a mask may cover is text already. */
function textSql(viewer: Viewer, { field, shown }: Column, value: Sql): Sql {
  if (shown === 'text') return value
  if (field.type === 'boolean') return sql`case ${value} when true then ${fieldTypes.boolean.format(true, field, viewer.lang)} when false then ${fieldTypes.boolean.format(false, field, viewer.lang)} end`
  if (field.type === 'datetime') return sql`date_trunc('second', ${value} at time zone ${viewer.timeZone})`
  return field.type === 'choices' ? choicesSql(field, value) : labelSql(field, value)
}

/** Most records have none, one or two of them, and to take a list apart costs more than all else in a row. */
function choicesSql(field: Field, value: Sql): Sql {
  const item = (place: number) => labelSql({ ...field, type: 'choice' }, sql`${value}[${raw(String(place))}]`)
  return sql`case coalesce(cardinality(${value}), 0) when 0 then null when 1 then ${item(1)} when 2 then concat_ws('、', ${item(1)}, ${item(2)}) else ${labelSql(field, value)} end`
}
