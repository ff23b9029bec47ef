import pg from 'pg'
import { compile, type Sql } from './sql.ts'

/** Where SQL runs: the pool, or one transaction. Rows are plain objects; dates stay texts, numeric stays text, int8 is a number. */
export interface Db {
  /**
   * `prepared`: planned once per connection instead of each time, which is most of the cost of a statement that touches few rows.
   * Only for texts that repeat, whose best plan does not depend on the values: reads and writes by key, not filters.
   */
  query<Row = Record<string, unknown>>(piece: Sql, how?: 'prepared'): Promise<Row[]>
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
  const run = async <Row>(piece: Sql, how?: 'prepared') => (await pool.query(statement(piece, how))).rows as Row[]

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

// Every connection keeps its prepared statements; beyond this many texts the rest are simply planned.
const mostPrepared = 500
const names = new Map<string, string>()

function statement(piece: Sql, how?: 'prepared') {
  const compiled = compile(piece)
  if (how === undefined) return compiled
  const name = names.get(compiled.text) ?? `s${names.size}`
  if (!names.has(compiled.text)) {
    if (names.size >= mostPrepared) return compiled
    names.set(compiled.text, name)
  }
  return { name, ...compiled }
}

async function inTransaction<T>(pool: pg.Pool, work: (tx: Db) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  const later: (() => void)[] = []
  const tx: Db = {
    client,
    query: async (piece, how) => (await client.query(statement(piece, how))).rows,
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
