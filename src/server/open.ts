import { ownTables } from '#server/catalog/bases.ts'
import { loadCatalog } from '#server/catalog/shaped.ts'
import { ensureTables } from '#server/catalog/storage.ts'
import { useTimeZone } from '#shared/dates.ts'
import { equipFields } from '#shared/fields/equip.ts'
import { standardObjects } from '#shared/objects/all.ts'
import type { Config } from './config.ts'
import { connect, type Pool } from './db/connect.ts'
import type { Options } from './db/embedded.ts'
import { grantToApp } from './db/grants.ts'
import { isUpToDate, migrate } from './db/migrate.ts'
import { openDatabase } from './db/open.ts'
import { sql } from './db/sql.ts'

/** The database, ready to work with. */
export interface Open {
  /** The app's role. */
  db: Pool
  /** The owner's role: makes and changes tables. */
  owner: Pool
  close(): Promise<void>
}

/** Database up, migrations done, tables of the catalog there, rights given. */
export async function open(config: Config, options: Options): Promise<Open> {
  equipFields()
  useTimeZone(config.timeZone)
  const database = await openDatabase(config, options)
  const [db, owner] = [connect(database.app), connect(database.owner)]
  const close = async () => {
    await Promise.allSettled([db.end(), owner.end()])
    await database.stop()
  }
  try {
    await bringUpToDate(owner, db).catch(error => acceptReadingOnly(error, owner, options))
    await loadCatalog(db)
    return { db, owner, close }
  } catch (error) {
    await close()
    throw error
  }
}

async function bringUpToDate(owner: Pool, db: Pool) {
  await migrate(owner)
  await ensureTables(owner, [...standardObjects, ...await ownTables(owner)])
  await grantToApp(owner, await roleOf(db))
}

/** While the disk is full nothing can be changed; what an earlier start has prepared can be read. */
async function acceptReadingOnly(error: unknown, owner: Pool, options: Options) {
  const isReadingOnly = (error as { code?: unknown }).code === '25006'
  if (!isReadingOnly || !(await isUpToDate(owner))) throw error
  options.say('start.readingOnly')
}

const roleOf = async (db: Pool) => (await db.query<{ name: string }>(sql`select current_user::text as name`))[0]?.name ?? ''
