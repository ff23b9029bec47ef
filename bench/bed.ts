import http from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { sql } from '#server/db/sql.ts'
import type { Open } from '#server/open.ts'
import type { Page, RecordOut } from '#shared/api/records.ts'
import { asker, type Ask } from './ask.ts'
import { beside, startProduct, tool, type Product } from './product.ts'

/** Everything that a measurement needs: the running product, two people who ask, and the same database without the product. */
export interface Bed {
  product: Product
  customers: number
  data: string
  /** Sees everything. */
  boss: Ask
  bossKey: string
  /** Sees their own customers. */
  seller: Ask
  database: Open
  /** Prepared statements, by name, over so many connections of their own. */
  floor(name: string, text: string): (values?: unknown[]) => Promise<Record<string, unknown>[]>
  list(ask: Ask, query: Record<string, unknown>): Promise<Page>
  sample: RecordOut[]
  close(): Promise<void>
}

interface DemoFacts { logins: { role: string; login: string }[]; seconds: number; contacts: number }

/** The demo company on a new data folder, by the real command. */
export const fill = (data: string, customers: number) => tool<DemoFacts>(data, 'demo', '--customers', String(customers), '--seed', '7')

export async function makeBed(data: string, customers: number, { logins }: DemoFacts): Promise<Bed> {
  const keyOf = (role: string) => tool<{ key: string }>(data, 'key', 'create', '--user', logins.find(each => each.role === role)?.login ?? '', '--scopes', 'read,write', '--name', 'bench').key
  const keys = { boss: keyOf('系统管理员'), seller: keyOf('销售专员') }
  const product = await startProduct(data)
  const database = await beside(data)
  const agent = new http.Agent({ keepAlive: true, maxSockets: 64 })
  const [boss, seller] = [asker(product.address, keys.boss, agent), asker(product.address, keys.seller, agent)]
  const pool = new pg.Pool({ ...database.db.pool.options, password: (database.db.pool.options as { password?: string }).password, max: 16 } as pg.PoolConfig)
  await atRest(database)
  const list = async (ask: Ask, query: Record<string, unknown>) => JSON.parse(await ask('POST', '/customers/query', query)) as Page
  return {
    product, customers, data, boss, bossKey: keys.boss, seller, database, list,
    floor: (name, text) => async (values = []) => (await pool.query({ name, text, values })).rows,
    sample: (await list(boss, { limit: 500, offset: Math.floor(customers / 3) })).records,
    async close() {
      agent.destroy()
      await pool.end()
      await database.close()
      await product.stop()
    },
  }
}

/** What the database tidies up after a filling of so many rows is no part of what is asked of it later. Waits three minutes at most. */
async function atRest({ owner }: Open) {
  for (let quiet = 0, waited = 0; quiet < 5 && waited < 180; waited++) {
    await sleep(1_000)
    const busy = await owner.query(sql`select from pg_stat_progress_vacuum union all select from pg_stat_progress_analyze`)
    quiet = busy.length === 0 ? quiet + 1 : 0
  }
}
