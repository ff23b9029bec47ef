import { pipeline } from 'node:stream/promises'
import { Readable } from 'node:stream'
import { from as copyFrom } from 'pg-copy-streams'
import type { Db } from './connect.ts'

/** Writes rows by COPY, inside the caller's transaction. Table and columns are names of the catalog; `lines` are rows of `copyLine`. */
export async function copyIn(db: Db, table: string, columns: readonly string[], lines: Iterable<string>): Promise<void> {
  if (!db.client) throw new Error('COPY needs a transaction')
  const names = [table, ...columns]
  if (names.some(name => !/^[a-z_][a-z0-9_]{0,62}$/.test(name))) throw new Error(`not an identifier among ${names.join(', ')}`)
  const stream = db.client.query(copyFrom(`copy "${table}" (${columns.map(name => `"${name}"`).join(', ')}) from stdin`))
  await pipeline(Readable.from(pieces(lines)), stream)
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
  if (Array.isArray(value)) return escape(`{${value.map(item => `"${String(item).replace(/[\\"]/g, mark => `\\${mark}`)}"`).join(',')}}`)
  return escape(typeof value === 'object' ? JSON.stringify(value) : String(value))
}
