import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { Problem } from '#shared/problem.ts'
import { type Cell, type OpenOptions, openFile, type SourceRow } from './read.ts'

const folder = new URL('../../../test/files/', import.meta.url)

interface OddFile {
  file: string
  odd: string
  expect: string
  rows?: number | null
  codes?: string[]
  check?: [number, string, string][]
}

const { cases }: { cases: OddFile[] } = JSON.parse(readFileSync(new URL('odd/manifest.json', folder), 'utf8'))

/** What the manifest's codes are called here; the others concern headers and values and are found after reading. */
const codes: Record<string, string[]> = {
  EMPTY_FILE: ['file.empty'],
  ZIP_TRUNCATED: ['file.truncated'],
  ZIP_CORRUPT: ['file.corrupt'],
  ZIP_BOMB: ['file.bomb'],
  XML_DTD: ['file.dtd'],
  FILE_ENCRYPTED: ['file.encrypted'],
  EXTENSION_MISMATCH: ['file.extensionMismatch'],
  CSV_UNCLOSED_QUOTE: ['csv.unclosedQuote'],
  CELL_ERROR_VALUE: ['cell.errorValue'],
  FORMULA_NO_CACHE: ['cell.formulaNoCache'],
}

/** Rows that are no data: titles, notes, headers of two rows, totals; finding them is the importer's work. */
const notData: Record<string, number> = { 'a37-trailing-junk.csv': 3, 'a38-header-not-first.csv': 3, 'b07-title-notes-two-level-header.xlsx': 4 }

for (const odd of cases.filter(one => one.expect === 'reject')) {
  test(`${odd.file} is refused: ${odd.odd}`, async () => {
    await assert.rejects(readAll(`odd/${odd.file}`), error => error instanceof Problem && (odd.codes ?? []).flatMap(code => codes[code] ?? []).includes(error.code))
  })
}

for (const odd of cases.filter(one => one.expect !== 'reject')) {
  test(`${odd.file} is read: ${odd.odd}`, async () => {
    const { info, rows } = await readAll(`odd/${odd.file}`)
    if (typeof odd.rows === 'number') assert.equal(rows.length - (notData[odd.file] ?? 1), odd.rows)
    const found = [...info.findings.map(finding => finding.code), ...rows.flatMap(row => row.cells.flatMap(cell => errorOf(cell) ?? []))]
    for (const code of (odd.codes ?? []).flatMap(one => codes[one] ?? [])) assert.ok(found.includes(code), `${code} in ${found.join(' ')}`)
    for (const [index, header, value] of odd.check ?? []) assert.equal(textOf(valueAt(rows, index, header)), value)
  })
}

test('a file with a password opens with it, and says so when it is wrong', async () => {
  const { rows } = await readAll('odd/b41-password.xlsx', { password: 'Corpus#2024' })
  assert.equal(rows.length, 4)
  await assert.rejects(readAll('odd/b41-password.xlsx', { password: 'Corpus#2023' }), { code: 'file.wrongPassword' })
})

test('a quote that never closes costs its own row only', async () => {
  const { rows, info } = await readAll('odd/a13-unclosed-quote.csv')
  assert.deepEqual(rows.map(row => row.row), [1, 2, 3, 4])
  assert.equal(errorOf(rows[1]?.cells[1] ?? null), 'csv.unclosedQuote')
  assert.equal(rows[2]?.cells[1], '上海样本制造有限公司')
  assert.deepEqual(info.findings, [{ code: 'csv.unclosedQuote', values: { row: 2 } }])
})

test('the company list of 5,000 in Excel is read whole, hidden rows too', async () => {
  const { info, rows } = await readAll('customers-5000-messy.xlsx')
  assert.equal(info.format, 'xlsx')
  assert.deepEqual(rows.map(row => row.row).filter(row => row <= 5), [1, 2, 4, 5])
  assert.equal(rows.filter(row => row.row > 4).length, 5000)
  assert.ok(rows.some(row => row.hidden))
  assert.deepEqual(rows[3]?.cells.slice(0, 4), ['KH00000001', '朝阳启航瑞丰医疗器械有限公司', '王桂', 18484152911])
  assert.deepEqual(rows[3]?.cells.slice(13, 17), [{ date: '2025-03-20' }, { date: '2025-06-10T08:33:36' }, 548348.84, 18278.294666666665])
})

test('the company list in a GBK csv, 5,000 customers and 15 of them twice, is read whole', async () => {
  const { info, rows } = await readAll('customers-5000-gbk.csv')
  assert.equal(info.encoding, 'gb18030')
  assert.equal(rows.length, 5016)
  assert.ok(rows.every(row => row.cells.length <= 17))
  assert.equal(rows.at(-1)?.cells[16], '希望试用一个月')
})

test('dates are dates, whatever their format, and impossible ones are not made up', async () => {
  const { rows } = await readAll('odd/b02-date-serials.xlsx')
  assert.deepEqual(rows.slice(1).map(row => row.cells[1]), [
    { date: '2024-01-05' }, { date: '2024-01-05' }, { date: '2024-01-05T14:30:00' }, { date: '2024-01-05' }, { date: '2024-01-05' },
    { error: 'date.impossible', raw: '60' }, { date: '1900-02-28' }, '12:00:00', { error: 'date.impossible', raw: '-1' }, { error: 'date.impossible', raw: '2958466' }, 45296,
  ])
})

async function readAll(name: string, options: Partial<OpenOptions> = {}) {
  const file = await openFile(new URL(name, folder).pathname, { name, ...options })
  const rows: SourceRow[] = []
  for await (const batch of file.rows()) rows.push(...batch)
  return { info: file.info, rows }
}

const errorOf = (cell: Cell) => (cell !== null && typeof cell === 'object' && 'error' in cell ? cell.error : null)

function valueAt(rows: SourceRow[], index: number, header: string) {
  const head = rows.findLastIndex(row => row.cells.some(cell => String(cell).startsWith(header)))
  const column = rows[head]?.cells.findIndex(cell => String(cell).startsWith(header)) ?? -1
  return rows[head + index]?.cells[column] ?? null
}

const textOf = (cell: Cell) => (cell !== null && typeof cell === 'object' && 'date' in cell ? cell.date : String(cell).trim())
