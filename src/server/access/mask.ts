import { accesses, type Access, type Role, type Scope } from '#shared/access.ts'
import { fieldOf, type Field, type ObjectType } from '#shared/object.ts'
import { objectOf } from '../catalog/catalog.ts'
import { isComputed, sourcesOf } from '../catalog/computed.ts'
import { scopeOf, isCovered, type Belonging } from './scope.ts'
import type { Viewer } from './viewer.ts'

/** HOW MUCH of a field: on which rows it is read, on which it is masked. On rows in neither it does not exist. */
export interface Sight { read: Scope[]; masked: Scope[] }

/** A role's word on a field; a field that it does not name is written where the record may be edited. What is computed shows no more than what it is computed from, unless the role names it. */
const accessOf = (role: Role, object: ObjectType, field: Field): Access =>
  role.fields[object.name]?.[field.name] ?? (isComputed(field) ? strictest(role, object, field) : 'write')

/** The least that this role sees of anything that the field reads. */
function strictest(role: Role, object: ObjectType, field: Field): Access {
  const sources = sourcesOf(object, field)
  if (!isReached(role, object, field, sources.at(-1)?.object)) return 'hidden'
  const seen = sources.map((source): Access => {
    const read = fieldOf(objectOf(source.object), source.field)
    return read ? accessOf(role, objectOf(source.object), read) : 'hidden'
  })
  return accesses.find(access => access === 'hidden' || access === 'masked' ? seen.includes(access) : access === 'read') ?? 'read'
}

/** A rollup tells nothing of an object that the role does not know; a lookup nothing of a record that it may not see. */
function isReached(role: Role, object: ObjectType, { rollup, lookup }: Field, target: string | undefined): boolean {
  if (!rollup && !lookup) return true
  if (target === undefined) return false
  const scope = scopeOf(role.objects[target], 'view', objectOf(target))
  if (rollup || !lookup) return scope !== 'none'
  return scope === 'all' || (object.ownerFrom === lookup.through && scope !== 'none' && scope === scopeOf(role.objects[object.name], 'view', object))
}

/** Roles add up per record and per field: each role shows its own amount on its own rows, never a cross product. */
export function sightOf(viewer: Viewer, object: ObjectType, field: Field): Sight {
  if (viewer.kind === 'system') return { read: ['all'], masked: [] }
  const read = new Set<Scope>()
  const masked = new Set<Scope>()
  for (const role of viewer.roles) {
    const scope = scopeOf(role.objects[object.name], 'view', object)
    const access = accessOf(role, object, field)
    if (scope === 'none' || access === 'hidden') continue
    if (access === 'masked') masked.add(scope)
    else read.add(scope)
  }
  return read.has('all') ? { read: ['all'], masked: [] } : { read: [...read], masked: [...masked].filter(scope => !read.has(scope)) }
}

/** What this viewer sees of the field on this record. */
export function sees(viewer: Viewer, object: ObjectType, field: Field, row: Belonging): 'read' | 'masked' | 'nothing' {
  const sight = sightOf(viewer, object, field)
  if (isCovered(viewer, sight.read, row)) return 'read'
  return isCovered(viewer, sight.masked, row) ? 'masked' : 'nothing'
}

/** The rows on which this viewer may write the field. */
export function writeScopesOf(viewer: Viewer, object: ObjectType, field: Field): Scope[] {
  if (viewer.kind === 'system') return ['all']
  const scopes = viewer.roles
    .filter(role => accessOf(role, object, field) === 'write')
    .map(role => scopeOf(role.objects[object.name], 'edit', object))
  return [...new Set(scopes)].filter(scope => scope !== 'none')
}

/** Whether some role that lets this viewer create also lets them fill the field. */
export const mayFill = (viewer: Viewer, object: ObjectType, field: Field) =>
  viewer.kind === 'system' || viewer.roles.some(role => role.objects[object.name]?.create === true && accessOf(role, object, field) === 'write')

/** The most that this viewer sees of a field on any record: decides whether its name exists for them at all. */
export function bestAccess(viewer: Viewer, object: ObjectType, field: Field): Access {
  const sight = sightOf(viewer, object, field)
  if (sight.read.length === 0) return sight.masked.length === 0 ? 'hidden' : 'masked'
  if (field.computed) return 'read'
  return writeScopesOf(viewer, object, field).length > 0 || mayFill(viewer, object, field) ? 'write' : 'read'
}
