import { uuidv7 } from 'uuidv7'
import { writeAudit } from '#server/audit/write.ts'
import type { Viewer } from '#server/access/viewer.ts'
import type { Db } from '#server/db/connect.ts'
import { sql } from '#server/db/sql.ts'
import type { KeyOut } from '#shared/api/keys.ts'
import { Problem } from '#shared/problem.ts'
import { keyPrefix, type KeyScope } from './session.ts'
import { hashToken, newToken } from './token.ts'

/** A key for a program that acts as this person. The text of the key is given once and never kept. */
export async function createKey(db: Db, viewer: Viewer, { name, scopes, expiresAt }: { name: string; scopes: KeyScope[]; expiresAt?: string | undefined }) {
  if (name.trim() === '') throw new Problem('record.invalid', { count: 1 }, { fields: [{ field: 'name', code: 'people.required' }] })
  const key = keyPrefix + newToken()
  const id = uuidv7()
  await db.query(sql`
    insert into keys (id, user_id, name, token_hash, scopes, expires_at)
    values (${id}, ${viewer.id}, ${name.trim()}, ${hashToken(key)}, ${[...new Set(scopes)]}, ${expiresAt ?? null})`)
  await writeAudit(db, viewer, { action: 'key.create', object: 'users', recordId: viewer.id, reason: name.trim() })
  return { id, key }
}

/** One's own keys; who looks after people sees those of everybody. */
export async function listKeys(db: Db, viewer: Viewer): Promise<{ keys: KeyOut[] }> {
  const keys = await db.query<KeyOut>(sql`
    select k.id, k.name, k.scopes, k.created_at as "createdAt", k.expires_at as "expiresAt", k.used_at as "usedAt",
      json_build_object('id', u.id, 'label', u.name) as user
    from keys k join users u on u.id = k.user_id
    where k.revoked_at is null and (k.user_id = ${viewer.id} or ${viewer.rights.includes('people')}) order by k.created_at desc`)
  return { keys }
}

export async function revokeKey(db: Db, viewer: Viewer, id: string) {
  const [revoked] = await db.query<{ name: string; userId: string }>(sql`
    update keys set revoked_at = now() where id = ${id} and revoked_at is null and (user_id = ${viewer.id} or ${viewer.rights.includes('people')})
    returning name, user_id as "userId"`)
  if (!revoked) throw new Problem('record.notFound')
  await writeAudit(db, viewer, { action: 'key.revoke', object: 'users', recordId: revoked.userId, reason: revoked.name })
}
