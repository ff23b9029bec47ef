import type { Pool } from '#server/db/connect.ts'
import { ensurePartitions } from '#server/db/migrate.ts'
import { sealAudit } from '#server/db/grants.ts'
import { sql } from '#server/db/sql.ts'
import { dropOldExports } from '#server/exports/state.ts'
import { dropOldImports } from '#server/imports/state.ts'
import { dropRetiredFields } from '#server/shape/retire-field.ts'
import { dropRetiredObjects } from '#server/shape/retire-object.ts'
import { dropRetiredViews } from '#server/views/retire.ts'

/** What has to be done once a day: room for the next month's log, and an end to what nobody needs any more. */
export async function keepUp(db: Pool, owner: Pool): Promise<void> {
  await ensurePartitions(owner)
  await sealAudit(owner)
  await db.query(sql`delete from sessions where expires_at < now()`)
  await db.query(sql`delete from sign_in_failures where last_at < now() - interval '30 days'`)
  // A repeated request comes within minutes; a month is for a phone that was off the network.
  await db.query(sql`delete from operations where at < now() - interval '30 days'`)
  await dropOldImports(db)
  await dropOldExports(db)
  await dropRetiredViews(db)
  await dropRetiredFields(owner)
  await dropRetiredObjects(owner)
}
