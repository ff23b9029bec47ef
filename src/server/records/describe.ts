import type { ObjectOut } from '#shared/api/objects.ts'
import type { Field, ObjectType } from '#shared/object.ts'
import { bestAccess } from '../access/mask.ts'
import { mayCreate, scopesOf, type RowAction } from '../access/scope.ts'
import type { Viewer } from '../access/viewer.ts'
import { allowed } from './filter.ts'
import { visibleColumns } from './relation.ts'
import { mayKnow } from './rules.ts'
import { allObjects, objectOf } from '../catalog/catalog.ts'
import { isComputed, sourcesOf } from '../catalog/computed.ts'

/** Objects of which this viewer may see any record at all. */
export const describeObjects = (viewer: Viewer): ObjectOut[] =>
  allObjects().filter(object => scopesOf(viewer, object, 'view').length > 0).map(object => describe(viewer, object))

export function describeObject(viewer: Viewer, name: string): ObjectOut {
  return describe(viewer, objectOf(name))
}

/** How a field is computed, and where it is asked for, names other fields: told to who knows all of these. */
export function toldTo(viewer: Viewer, object: ObjectType, field: Field): Field {
  const isKnown = sourcesOf(object, field).every(source => {
    const other = objectOf(source.object)
    return scopesOf(viewer, other, 'view').length > 0 && visibleColumns(viewer, other).some(column => column.field.name === source.field)
  })
  if (!isComputed(field) || isKnown) return withKnownRules(viewer, object, field)
  const { formula: _, rollup: __, lookup: ___, ...rest } = field
  return withKnownRules(viewer, object, rest)
}

function withKnownRules(viewer: Viewer, object: ObjectType, field: Field): Field {
  const { requiredWhen, visibleWhen, ...rest } = field
  return { ...rest, ...(requiredWhen && mayKnow(viewer, object, requiredWhen) && { requiredWhen }), ...(visibleWhen && mayKnow(viewer, object, visibleWhen) && { visibleWhen }) }
}

function describe(viewer: Viewer, object: ObjectType): ObjectOut {
  const { table: _, fields: __, ...shape } = object
  const may = (action: RowAction) => scopesOf(viewer, object, action).length > 0
  return {
    ...shape,
    fields: visibleColumns(viewer, object).map(column => {
      const { column: ___, ...field } = toldTo(viewer, object, column.field)
      const access = bestAccess(viewer, object, column.field)
      return { ...field, access: access === 'hidden' ? 'masked' : access, ops: [...allowed(column)] }
    }),
    rights: { create: mayCreate(viewer, object), import: mayCreate(viewer, object, 'import'), edit: may('edit'), delete: may('delete'), export: may('export'), transfer: may('transfer') },
  }
}
