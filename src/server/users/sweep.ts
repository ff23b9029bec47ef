import type { Db } from '#server/db/connect.ts'
import { sql } from '#server/db/sql.ts'

/** Takes away what has had its time: ended sessions, old failures, operation ids that no client will repeat. For a timer, once an hour. */
export async function sweep(db: Db) {
  await db.query(sql`delete from sessions where expires_at < now()`)
  await db.query(sql`delete from sign_in_failures where last_at < now() - interval '2 days'`)
  // A phone that was without network comes back within days, not months.
  await db.query(sql`delete from operations where at < now() - interval '30 days'`)
}
