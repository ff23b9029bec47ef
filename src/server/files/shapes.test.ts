import assert from 'node:assert/strict'
import { createWriteStream, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { Problem } from '#shared/problem.ts'
import { type OpenOptions, openFile, type SourceRow } from './read.ts'
import { contentTypesXml, packageRelationsXml, stylesXml, workbookRelationsXml, workbookXml } from './xlsx-parts.ts'
import { zipWriter } from './zip-write.ts'

const folder = mkdtempSync(join(tmpdir(), 'kebu-shapes-'))
after(() => rmSync(folder, { recursive: true }))

test('rows and cells need not say where they stand, and may stand out of order', async () => {
  const rows = await sheet('<row><c t="str"><v>甲</v></c><c/><c><v>3</v></c></row><row/><row r="7"><c r="C7"><v>1.5</v></c><c r="A7" t="b"><v>1</v></c></row>')
  assert.deepEqual(rows, [{ row: 1, hidden: false, cells: ['甲', null, 3] }, { row: 7, hidden: false, cells: [true, null, 1.5] }])
})

test('a workbook may give every tag a prefix and use single quotes', async () => {
  const xml = `<x:worksheet xmlns:x='m'><x:cols><x:col min='1' max='1'/></x:cols><x:sheetData><x:row r='1' hidden='1'><x:c r='A1' t='inlineStr'><x:is><x:r><x:t>中</x:t></x:r><x:r><x:t>文</x:t></x:r></x:is></x:c><x:c r='B1'><x:f>1+1</x:f><x:v>2</x:v></x:c></x:row></x:sheetData></x:worksheet>`
  assert.deepEqual(await sheetXml(xml), [{ row: 1, hidden: true, cells: ['中文', 2] }])
})

test('entities, CDATA and line ends of XML are text', async () => {
  const rows = await sheet('<row><c t="inlineStr"><is><t>A&amp;B &#x5BA2; &#23458;\r\n<![CDATA[<&amp;>]]></t></is></c></row>')
  assert.deepEqual(rows[0]?.cells, ['A&B 客 客\n<&amp;>'])
})

test('a sheet in another order of bytes is read too', async () => {
  const xml = Buffer.from('\ufeff<worksheet><sheetData><row r="1"><c r="A1" t="str"><v>客户</v></c></row><row r="2"><c r="B2"><v>1</v></c></row></sheetData><mergeCells><mergeCell ref="A1:A2"/></mergeCells></worksheet>', 'utf16le')
  assert.deepEqual((await sheetXml(xml)).map(row => row.cells), [['客户'], ['客户', 1]])
})

test('a merged value is given downwards, only to rows that have something of their own', async () => {
  const rows = await sheet(
    '<row r="1"><c r="A1" t="str"><v>标题</v></c></row><row r="2"><c r="A2" t="str"><v>甲</v></c><c r="B2"><v>1</v></c></row><row r="3"><c r="B3"><v>2</v></c></row><row r="4"><c r="A4"/></row><row r="5"><c r="B5"><v>3</v></c></row>',
    '<mergeCells count="3"><mergeCell ref="A1:C1"/><mergeCell ref="A2:A4"/><mergeCell ref="C5:C9"/></mergeCells>',
  )
  assert.deepEqual(rows.map(row => [row.row, ...row.cells]), [[1, '标题'], [2, '甲', 1], [3, '甲', 2], [5, null, 3]])
})

test('numbers that a spreadsheet cannot hold are said to be lost', async () => {
  const rows = await sheet('<row><c><v>999999999999999</v></c><c><v>9007199254740991</v></c><c><v>110101199003070000</v></c><c><v>6222020200112230</v></c><c><v>1E+400</v></c><c><v>abc</v></c></row>')
  const lost = (raw: string) => ({ error: 'number.precisionLost', raw })
  assert.deepEqual(rows[0]?.cells, [999999999999999, 9007199254740991, lost('110101199003070000'), lost('6222020200112230'), lost('1E+400'), { error: 'cell.badNumber', raw: 'abc' }])
})

test('a part that ends early or asks for a document type is refused', async () => {
  await assert.rejects(sheetXml('<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row>'), { code: 'file.corrupt' })
  await assert.rejects(sheetXml(`<?xml version="1.0"?><!-- ${'x'.repeat(100_000)} --><!DOCTYPE x [<!ENTITY a "b">]><worksheet><sheetData/></worksheet>`), { code: 'file.dtd' })
})

test('a sheet that is not there is named in the refusal', async () => {
  await assert.rejects(sheetXml('<worksheet><sheetData/></worksheet>', { sheet: '去年' }), (error: Problem) => error.code === 'file.sheetUnknown' && error.values.sheet === '去年')
  await assert.rejects(sheetXml('<worksheet><sheetData/></worksheet>'), { code: 'file.empty' })
})

test('a damaged workbook is refused or read as it was: never half, never a crash', { timeout: 120_000 }, async () => {
  const good = readFileSync(new URL('../../../test/files/odd/b01-basic.xlsx', import.meta.url))
  const whole = JSON.stringify(await bytesOf(good, 'good.xlsx'))
  const damage = fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 })
  await fc.assert(fc.asyncProperty(damage, fc.nat(good.length), fc.boolean(), async (changes, length, isCut) => {
    const bytes = Buffer.from(isCut ? good.subarray(0, length) : good)
    for (const [at, byte] of changes) if (at < bytes.length) bytes[at] = byte
    try {
      const read = await bytesOf(bytes, 'damaged.xlsx')
      // Unknown bytes are honestly text; what is read as a workbook must be whole.
      if (bytes.toString('latin1', 0, 4) === 'PK\x03\x04') assert.equal(JSON.stringify(read), whole)
    } catch (error) {
      if (!(error instanceof Problem)) throw error
    }
  }), { numRuns: 250 })
})

