import type { NewObject, ShapedObject } from '#shared/api/shaped-objects.ts'
import { firstGroups, titleOf, type OwnTraits } from '#shared/objects/own.ts'
import type { Finding } from '#shared/problem.ts'
import { basesOf, objectRows } from '#server/catalog/bases.ts'
import { writeAudit } from '#server/audit/write.ts'
import type { Viewer } from '#server/access/viewer.ts'
import type { Db } from '#server/db/connect.ts'
import { sql } from '#server/db/sql.ts'
import { grantAtBirth } from './birth-rights.ts'
import { checkObjectLabel, numberOf, objectName, wordsOf } from './object-words.ts'
import { endObjectShaping, placeObject, refuseTooMany, shapedObject } from './shaped-objects.ts'
import { oneAtATime, refuseAll, shortId } from './shaping.ts'
import { cleanLabel } from './traits.ts'

/** A new object: a table of its own, made as those of the standard objects are, at once in rail, sheet, form, search, import, export and API. */
export async function createObject(tx: Db, viewer: Viewer, given: NewObject): Promise<ShapedObject> {
  await oneAtATime(tx)
  const rows = await objectRows(tx)
  refuseTooMany(rows)
  const traits = traitsOf(given, checkObjectLabel(await basesOf(tx), cleanLabel(given.label)))
  const name = objectName(rows.map(row => row.name), traits.label['zh-CN'], given.name)
  const table = `o_${shortId()}`

  await tx.query(sql`insert into objects (name, table_name, traits, created_by) values (${name}, ${table}, ${JSON.stringify(traits)}::jsonb, ${viewer.id}::uuid)`)
  if (given.after !== undefined) await placeObject(tx, name, given.after)
  const granted = await grantAtBirth(tx, viewer, name, given.roles ?? {})
  await writeAudit(tx, viewer, { action: 'object.create', object: name, changes: [{ field: 'object', before: null, after: traits }, ...granted] })
  await tx.query(sql`select add_object_table(${name}, ${table}, ${traits.owned ? 'blank_owned' : 'blank_shared'})`)
  await endObjectShaping(tx)
  return shapedObject(tx, name)
}

function traitsOf({ label: typed, english, icon = 'box', hue = 'slate', titleLabel, number: pattern, owned = true }: NewObject, findings: Finding[]): OwnTraits {
  const label = cleanLabel(typed)
  const title = cleanLabel(titleLabel ?? '')
  const { number, findings: wrong } = numberOf(label, pattern)
  refuseAll([...findings, ...wrong, ...([...title].length > 40 ? [{ field: 'titleLabel', code: 'shape.labelLong', value: title }] : [])])
  return { ...wordsOf(label, english), titleLabel: title === '' ? titleOf(label) : { 'zh-CN': title, en: title }, number, owned, icon, hue, groups: firstGroups }
}
