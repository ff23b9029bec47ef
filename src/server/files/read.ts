import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { extname } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { type Finding, Problem } from '#shared/problem.ts'
import { type Bytes, bufferBytes, fileBytes } from './bytes.ts'
import { decrypt, isEncrypted } from './password.ts'
import { readBinary } from './read-binary.ts'
import { readCsv } from './read-csv.ts'
import { readHtml } from './read-html.ts'
import { readXlsx } from './read-xlsx.ts'
import { sniff } from './sniff.ts'
import { openZip } from './zip.ts'

/** `date` is 'YYYY-MM-DD' or 'YYYY-MM-DDTHH:mm:ss'; `error` a translation key, with what stood there as `raw`. */
export type Cell = string | number | boolean | null | { date: string } | { error: string; raw?: string }

export interface SourceRow {
  /** As a person counts in the file, from 1; rows without any value are left out but counted. */
  row: number
  hidden: boolean
  cells: Cell[]
}

export type Format = 'xlsx' | 'xls' | 'xlsb' | 'ods' | 'csv' | 'html'

export interface FileInfo {
  format: Format
  encoding: string | null
  sheets: { name: string; hidden: boolean }[]
  sheet: string | null
  /** Complete once the rows have been read to their end. */
  findings: Finding[]
  sha256: string
}

export interface OpenOptions {
  /** The name that the file has at its owner's: only its ending is looked at. */
  name: string
  password?: string
  sheet?: string
  encoding?: string
}

export interface OpenFile {
  info: FileInfo
  /** Once only; breaking out of the loop closes the file. */
  rows(): AsyncIterable<SourceRow[]>
  /** For whoever does not read the rows. */
  close(): void
}

/** What every reader of one format gives. */
export interface Reading {
  format: Format
  encoding: string | null
  sheets: { name: string; hidden: boolean }[]
  sheet: string | null
  findings: Finding[]
  rows(): AsyncIterable<SourceRow[]>
}

/** Opens a table of any supported format by what it is, not by what it is called. Refusals are `file.…` problems. */
export async function openFile(path: string, options: OpenOptions): Promise<OpenFile> {
  const bytes = fileBytes(path)
  try {
    const reading = await openBytes(path, bytes, options)
    const { rows, ...about } = reading
    const findings = about.findings
    if (!endings[about.format].includes(extname(options.name).toLowerCase())) {
      findings.push({ code: 'file.extensionMismatch', values: { name: options.name, format: about.format } })
    }
    return { info: { ...about, findings, sha256: await sha256Of(path) }, rows: () => closing(rows(), bytes), close: bytes.close }
  } catch (error) {
    bytes.close()
    throw error
  }
}

const endings: Record<Format, string[]> = {
  xlsx: ['.xlsx', '.xlsm', '.xltx', '.xltm'],
  xls: ['.xls', '.xlt'],
  xlsb: ['.xlsb'],
  ods: ['.ods'],
  csv: ['.csv', '.txt', '.tsv'],
  html: ['.html', '.htm'],
}

async function openBytes(path: string, bytes: Bytes, options: OpenOptions): Promise<Reading> {
  switch (sniff(bytes)) {
    case 'empty': throw new Problem('file.empty')
    case 'zip': return openZipped(bytes, options)
    case 'ole2': return openOle(bytes, options)
    case 'xmlSheet': return readBinary(bytes, 'xls', options)
    case 'html': return readHtml(path, options)
    case 'text': return readCsv(path, options)
    case 'unknown': throw new Problem('file.unknown')
  }
}

async function openZipped(bytes: Bytes, options: OpenOptions): Promise<Reading> {
  const zip = openZip(bytes)
  if (zip.entries.has('xl/workbook.bin')) return readBinary(bytes, 'xlsb', options)
  if (zip.entries.has('content.xml')) return readBinary(bytes, 'ods', options)
  return readXlsx(zip, options)
}

/** The container of the old .xls, and of anything with a password. */
async function openOle(bytes: Bytes, options: OpenOptions): Promise<Reading> {
  if (!isEncrypted(bytes)) return readBinary(bytes, 'xls', options)
  if (!options.password) throw new Problem('file.encrypted')
  const plain = bufferBytes(await decrypt(bytes, options.password))
  return sniff(plain) === 'zip' ? openZipped(plain, options) : readBinary(plain, 'xls', options)
}

async function* closing(rows: AsyncIterable<SourceRow[]>, bytes: Bytes) {
  try {
    yield* rows
  } finally {
    bytes.close()
  }
}

async function sha256Of(path: string) {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash)
  return hash.digest('hex')
}
