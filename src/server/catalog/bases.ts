import type { ObjectType } from '#shared/object.ts'
import { standardObjects } from '#shared/objects/all.ts'
import { ownObject, type OwnTraits } from '#shared/objects/own.ts'
import { Problem } from '#shared/problem.ts'
import type { Db } from '../db/connect.ts'
import { sql } from '../db/sql.ts'
import { isPeople } from './catalog.ts'

/** What a company may say of a standard object, too. */
export type ObjectWords = Pick<OwnTraits, 'label' | 'one' | 'icon' | 'hue' | 'groups'>

/** What the company says of one object. `table` is null for a standard one, whose traits are only what differs. */
export type ObjectRow = { name: string; place: number | null; version: number; retiredAt: string | null } & (
  { table: string; traits: OwnTraits } | { table: null; traits: Partial<ObjectWords> })

/** Every row, retired objects too. */
export const objectRows = (db: Db): Promise<ObjectRow[]> => db.query<ObjectRow>(sql`
  select name, table_name as "table", traits, place, version, to_char(retired_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "retiredAt" from objects order by created_at, name`)

/** The objects that exist, each before its fields are shaped: the standard ones in this company's words, and its own. In the order of the rail. */
export async function basesOf(db: Db): Promise<ObjectType[]> {
  const rows = await objectRows(db)
  const standard = standardObjects.map(object => inWords(object, rows.find(row => row.name === object.name)))
  const own = rows.flatMap(row => (row.table === null || row.retiredAt !== null ? [] : [ownObject(row.name, row.table, row.traits)]))
  const placeOf = (object: ObjectType) => rows.find(row => row.name === object.name)?.place ?? Number.MAX_SAFE_INTEGER
  return inOrder([...standard, ...own], placeOf)
}

/** One of them, or the refusal that a nonsense name gets. */
export async function baseOf(db: Db, name: string): Promise<ObjectType> {
  const base = (await basesOf(db)).find(object => object.name === name)
  if (!base) throw new Problem('object.unknown', { name })
  return base
}

/** Own tables of objects that exist, retired ones too, as they are declared: what a start brings up to date. */
export const ownTables = async (owner: Db): Promise<ObjectType[]> =>
  (await objectRows(owner)).flatMap(row => (row.table === null ? [] : [ownObject(row.name, row.table, row.traits)]))

const inWords = (object: ObjectType, row: ObjectRow | undefined): ObjectType => (row ? { ...object, ...row.traits as Partial<ObjectWords> } : object)

/** Departments and users stay in front, where everything else finds them; what nobody has placed stands at the end. */
function inOrder(objects: ObjectType[], placeOf: (object: ObjectType) => number): ObjectType[] {
  return [...objects.filter(isPeople), ...objects.filter(object => !isPeople(object)).map((object, i) => ({ object, i })).sort((a, b) => placeOf(a.object) - placeOf(b.object) || a.i - b.i).map(({ object }) => object)]
}
