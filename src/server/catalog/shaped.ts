import type { NumberPattern } from '#shared/number-pattern.ts'
import type { Field, ObjectType } from '#shared/object.ts'
import type { TypeName } from '#shared/fields/field.ts'
import type { Db } from '../db/connect.ts'
import { sql } from '../db/sql.ts'
import { basesOf } from './bases.ts'
import { setCatalog } from './catalog.ts'

/** What the company says of one field. `column` is null for a standard one, whose traits are only what differs; null in a trait takes it away. */
export interface FieldRow {
  object: string
  name: string
  column: string | null
  traits: { [Trait in keyof Field]?: Field[Trait] | null }
  version: number
  retiredAt: string | null
}

/** The rows of an object and the order of its fields, where the company has arranged them. */
export interface Shape { rows: FieldRow[]; order: string[] }

/** Reads what the company has made of its objects: with every start, and whenever another node has changed it. */
export async function loadCatalog(db: Db): Promise<void> {
  setCatalog(await catalogOf(db))
}

/** Everything that exists. A field that points to what was retired meanwhile waits until it is back. */
export async function catalogOf(db: Db): Promise<ObjectType[]> {
  const bases = await basesOf(db)
  const shapes = await Promise.all(bases.map(object => shapeOf(db, object.name)))
  const isThere = (field: Field) => field.target === undefined || bases.some(object => object.name === field.target)
  return bases.map((object, i) => shaped(object, shapes[i] ?? { rows: [], order: [] })).map(object => (object.fields.every(isThere) ? object : { ...object, fields: object.fields.filter(isThere) }))
}

export async function shapeOf(db: Db, object: string): Promise<Shape> {
  const rows = await db.query<FieldRow>(sql`
    select object, name, column_name as column, traits, version, to_char(retired_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "retiredAt" from fields where object = ${object} order by created_at, name`)
  const [arranged] = await db.query<{ names: string[] }>(sql`select names from field_orders where object = ${object}`)
  return { rows, order: arranged?.names ?? [] }
}

/** The standard object as this company has shaped it. */
export function shaped(standard: ObjectType, { rows, order }: Shape): ObjectType {
  const own = rows.filter(row => row.column !== null && row.retiredAt === null).map(fieldFrom)
  const fields = arranged([...standard.fields.map(field => withTraits(field, rows.find(row => row.name === field.name)?.traits ?? {})), ...own], standard, order)
  const pattern = fields.find(field => field.name === standard.numberField)?.pattern ?? standard.numberPattern
  return { ...standard, ...(pattern && { numberPattern: pattern }), fields: fields.map(field => (field.name === standard.numberField && pattern ? withPattern(field, pattern) : field)), search: [...standard.search, ...own.filter(field => searchable.includes(field.type) && !field.computed).map(field => field.name)] }
}

/** Where people give the numbers, one must be typed; else one is made, and nothing may ask for it. */
function withPattern({ requiredWhen: _, ...field }: Field, pattern: NumberPattern): Field {
  return { ...field, pattern, required: pattern.manual === true }
}

/** A row of a field that the company made, as the engine reads fields. */
export const fieldFrom = (row: FieldRow): Field => withTraits({ name: row.name, column: row.column ?? '', label: { 'zh-CN': row.name, en: row.name }, type: 'text', group: '' }, row.traits)

const withTraits = (field: Field, traits: FieldRow['traits']): Field =>
  Object.fromEntries(Object.entries({ ...field, ...traits }).filter(([, value]) => value !== null)) as unknown as Field

const searchable: TypeName[] = ['text', 'phone', 'email']

/** As the company arranged them; what it has not placed stands behind its group, or where it was declared. */
function arranged(fields: Field[], standard: ObjectType, order: string[]): Field[] {
  const result = fields.filter(field => order.includes(field.name)).sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name))
  for (const field of fields.filter(each => !order.includes(each.name))) {
    const declared = standard.fields.findIndex(each => each.name === field.name)
    const before = declared > 0 ? standard.fields[declared - 1]?.name : undefined
    const place = declared >= 0 ? result.findIndex(each => each.name === before) : result.findLastIndex(each => each.group === field.group)
    result.splice(place + 1, 0, field)
  }
  return result
}
