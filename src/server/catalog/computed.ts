import { fieldsIn } from '#shared/filter.ts'
import { namesIn } from '#shared/formula/read.ts'
import { fieldOf, type Field, type ObjectType } from '#shared/object.ts'
import { allObjects, targetOf } from './catalog.ts'

/** A field of an object, by name: what a computed field reads. */
export interface Source { object: string; field: string }

/** A computed field in the order in which such fields are worked out: whatever it reads stands on a lower level. */
export interface Computed { object: ObjectType; field: Field; sources: Source[]; level: number }

export const isComputed = (field: Field) => field.formula !== undefined || field.rollup !== undefined || field.lookup !== undefined

const known = new WeakMap<Field, Source[]>()

/** None where the other object is retired just now. What a computed field reads; what it is reached by (the reference, the fields of a filter) belongs to it. */
export function sourcesOf(object: ObjectType, field: Field): Source[] {
  const found = known.get(field) ?? readBy(object, field)
  if (found.length > 0) known.set(field, found)
  return found
}

function readBy(object: ObjectType, { formula, rollup, lookup }: Field): Source[] {
  if (formula !== undefined) return namesIn(formula).map(field => ({ object: object.name, field }))
  if (rollup && !allObjects().some(each => each.name === rollup.object)) return []
  if (rollup) return [...new Set([rollup.link, ...(rollup.field === undefined ? [] : [rollup.field]), ...(rollup.filter ? fieldsIn(rollup.filter) : [])])].map(field => ({ object: rollup.object, field }))
  const through = lookup && fieldOf(object, lookup.through)
  const target = through && targetOf(through)
  return lookup && target ? [{ object: object.name, field: lookup.through }, { object: target.name, field: lookup.field }] : []
}

let ordered: { of: ObjectType[]; all: Computed[] } = { of: [], all: [] }

/** Every computed field of the company, by level. Worked out anew when the catalog changed. */
export function computedFields(): Computed[] {
  const objects = allObjects()
  if (objects.length !== ordered.of.length || objects.some((object, i) => object !== ordered.of[i])) ordered = { of: objects, all: byLevel(objects) }
  return ordered.all
}

function byLevel(objects: ObjectType[]): Computed[] {
  const all = objects.flatMap(object => object.fields.filter(isComputed).map(field => ({ object, field, sources: sourcesOf(object, field), level: 0 })))
  const find = (source: Source) => all.find(each => each.object.name === source.object && each.field.name === source.field)
  const settled = new Map<Computed, number>()
  const levelOf = (each: Computed, above: Computed[]): number => {
    const level = settled.get(each) ?? 1 + Math.max(-1, ...each.sources.map(find).map(source => (source && !above.includes(source) ? levelOf(source, [...above, each]) : -1)))
    settled.set(each, level)
    return level
  }
  return all.map(each => ({ ...each, level: levelOf(each, [each]) })).sort((a, b) => a.level - b.level)
}

/** The computed fields that read this one, directly. */
export const readersOf = (object: string, field: string): Computed[] => computedFields().filter(each => each.sources.some(source => source.object === object && source.field === field))

/** The way from a field back to itself, if it were worked out like this: the fields in order, itself first and last. */
export function circleOf(objects: ObjectType[], object: ObjectType, field: Field): Field[] | null {
  const all = objects.map(each => (each.name === object.name ? { ...object, fields: [...object.fields.filter(other => other.name !== field.name), field] } : each))
  const seen = new Set<string>()
  const visit = (at: ObjectType, each: Field, way: Field[]): Field[] | null => {
    for (const source of sourcesOf(at, each)) {
      if (source.object === object.name && source.field === field.name) return [...way, each, field]
      const key = `${source.object} ${source.field}`
      if (seen.has(key)) continue
      seen.add(key)
      const next = all.find(other => other.name === source.object)
      const read = next && fieldOf(next, source.field)
      const found = next && read && isComputed(read) ? visit(next, read, [...way, each]) : null
      if (found) return found
    }
    return null
  }
  return visit(object, field, [])
}
