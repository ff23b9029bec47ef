import { mostObjects, type ShapedObject } from '#shared/api/shaped-objects.ts'
import { daysRetired } from '#shared/api/fields.ts'
import type { ObjectType } from '#shared/object.ts'
import { standardObjects } from '#shared/objects/all.ts'
import { ownObject } from '#shared/objects/own.ts'
import { Problem } from '#shared/problem.ts'
import { basesOf, objectRows, type ObjectRow } from '#server/catalog/bases.ts'
import { setCatalog } from '#server/catalog/catalog.ts'
import { catalogOf } from '#server/catalog/shaped.ts'
import type { Db } from '#server/db/connect.ts'
import { ident, raw, sql } from '#server/db/sql.ts'
import { count } from '#server/records/count.ts'
import { hints } from '#server/records/hints.ts'
import { fieldsHint, refuseAll } from './shaping.ts'

/** Every object as it is shaped, in its order; then the retired ones that can come back. */
export async function listShapedObjects(db: Db, only?: string): Promise<{ objects: ShapedObject[] }> {
  const [rows, bases] = [await objectRows(db), await basesOf(db)]
  const gone = rows.flatMap(row => (row.table !== null && isKept(row) ? [ownObject(row.name, row.table, row.traits)] : []))
  const shown: ShapedObject[] = []
  for (const object of [...bases, ...gone].filter(each => only === undefined || each.name === only)) shown.push(await shownAs(db, object, rows.find(row => row.name === object.name)))
  return { objects: shown }
}

/** One of them, living or retired. */
export async function shapedObject(db: Db, name: string): Promise<ShapedObject> {
  const [found] = (await listShapedObjects(db, name)).objects
  if (!found) throw new Problem('object.unknown', { name })
  return found
}

/** Retired, and its records are still there. */
export const isKept = ({ retiredAt }: ObjectRow) => retiredAt !== null && Date.now() - Date.parse(retiredAt) < daysRetired * 86_400_000

/** After the last write: once it is committed this process knows it at once, other nodes and browsers by a hint. */
export async function endObjectShaping(tx: Db): Promise<void> {
  const all = await catalogOf(tx)
  tx.afterCommit(() => {
    setCatalog(all)
    hints.emit(fieldsHint, [])
  })
}

/** Puts an object behind another, or first. All places are written down, so that they stay whatever comes later. */
export async function placeObject(tx: Db, name: string, after: string | null): Promise<void> {
  const others = (await basesOf(tx)).map(object => object.name).filter(each => each !== name)
  const at = after === null ? -1 : others.indexOf(after)
  if (after !== null && at < 0) refuseAll([{ field: 'after', code: 'shape.targetUnknown', value: after }])
  const names = [...others.slice(0, at + 1), name, ...others.slice(at + 1)]
  await tx.query(sql`
    insert into objects (name, place, version) select placed.name, placed.place, 0 from unnest(${names}::text[]) with ordinality placed(name, place)
    on conflict (name) do update set place = excluded.place`)
}

export function refuseTooMany(rows: readonly ObjectRow[]): void {
  if (rows.filter(row => row.table !== null && (row.retiredAt === null || isKept(row))).length >= mostObjects) refuseAll([{ field: 'label', code: 'shape.tooManyObjects', values: { most: mostObjects } }])
}

async function shownAs(db: Db, object: ObjectType, row: ObjectRow | undefined): Promise<ShapedObject> {
  const { value } = await count(db, { from: ident(object.table), where: raw('deleted_at is null') }, {}, { shown: 0, whole: undefined, walked: undefined })
  return {
    name: object.name, label: object.label, one: object.one, icon: object.icon ?? 'columns', hue: object.hue ?? 'slate', groups: object.groups,
    isStandard: standardObjects.some(standard => standard.name === object.name), owned: object.owned, number: object.numberPattern ?? null,
    records: value, version: row?.version ?? 0, retiredAt: row?.retiredAt ?? null,
  }
}