test('a csv may come in any of the encodings of the Chinese world', async () => {
  const text = '客戶編號,客戶名稱\r\n1,臺灣範例科技股份有限公司\r\n2,香港樣本貿易有限公司\r\n'
  const cells = [['客戶編號', '客戶名稱'], ['1', '臺灣範例科技股份有限公司'], ['2', '香港樣本貿易有限公司']]
  for (const [name, bytes] of [['utf-8', Buffer.from(text)], ['utf-16le', Buffer.from(text, 'utf16le')], ['utf-16be', Buffer.from(text, 'utf16le').swap16()]] as const) {
    assert.deepEqual((await bytesOf(bytes, `${name}.csv`)).map(row => row.cells), cells)
  }
  assert.equal((await bytesOf(encode('gb18030', text), 'gbk.csv'))[1]?.cells[1], '臺灣範例科技股份有限公司')
  assert.equal((await bytesOf(encode('big5', text), 'all-big5.csv'))[1]?.cells[1], '臺灣範例科技股份有限公司')
})

test('one damaged character costs itself, not the encoding of the file', async () => {
  const bytes = Buffer.from(`客户名称,备注\n${'北京示例科技有限公司,咨询采购系统\n'.repeat(20)}`)
  bytes[200] = 0xff
  const path = write(bytes, 'damaged.csv')
  const file = await openFile(path, { name: 'damaged.csv' })
  assert.equal(file.info.encoding, 'utf-8')
  assert.deepEqual(file.info.findings, [{ code: 'file.badCharacters', values: { encoding: 'utf-8' } }])
  file.close()
})

test('the delimiter is the one that cuts lines alike, or the one the file names', async () => {
  assert.deepEqual(await csv('名称;金额\n甲;1.234,50\n乙;2,5\n'), [['名称', '金额'], ['甲', '1.234,50'], ['乙', '2,5']])
  assert.deepEqual(await csv('名称\t备注\n甲\t"a,b"\n'), [['名称', '备注'], ['甲', 'a,b']])
  assert.deepEqual(await csv('sep=|\r\n名称|a,b\r\n'), [['名称', 'a,b']])
  assert.deepEqual(await csv('名称\n甲\n\n乙'), [['名称'], ['甲'], ['乙']])
})

