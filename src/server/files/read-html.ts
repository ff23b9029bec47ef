import { readFileSync, statSync } from 'node:fs'
import { Problem } from '#shared/problem.ts'
import { detectEncoding } from './encoding.ts'
import { htmlTables } from './html-tables.ts'
import { inBatches } from './read-binary.ts'
import type { OpenOptions, Reading } from './read.ts'

const MAX_SIZE = 20_000_000

/** A page with tables, as web systems export it under the name of .xls. Each table is a sheet named by its number; the longest is read. */
export async function readHtml(path: string, options: OpenOptions): Promise<Reading> {
  if (statSync(path).size > MAX_SIZE) throw new Problem('file.tooLarge', { limit: '20 MB' })
  const page = readFileSync(path)
  const encoding = await pageEncoding(path, page, options.encoding)
  const tables = htmlTables(new TextDecoder(encoding).decode(page))
  const longest = tables.reduce((best, table) => (table.length > best.length ? table : best), [])
  if (!longest.length) throw new Problem('file.empty')

  const rows = options.sheet === undefined ? longest : tables[Number(options.sheet) - 1]
  if (!rows) throw new Problem('file.sheetUnknown', { sheet: options.sheet ?? '' })
  const sheets = tables.map((_, index) => ({ name: String(index + 1), hidden: false }))
  return { format: 'html', encoding, sheets, sheet: String(tables.indexOf(rows) + 1), findings: [], rows: () => inBatches(rows) }
}

/** What the bytes are comes before what the page says; its word decides among the Chinese encodings. */
async function pageEncoding(path: string, page: Buffer, asked: string | undefined) {
  const { name } = await detectEncoding(path, asked)
  const declared = /charset\s*=\s*["']?([\w-]+)/i.exec(page.toString('latin1', 0, 4096))?.[1]
  if (asked !== undefined || name.startsWith('utf') || !declared) return name
  return /^(gb|big5)/i.test(declared) ? new TextDecoder(declared).encoding : name
}
