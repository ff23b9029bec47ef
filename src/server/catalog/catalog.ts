import { Problem } from '#shared/problem.ts'
import type { Field, ObjectType } from '#shared/object.ts'
import { fieldOf } from '#shared/object.ts'
import { standardObjects } from '#shared/objects/all.ts'

let objects = new Map(standardObjects.map(object => [object.name, object]))

/** What exists in this company. One process serves one company, so that there is one catalog; an object of it never changes, another takes its place. */
export const allObjects = (): ObjectType[] => [...objects.values()]

export function objectOf(name: string): ObjectType {
  const object = objects.get(name)
  if (!object) throw new Problem('object.unknown', { name })
  return object
}

/** From now on these exist, in place of those of the same name. */
export function putInCatalog(those: ObjectType[]): void {
  objects = new Map([...objects, ...those.map(object => [object.name, object] as const)])
}

/** From now on exactly these exist, in this order. */
export function setCatalog(all: ObjectType[]): void {
  objects = new Map(all.map(object => [object.name, object]))
}

/** Members and departments are no secret: their names stay in the records that they once touched, even when they are gone or unseen. */
export const isPeople = ({ name }: ObjectType) => name === 'users' || name === 'departments'

/** The field of an object, or the refusal that a nonsense name gets. */
export function requireField(object: ObjectType, name: string): Field {
  const field = fieldOf(object, name)
  if (!field) throw new Problem('name.unknown', { name })
  return field
}

/** The object that a person, department or reference field points to. */
export function targetOf(field: Field): ObjectType | null {
  if (field.type === 'person') return objectOf('users')
  if (field.type === 'department') return objectOf('departments')
  return field.type === 'reference' && field.target ? objectOf(field.target) : null
}
