import { mkdirSync, realpathSync } from 'node:fs'
import type { Config } from '#server/config.ts'
import { type Database, type Options, startEmbedded } from './embedded.ts'
import { openExternal } from './external.ts'

/** The embedded database, or the one that DATABASE_URL names. */
export async function openDatabase(config: Config, options: Options): Promise<Database> {
  if (!config.database) return startEmbedded(config.data, options)
  mkdirSync(config.data, { recursive: true, mode: 0o700 })
  return openExternal(realpathSync(config.data), config.database, config.databaseOwner, options)
}
