/** Which rows: 数据权限, from nothing to everything. */
export const scopes = ['none', 'own', 'reports', 'department', 'departmentTree', 'all'] as const
export type Scope = (typeof scopes)[number]

/** How much of a field: 字段权限. */
export const accesses = ['hidden', 'masked', 'read', 'write'] as const
export type Access = (typeof accesses)[number]

/** What a role may do with the records of one object. Missing = no. */
export interface Grants {
  view?: Scope
  edit?: Scope
  delete?: Scope
  export?: Scope
  transfer?: Scope
  create?: boolean
  import?: boolean
}

/** What a role may do beyond records: members and roles, the shape of objects, settings, the operation log. */
export const rights = ['people', 'shape', 'settings', 'audit'] as const
export type Right = (typeof rights)[number]

export interface Role {
  id: string
  name: string
  objects: Record<string, Grants>
  /** Per object and field; a field not named is `write` where the record may be edited, else `read`. */
  fields: Record<string, Record<string, Access>>
  rights: Right[]
}
