import type { Access, Grants, Right, Scope } from '#shared/access.ts'
import { rights } from '#shared/access.ts'
import type { Words } from '#shared/object.ts'
import { standardObjects } from '#shared/objects/all.ts'
import { words } from '#shared/objects/declare.ts'

export interface ShippedRole {
  name: Words
  objects: Record<string, Grants>
  fields: Record<string, Record<string, Access>>
  rights: Right[]
}

/** Members and departments are known to everybody; the rest is the company's business. */
const company = ['users', 'departments']
const business = standardObjects.map(object => object.name).filter(name => !company.includes(name))

const everything = (scope: Scope): Grants => ({ view: scope, edit: scope, delete: scope, export: scope, transfer: scope, create: true, import: true })
const each = (names: string[], grants: Grants): Record<string, Grants> => Object.fromEntries(names.map(name => [name, grants]))
const colleagues = each(company, { view: 'all' })

const maskedPhones = Object.fromEntries(standardObjects.filter(object => business.includes(object.name)).map(object =>
  [object.name, Object.fromEntries(object.fields.filter(field => field.type === 'phone').map(field => [field.name, 'masked' as const]))]))

const role = (name: Words, objects: Record<string, Grants>, more: Partial<ShippedRole> = {}): ShippedRole =>
  ({ name, objects: { ...colleagues, ...objects }, fields: {}, rights: [], ...more })

/** May do everything: the role of the first administrator. */
export const administrator = role(words('系统管理员', 'Administrator'), { ...each(business, everything('all')), ...each(company, everything('all')) }, { rights: [...rights] })

/** The roles that a new company begins with. They are ordinary roles: it may change them. */
export const shippedRoles: ShippedRole[] = [
  administrator,
  role(words('销售专员', 'Sales'), each(business, { view: 'own', edit: 'own', create: true })),
  role(words('销售经理', 'Sales manager'), each(business, everything('departmentTree'))),
  role(words('客服', 'Customer service'), { ...each(business, { view: 'all' }), contacts: { view: 'all', edit: 'all', create: true } }),
  role(words('市场', 'Marketing'), each(business, { view: 'all' }), { fields: maskedPhones }),
  role(words('管理层', 'Management'), each(business, { view: 'all', export: 'all' })),
  role(words('安全管理员', 'Security officer'), each(company, everything('all')), { rights: ['people'] }),
  role(words('审计管理员', 'Auditor'), {}, { rights: ['audit'] }),
  role(words('只读', 'Reader'), each(business, { view: 'all' })),
]
