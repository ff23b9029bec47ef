import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { createWriteStream, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { type Cell, openFile } from './read.ts'
import type { Column } from './table.ts'
import { writeCsv } from './write-csv.ts'
import { writeXlsx } from './write-xlsx.ts'

const folder = mkdtempSync(join(tmpdir(), 'kebu-write-'))
after(() => rmSync(folder, { recursive: true }))

const columns: Column[] = [
  { header: '客户名称', kind: 'text' },
  { header: '手机号', kind: 'text' },
  { header: '累计交易金额', kind: 'money' },
  { header: '折扣', kind: 'percent' },
  { header: '首次接触时间', kind: 'date' },
  { header: '更新时间', kind: 'datetime' },
]
const rows = [
  ['北京示例科技有限公司', '13800138000', '50000.00', '12.5', '2024-05-10', '2024-05-10T06:30:00.000Z'],
  ['=cmd|\' /C calc\'!A0', '+86 13900139001', '-0.1', null, '1900-01-15', null],
  ['第一行\r\n第二行 "引号" _x0041_', '\t=1+1', '123456789012345678.90', '', null, null],
]

test('an exported workbook is read back typed: amounts, dates and percentages are no text, and texts no formulas', async () => {
  const { cells } = await viaXlsx(columns, rows)
  assert.deepEqual(cells, [
    columns.map(column => column.header),
    ['北京示例科技有限公司', '13800138000', 50000, '12.5%', { date: '2024-05-10' }, { date: '2024-05-10T14:30:00' }],
    ['=cmd|\' /C calc\'!A0', '+86 13900139001', -0.1, null, '1900-01-15'],
    ['第一行\r\n第二行 "引号" _x0041_', '\t=1+1', '123456789012345678.90'],
  ])
})

test('an exported csv is read back as it was', async () => {
  const { cells } = await viaCsv(columns, rows)
  assert.deepEqual(cells, [
    columns.map(column => column.header),
    ['北京示例科技有限公司', '13800138000', '50000.00', '12.5%', '2024-05-10', '2024-05-10 14:30:00'],
    ['=cmd|\' /C calc\'!A0', '+86 13900139001', '-0.1', null, '1900-01-15'],
    ['第一行\r\n第二行 "引号" _x0041_', '\t=1+1', '123456789012345678.90'],
  ])
})

test('a csv guards what looks like a formula, but not a negative number in a column of numbers', async () => {
  const path = join(folder, 'guarded.csv')
  await writeCsv(createWriteStream(path), { columns: [{ header: '备注', kind: 'text' }, { header: '金额', kind: 'number' }], rows: batches([['=1+1', '-5'], ['－5', '=1'], ["'=1", '0.5']]) })
  assert.equal(readFileSync(path, 'utf8'), "\ufeff备注,金额\r\n'=1+1,-5\r\n'－5,'=1\r\n''=1,0.5\r\n")
})

test('any text survives a workbook', async () => {
  await fc.assert(fc.asyncProperty(textRows, async table => {
    const { cells } = await viaXlsx(textColumns, table)
    assert.deepEqual(cells, expected(table))
  }), { numRuns: 150 })
})

test('any text survives a csv', async () => {
  await fc.assert(fc.asyncProperty(textRows, async table => {
    const { cells } = await viaCsv(textColumns, table)
    assert.deepEqual(cells, expected(table))
  }), { numRuns: 150 })
})

test('a text that is too long for a cell is cut, never in the middle of a character, and counted', async () => {
  const { cells, cut } = await viaXlsx([{ header: '备注', kind: 'text' }], [['x'.repeat(32_766) + '😀'], ['x'.repeat(32_767)]])
  assert.equal(cut, 1)
  assert.deepEqual(cells.slice(1), [['x'.repeat(32_766)], ['x'.repeat(32_767)]])
})

test('a template offers its choices and still reads as a table of the visible sheet', async () => {
  const path = join(folder, 'template.xlsx')
  const validations = [{ column: 0, options: ['普通客户', '重点客户', 'A&B "C"'] }]
  await writeXlsx(createWriteStream(path), { sheet: '客户[2024]/模板', title: '客户导入模板', watermark: '李雷 & 2024-05-10', columns: [{ header: '等级', kind: 'text' }, { header: '名称', kind: 'text' }], rows: batches([['重点客户', '甲']]), validations })
  const { info, cells } = await readBack(path, 'template.xlsx')
  assert.deepEqual(info.sheets, [{ name: '客户 2024  模板', hidden: false }, { name: '_lists', hidden: true }])
  assert.deepEqual(cells, [['客户导入模板'], ['等级', '名称'], ['重点客户', '甲']])
})

test('the checksum that is told is the checksum of the file', async () => {
  const { path, sha256, rows: count } = await viaXlsx(columns, rows)
  assert.equal(sha256, createHash('sha256').update(readFileSync(path)).digest('hex'))
  assert.equal(count, 3)
})

test('a failing source or a closed file is an error, not a shorter file', { timeout: 10_000 }, async () => {
  async function* failing() {
    yield [['甲']]
    throw new Error('the database went away')
  }
  await assert.rejects(writeXlsx(createWriteStream(join(folder, 'failing.xlsx')), { sheet: 'a', columns: [{ header: '名称', kind: 'text' }], rows: failing() }), /went away/)
  await assert.rejects(writeCsv(createWriteStream(join(folder, 'failing.csv')), { columns: [{ header: '名称', kind: 'text' }], rows: failing() }), /went away/)
  await assert.rejects(writeXlsx(createWriteStream(join(folder, 'no', 'such', 'folder.xlsx')), { sheet: 'a', columns, rows: batches(rows) }), { code: 'ENOENT' })
})

const textColumns: Column[] = [{ header: 'a', kind: 'text' }, { header: 'b', kind: 'text' }, { header: 'end', kind: 'text' }]
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom("'", '=', '"', ',', '\r', '\n', '\t', '＝', '_x0041_', '_x005F_', '&', '<', '😀', '客', ' ', ';') }),
)
const textRows = fc.array(fc.tuple(anyText, anyText, fc.constant('.')), { minLength: 1, maxLength: 8 })
const expected = (table: string[][]) => [['a', 'b', 'end'], ...table.map(row => row.map(text => text || null))]

async function* batches(all: unknown[][]) {
  yield all.slice(0, 2)
  yield []
  yield all.slice(2)
}

async function viaXlsx(tableColumns: Column[], all: unknown[][]) {
  const path = join(folder, 'table.xlsx')
  const written = await writeXlsx(createWriteStream(path), { sheet: '客户', columns: tableColumns, rows: batches(all) })
  return { path, ...written, ...(await readBack(path, 'table.xlsx')) }
}

async function viaCsv(tableColumns: Column[], all: unknown[][]) {
  const path = join(folder, 'table.csv')
  const written = await writeCsv(createWriteStream(path), { columns: tableColumns, rows: batches(all) })
  return { path, ...written, ...(await readBack(path, 'table.csv')) }
}

async function readBack(path: string, name: string) {
  const file = await openFile(path, { name })
  const cells: Cell[][] = []
  for await (const batch of file.rows()) for (const row of batch) cells.push(row.cells)
  return { info: file.info, cells }
}
