import type { ChangedObject, ShapedObject } from '#shared/api/shaped-objects.ts'
import { Problem, type Finding } from '#shared/problem.ts'
import { basesOf, type ObjectWords } from '#server/catalog/bases.ts'
import { shaped, shapeOf } from '#server/catalog/shaped.ts'
import { writeAudit, type Change } from '#server/audit/write.ts'
import type { Viewer } from '#server/access/viewer.ts'
import type { Db } from '#server/db/connect.ts'
import { sql } from '#server/db/sql.ts'
import { checkObjectLabel, groupsOf, wordsOf } from './object-words.ts'
import { endObjectShaping, placeObject, shapedObject } from './shaped-objects.ts'
import { oneAtATime, refuseAll, shortId } from './shaping.ts'
import { cleanLabel } from './traits.ts'

/** What an object is called, how it looks, where it stands and how its fields are grouped. Its API name stays, and so does whatever uses it. */
export async function changeObject(tx: Db, viewer: Viewer, name: string, { after, ...given }: ChangedObject, version?: number): Promise<ShapedObject> {
  await oneAtATime(tx)
  const current = await shapedObject(tx, name)
  if (version !== undefined && version !== current.version) throw new Problem('record.conflict', {}, { details: { current } })
  const traits = await wordsIn(tx, name, given)
  if (Object.keys(traits).length > 0) {
    await tx.query(sql`
      insert into objects (name, traits) values (${name}, ${JSON.stringify(traits)}::jsonb)
      on conflict (name) do update set traits = objects.traits || excluded.traits, version = objects.version + 1`)
  }
  if (after !== undefined) await placeObject(tx, name, after)
  const changes: Change[] = [
    ...Object.entries(traits).map(([trait, value]) => ({ field: trait, before: current[trait as keyof ObjectWords], after: value })),
    ...(after === undefined ? [] : [{ field: 'after', before: null, after }]),
  ]
  await writeAudit(tx, viewer, { action: 'object.change', object: name, changes })
  await endObjectShaping(tx)
  return shapedObject(tx, name)
}

/** The words that become others, all refusals at once. */
async function wordsIn(tx: Db, name: string, { label, english, groups, ...look }: Omit<ChangedObject, 'after'>): Promise<Partial<ObjectWords>> {
  const bases = await basesOf(tx)
  const base = bases.find(object => object.name === name)
  if (!base) throw new Problem('object.unknown', { name })
  const findings: Finding[] = []
  const traits: Partial<ObjectWords> = Object.fromEntries(Object.entries(look).filter(([, value]) => value !== undefined))
  if (label !== undefined || english !== undefined) {
    const clean = cleanLabel(label ?? base.label['zh-CN'])
    findings.push(...checkObjectLabel(bases.filter(object => object.name !== name), clean))
    Object.assign(traits, wordsOf(clean, english))
  }
  if (groups) {
    const list = groupsOf(shaped(base, await shapeOf(tx, name)), groups, () => `g${shortId()}`)
    findings.push(...list.findings)
    traits.groups = list.groups
  }
  refuseAll(findings)
  return traits
}
