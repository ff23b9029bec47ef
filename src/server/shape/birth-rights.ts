import type { Grants, Role, Scope } from '#shared/access.ts'
import type { BirthRights } from '#shared/api/shaped-objects.ts'
import { Problem } from '#shared/problem.ts'
import type { Change } from '#server/audit/write.ts'
import type { Viewer } from '#server/access/viewer.ts'
import type { Db } from '#server/db/connect.ts'
import { sql } from '#server/db/sql.ts'

const everything: Grants = { view: 'all', edit: 'all', delete: 'all', export: 'all', transfer: 'all', create: true, import: true }

/** Who may do what with a new object: whoever shapes objects everything, the other roles what was chosen. Says so as changes of the log. */
export async function grantAtBirth(tx: Db, viewer: Viewer, name: string, wished: BirthRights): Promise<Change[]> {
  if (Object.keys(wished).length > 0 && !viewer.rights.includes('people')) throw new Problem('people.moreRights')
  const roles = await tx.query<Role>(sql`select id, name, objects, rights from roles order by id for update`)
  const unknown = Object.keys(wished).find(id => !roles.some(role => role.id === id))
  if (unknown !== undefined) throw new Problem('record.invalid', { count: 1 }, { fields: [{ field: 'roles', code: 'people.noRole', values: { name: unknown } }] })
  const changes: Change[] = []
  for (const role of roles) {
    const grants = role.rights.includes('shape') ? everything : grantsOf(role, wished[role.id])
    if (grants === null) continue
    await tx.query(sql`update roles set objects = objects || jsonb_build_object(${name}::text, ${JSON.stringify(grants)}::jsonb), version = version + 1 where id = ${role.id}`)
    changes.push({ field: `roles.${role.name}`, before: null, after: grants })
  }
  return changes
}

/** Seeing and changing as chosen; whether such people delete, hand over, take out or bring in files is as with customers. */
function grantsOf(role: Role, wish: { view: Scope; edit: Scope } | undefined): Grants | null {
  if (!wish || wish.view === 'none') return null
  const like = role.objects['customers'] ?? {}
  const asBefore = (action: 'delete' | 'transfer' | 'export', scope: Scope): Grants => ((like[action] ?? 'none') === 'none' || scope === 'none' ? {} : { [action]: scope })
  return {
    view: wish.view, edit: wish.edit, create: wish.edit !== 'none', import: wish.edit !== 'none' && like.import === true,
    ...asBefore('delete', wish.edit), ...asBefore('transfer', wish.edit), ...asBefore('export', wish.view),
  }
}
