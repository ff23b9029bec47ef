import type { RoleOut } from '#shared/api/people.ts'
import type { ChangedObject, NewObject, ShapedObject } from '#shared/api/shaped-objects.ts'
import type { Hue } from '#shared/object.ts'
import { objectIcons, type ObjectIcon } from '#shared/objects/icons.ts'
import { birthRights, withoutOwners, type BirthRight } from './birth-rights.ts'

export type Typed = Record<string, unknown>
export interface GroupDraft { key: string; name?: string; label: string }

const text = (value: unknown) => (typeof value === 'string' ? value.trim() : '')

/** An object as its form holds it. */
export const typedObject = (object?: ShapedObject): Typed => ({
  label: object?.label['zh-CN'] ?? '', icon: object?.icon ?? 'box', hue: object?.hue ?? 'teal', titleLabel: '', prefix: '', digits: '3', isOwned: object?.owned ?? true,
  many: object === undefined || object.label.en === object.label['zh-CN'] ? '' : object.label.en, one: object === undefined || object.one.en === object.one['zh-CN'] ? '' : object.one.en, name: '',
  groups: (object?.groups ?? []).map((group): GroupDraft => ({ key: group.name, name: group.name, label: group.label['zh-CN'] })),
})

const looksOf = (typed: Typed) => {
  const [many, one] = [text(typed['many']), text(typed['one'])]
  return {
    label: text(typed['label']), icon: objectIcons.find(icon => icon === typed['icon']) ?? 'box' as ObjectIcon, hue: typed['hue'] as Hue,
    ...(many === '' && one === '' ? {} : { english: { ...(many !== '' && { many }), ...(one !== '' && { one }) } }),
  }
}

/** What is sent for a new one. */
export function newObjectOf(typed: Typed, roles: readonly RoleOut[]): NewObject {
  const [name, titleLabel, prefix] = [text(typed['name']), text(typed['titleLabel']), text(typed['prefix'])]
  const owned = typed['isOwned'] === true
  const rightOf = (role: RoleOut) => { const right = typed[`role ${role.id}`] as BirthRight; return birthRights[owned ? right : withoutOwners(right)] }
  return {
    ...looksOf(typed), owned, ...(name !== '' && { name }), ...(titleLabel !== '' && { titleLabel }),
    ...(prefix !== '' && { number: { prefix, digits: Number(typed['digits']) } }),
    ...(roles.length > 0 && { roles: Object.fromEntries(roles.map(role => [role.id, rightOf(role)])) }),
  }
}

/** Only what differs from how it was. */
export function changedObjectOf(object: ShapedObject, typed: Typed): ChangedObject {
  const [wanted, before] = [looksOf(typed), looksOf(typedObject(object))]
  const { english, ...look } = wanted
  const isRenamed = wanted.label !== before.label || JSON.stringify(english) !== JSON.stringify(before.english)
  const groups = (typed['groups'] as GroupDraft[]).map(({ name, label }) => ({ ...(name !== undefined && { name }), label: label.trim() })).filter(group => group.label !== '' || group.name !== undefined)
  const areAsBefore = JSON.stringify(groups) === JSON.stringify(object.groups.map(group => ({ name: group.name, label: group.label['zh-CN'] })))
  return {
    ...(look.icon !== before.icon && { icon: look.icon }), ...(look.hue !== before.hue && { hue: look.hue }),
    ...(isRenamed && { label: look.label, ...(english && { english }) }), ...(!areAsBefore && { groups }),
  }
}
