import pg from 'pg'
import { compile, type Sql } from './sql.ts'

/** Where SQL runs: the pool, or one transaction. Rows are plain objects; dates stay texts, numeric stays text, int8 is a number. */
export interface Db {
  query<Row = Record<string, unknown>>(piece: Sql): Promise<Row[]>
  /** Several statements without parameters: migrations, set-up. */
  exec(text: string): Promise<void>
  /** Runs `work` in one transaction; inside one already, as a part of it. */
  transaction<T>(work: (tx: Db) => Promise<T>): Promise<T>
  /** What happens after the outermost commit, and only then: hints to watchers, jobs. */
  afterCommit(act: () => void): void
  /** The driver's client for COPY; only inside a transaction. */
  readonly client: pg.PoolClient | null
}

export interface Pool extends Db {
  end(): Promise<void>
  readonly pool: pg.Pool
}

const types = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    const parse = parsers[oid]
    return parse ?? pg.types.getTypeParser(oid, format as 'text')
  },
} as pg.CustomTypesConfig

/** ISO with milliseconds and Z, as JSON writes instants. */
const instant = (text: string) => new Date(text.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00')).toISOString()
const parsers: Record<number, (text: string) => unknown> = {
  20: Number, // int8: our counts stay far below 2^53
  1082: text => text, // date: a day, not an instant
  1184: instant,
}

export function connect(connection: pg.PoolConfig, onLost: (error: Error) => void = () => {}): Pool {
  const pool = new pg.Pool({ max: 16, types, ...connection })
  // Without a listener, a restart of the database would end the program.
  pool.on('error', onLost)
  // The same for a connection that a transaction holds: its own next query tells it that the connection is gone.
  pool.on('connect', client => client.on('error', () => {}))
  const run = async <Row>(piece: Sql) => (await pool.query(compile(piece))).rows as Row[]

  return {
    pool,
    client: null,
    query: run,
    exec: async text => { await pool.query(text) },
    transaction: work => inTransaction(pool, work),
    afterCommit: act => act(),
    end: () => pool.end(),
  }
}

async function inTransaction<T>(pool: pg.Pool, work: (tx: Db) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  const later: (() => void)[] = []
  const tx: Db = {
    client,
    query: async piece => (await client.query(compile(piece))).rows,
    exec: async text => { await client.query(text) },
    transaction: inner => inner(tx),
    afterCommit: act => { later.push(act) },
  }
  let broken: Error | undefined
  try {
    await client.query('begin')
    const result = await work(tx)
    await client.query('commit')
    later.forEach(act => act())
    return result
  } catch (error) {
    await client.query('rollback').catch((lost: Error) => { broken = lost })
    throw error
  } finally {
    client.release(broken)
  }
}
