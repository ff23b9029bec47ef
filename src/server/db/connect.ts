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
  /** The last word of a transaction, sent together with its commit; outside of one it runs at once. */
  beforeCommit(piece: Sql): Promise<void>
  /** What happens after the outermost commit, and only then: hints to watchers, jobs. */
  afterCommit(act: () => void): void
  /** The driver's client for COPY; only inside a transaction. */
  readonly client: Pick<pg.PoolClient, 'query' | 'end'> | null
}

export interface Pool extends Db {
  end(): Promise<void>
  readonly pool: pg.Pool
}

/** Nothing can be written for now: the disk is full, or the embedded database only reads because it nearly is. */
export const isDiskFull = (error: unknown): boolean => error instanceof Error && 'code' in error && (error.code === '53100' || error.code === '25006')

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
  const busy = new Set<pg.PoolClient>()
  pool.on('acquire', client => busy.add(client))
  pool.on('release', (_, client) => busy.delete(client))
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
    beforeCommit: async piece => { await run(piece) },
    afterCommit: act => act(),
    end: () => endSoon(pool, busy),
  }
}

/** ms that statements have to end when the program stops. What is cut off was not committed, and is done again after the next start. */
const patience = 5_000

async function endSoon(pool: pg.Pool, busy: Set<pg.PoolClient>) {
  const timer = setTimeout(() => busy.forEach(client => client.connection.stream.destroy()), patience)
  await pool.end()
  clearTimeout(timer)
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

/**
 * Statements of a transaction are sent without waiting for the answers of those before, and begin and commit travel with a statement:
 * each way to the database and back costs more than the statement of a save.
 */
async function inTransaction<T>(pool: pg.Pool, work: (tx: Db) => Promise<T>): Promise<T> {
  const client: Pipelined = await pool.connect()
  const later: (() => void)[] = []
  const last: Sql[] = []
  let begun: Promise<unknown> | undefined
  const begin = () => {
    begun = client.query('begin')
    // What follows in the transaction fails as well, and tells.
    begun.catch(() => {})
  }
  const send = <Result>(query: () => Promise<Result>) => (begun ? query() : together(client, () => { begin(); return query() }))
  const tx: Db = {
    get client() {
      // COPY keeps the line for itself.
      if (!begun) begin()
      client.pipeline = false
      return client
    },
    query: async (piece, how) => (await send(() => client.query(statement(piece, how)))).rows,
    exec: async text => { await send(() => client.query(text)) },
    transaction: inner => inner(tx),
    beforeCommit: async piece => { last.push(piece) },
    afterCommit: act => { later.push(act) },
  }
  let broken: Error | undefined
  client.pipeline = true
  try {
    const result = await work(tx)
    client.pipeline = true
    if (begun || last.length > 0) await together(client, () => Promise.all([...last.map(piece => tx.query(piece, 'prepared')), client.query('commit')]))
    later.forEach(act => act())
    return result
  } catch (error) {
    if (begun) await client.query('rollback').catch((lost: Error) => { broken = lost })
    throw error
  } finally {
    client.pipeline = false
    client.release(broken)
  }
}

/** The driver lets each connection decide; for us it is each transaction, because COPY must not be pipelined. */
type Pipelined = Omit<pg.PoolClient, 'pipeline'> & { pipeline: boolean }

/** One packet for all that `send` asks. */
function together<Result>({ connection: { stream } }: Pipelined, send: () => Result): Result {
  stream.cork()
  try {
    return send()
  } finally {
    stream.uncork()
  }
}
