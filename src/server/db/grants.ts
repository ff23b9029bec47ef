import type { Db } from './connect.ts'
import { ident, join, raw, sql } from './sql.ts'

/**
 * What the app's role may do with the owner's tables, present and future: everything with rows, nothing with their shape but own fields and objects;
 * the operation log it may only read and add to. Nothing to do where one role is both.
 */
export async function grantToApp(owner: Db, role: string): Promise<void> {
  const [me] = await owner.query<{ name: string }>(sql`select current_user::text as name`)
  if (me?.name === role) return
  const app = ident(role)
  await owner.transaction(async tx => {
    await allowSchemas(tx, role)
    await tx.query(sql`grant usage on schema public to ${app}`)
    for (const [kind, rights, relkinds] of grants) {
      await tx.query(sql`alter default privileges in schema public grant ${raw(rights)} on ${raw(`${kind}s`)} to ${app}`)
      const own = await ownRelations(tx, relkinds)
      if (own.length > 0) await tx.query(sql`grant ${raw(rights)} on ${raw(kind)} ${join(own.map(ident))} to ${app}`)
    }
    await tx.query(sql`revoke insert, update, delete on migrations from ${app}`)
    await tx.query(sql`grant execute on function add_field_column, rename_field_column, add_object_table to ${app}`)
    await sealAudit(tx)
  })
}

/** The queue of background work makes a schema of its own, in the app's name. */
async function allowSchemas(owner: Db, role: string): Promise<void> {
  const [database] = await owner.query<{ name: string; isAllowed: boolean }>(sql`select current_database()::text as name, has_database_privilege(${role}, current_database(), 'create') as "isAllowed"`)
  if (database && !database.isAllowed) await owner.query(sql`grant create on database ${ident(database.name)} to ${ident(role)}`)
}

const grants = [
  ['table', 'select, insert, update, delete', ['r', 'p', 'v', 'm']],
  ['sequence', 'usage, select', ['S']],
] as const

/** What this role made; an extension's tables in the same schema belong to somebody else. */
const ownRelations = async (tx: Db, kinds: readonly string[]) =>
  (await tx.query<{ name: string }>(sql`
    select c.relname::text as name from pg_class c join pg_roles r on r.oid = c.relowner
    where c.relnamespace = 'public'::regnamespace and r.rolname = current_user and c.relkind::text = any(${kinds})`)).map(row => row.name)

/** Nobody but the owner changes or removes a line of the operation log, in whichever month's table it is. */
export async function sealAudit(owner: Db): Promise<void> {
  const tables = await owner.query<{ name: string; role: string }>(sql`
    select distinct c.relname::text as name, r.rolname::text as role
    from pg_class c cross join aclexplode(c.relacl) a join pg_roles r on r.oid = a.grantee
    where (c.oid = 'audit'::regclass or c.oid in (select inhrelid from pg_inherits where inhparent = 'audit'::regclass))
      and a.privilege_type in ('UPDATE', 'DELETE', 'TRUNCATE') and a.grantee <> c.relowner`)
  for (const { name, role } of tables) await owner.query(sql`revoke update, delete, truncate on ${ident(name)} from ${ident(role)}`)
}
