import { pipeline } from 'node:stream/promises'
import { Readable } from 'node:stream'
import pg from 'pg'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import type { Db } from './connect.ts'
import type { Sql } from './sql.ts'

/** Writes rows by COPY, inside the caller's transaction. Table and columns are names of the catalog; `lines` are rows of `copyLine`. */
export async function copyIn(db: Db, table: string, columns: readonly string[], lines: Iterable<string>): Promise<void> {
  if (!db.client) throw new Error('COPY needs a transaction')
  const names = [table, ...columns]
  if (names.some(name => !/^[a-z_][a-z0-9_]{0,62}$/.test(name))) throw new Error(`not an identifier among ${names.join(', ')}`)
  const stream = db.client.query(copyFrom(`copy "${table}" (${columns.map(name => `"${name}"`).join(', ')}) from stdin`))
  await pipeline(Readable.from(pieces(lines)), stream)
}

/**
 * The rows of a query by COPY, in PostgreSQL's text format with nothing for null, inside the caller's transaction: half of what rows cost
 * otherwise, and no work for us. Who stops reading before the end loses the connection, and the transaction with it.
 */
export async function* copyOut(db: Db, query: Sql): AsyncGenerator<Buffer> {
  const { client } = db
  if (!client) throw new Error('COPY needs a transaction')
  const rows: AsyncIterable<Buffer> = client.query(copyTo(`copy (${written(query)}) to stdout with (null '')`))
  let isReading = true
  try {
    for await (const piece of rows) yield piece
    isReading = false
  } catch (error) {
    isReading = false
    throw error
  } finally {
    // The rest would have to be read before the connection is of use again.
    if (isReading) await client.end()
  }
}

/** COPY takes no values beside its text, so they stand in it. */
const written = ({ parts, values }: Sql) => parts.reduce((text, part, i) => (i === 0 ? part : `${text}${literal(values[i - 1])}${part}`), '')

/** What the driver would send as a parameter, quoted and without a type, so that PostgreSQL takes it for the same. Anything that nobody has thought of is refused. */
function literal(value: unknown): string {
  if (value === null || value === undefined) return 'null'
  if (Array.isArray(value) && value.every(item => typeof item === 'string')) return literal(arrayText(value))
  if (typeof value === 'boolean' || Number.isFinite(value)) return `'${String(value)}'`
  if (typeof value !== 'string' || value.includes('\0')) throw new Error(`not a value for COPY: ${typeof value}`)
  return pg.escapeLiteral(value)
}

/** Lines in pieces of about 64 kB: one write for each would cost more than the row. */
function* pieces(lines: Iterable<string>): Generator<Buffer> {
  let text = ''
  for (const line of lines) {
    text += line
    if (text.length < 65_536) continue
    yield Buffer.from(text)
    text = ''
  }
  if (text !== '') yield Buffer.from(text)
}

/** One row in PostgreSQL's text format. */
export const copyLine = (values: readonly unknown[]): string => `${values.map(copyValue).join('\t')}\n`

const escapes: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }
const escape = (text: string) => (/[\\\t\n\r]/.test(text) ? text.replace(/[\\\t\n\r]/g, mark => escapes[mark] ?? mark) : text)

function copyValue(value: unknown): string {
  if (value === null || value === undefined) return '\\N'
  if (Array.isArray(value)) return escape(arrayText(value))
  return escape(typeof value === 'object' ? JSON.stringify(value) : String(value))
}

const arrayText = (items: readonly unknown[]) => `{${items.map(item => `"${String(item).replace(/[\\"]/g, mark => `\\${mark}`)}"`).join(',')}}`