test('quotes are forgiven where they can be, and cost their row where they cannot', async () => {
  assert.deepEqual(await csv('a,b\n"他说 "好" 的",1\nx"y,2\n"",3\n'), [['a', 'b'], ['他说 "好" 的', '1'], ['x"y', '2'], [null, '3']])
  assert.deepEqual(await csv('a,b\n1,"开\n2,"合"\n3,4\n'), [['a', 'b'], ['1', { error: 'csv.unclosedQuote', raw: '"开' }], ['2', '合'], ['3', '4']])
  const long = await csv(`a,b\n1,"开\n${'行,x\n'.repeat(60_000)}`)
  assert.equal(long.length, 60_002)
})

test('a page with tables gives the longest: spans, entities, line breaks, missing end tags', async () => {
  const html = '<html><body><table><tr><td>菜单</table><table border=1><tr><th>名称<th>备注<tr><td rowspan=2>甲&amp;乙&nbsp;公司</td><td>一<br>二</td></tr><tr style="display:none"><td>三<script>x</script></td></tr><tr><td colspan="2">合计</td></tr></table></body></html>'
  const rows = await bytesOf(Buffer.from(html), 'page.xls')
  assert.deepEqual(rows.map(row => row.cells), [['名称', '备注'], ['甲&乙 公司', '一\n二'], ['甲&乙 公司', '三'], ['合计']])
  assert.deepEqual(rows.map(row => row.hidden), [false, false, true, false])
})

test('pictures, programs and documents are no tables', async () => {
  const png = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1'), Buffer.alloc(200, 7)])
  await assert.rejects(bytesOf(png, 'a.csv'), { code: 'file.unknown' })
  await assert.rejects(bytesOf(Buffer.from('d0cf11e0a1b11ae1'.padEnd(2048, '0'), 'hex'), 'a.xls'), { code: 'file.corrupt' })
  const path = join(folder, 'document.docx')
  const zip = zipWriter(createWriteStream(path), 1)
  await zip.add('word/document.xml', '<document/>')
  await zip.end()
  await assert.rejects(openFile(path, { name: 'a.xlsx' }), { code: 'file.unknown' })
})

const sheet = (rows: string, tail = '') => sheetXml(`<worksheet><sheetData>${rows}</sheetData>${tail}</worksheet>`)

async function sheetXml(xml: string | Buffer, options: Partial<OpenOptions> = {}) {
  const path = join(folder, 'made.xlsx')
  const zip = zipWriter(createWriteStream(path), 6)
  const sheets = [{ name: '客户', hidden: false }]
  await zip.add('_rels/.rels', packageRelationsXml)
  await zip.add('xl/workbook.xml', workbookXml(sheets))
  await zip.add('xl/_rels/workbook.xml.rels', workbookRelationsXml(sheets))
  await zip.add('xl/styles.xml', stylesXml)
  await zip.add('xl/worksheets/sheet1.xml', xml)
  await zip.add('[Content_Types].xml', contentTypesXml(sheets))
  await zip.end()
  return read(path, { name: 'made.xlsx', ...options })
}

const csv = async (text: string) => (await bytesOf(Buffer.from(text), 'made.csv')).map(row => row.cells)

function write(bytes: Buffer, name: string) {
  const path = join(folder, name)
  writeFileSync(path, bytes)
  return path
}

const bytesOf = (bytes: Buffer, name: string) => read(write(bytes, name), { name })

async function read(path: string, options: OpenOptions) {
  const rows: SourceRow[] = []
  for await (const batch of (await openFile(path, options)).rows()) rows.push(...batch)
  return rows
}

/** Node only decodes the old encodings: the table is turned round. */
function encode(encoding: string, text: string) {
  const decoder = new TextDecoder(encoding)
  const codes = new Map<string, Buffer>()
  for (let lead = 0x81; lead < 0xff; lead++) for (let trail = 0x40; trail < 0xff; trail++) codes.set(decoder.decode(Buffer.of(lead, trail)), Buffer.of(lead, trail))
  return Buffer.concat([...text].map(character => (character < '\x80' ? Buffer.from(character) : (codes.get(character) ?? Buffer.from('?')))))
}
