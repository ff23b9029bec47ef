import { bestAccess, mayFill } from '#server/access/mask.ts'
import { mayCreate } from '#server/access/scope.ts'
import type { Viewer } from '#server/access/viewer.ts'
import { allObjects, objectOf } from '#server/catalog/catalog.ts'
import type { ObjectType } from '#shared/object.ts'
import { Problem } from '#shared/problem.ts'
import { targetsOf, type Target } from './targets.ts'

/** An object that this viewer may import, with the contact that may come along. */
export function importable(viewer: Viewer, name: string): { object: ObjectType; contact: ObjectType | null; targets: Target[] } {
  const object = objectOf(name)
  if (!mayCreate(viewer, object, 'import')) throw new Problem('import.forbidden', { object: object.label[viewer.lang] })
  const contact = allObjects().find(other => other.name === 'contacts' && other.fields.some(field => field.name === other.ownerFrom && field.target === name)) ?? null
  const withContact = contact !== null && mayCreate(viewer, contact, 'import') ? contact : null
  const targets = targetsOf(writable(viewer, object), withContact === null ? undefined : writable(viewer, withContact))

  return { object, contact: withContact, targets }
}

export const contactObject = () => objectOf('contacts')

const writable = (viewer: Viewer, object: ObjectType): ObjectType =>
  ({ ...object, fields: object.fields.filter(field => mayFill(viewer, object, field) || bestAccess(viewer, object, field) === 'write') })
