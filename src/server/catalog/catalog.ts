import { Problem } from '#shared/problem.ts'
import type { Field, ObjectType } from '#shared/object.ts'
import { fieldOf } from '#shared/object.ts'
import { standardObjects } from '#shared/objects/all.ts'

const objects = new Map(standardObjects.map(object => [object.name, object]))

/** What exists: standard objects and, once loaded, user-made ones. */
export const allObjects = (): ObjectType[] => [...objects.values()]

export function objectOf(name: string): ObjectType {
  const object = objects.get(name)
  if (!object) throw new Problem('object.unknown', { name })
  return object
}

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
