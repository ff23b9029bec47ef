import assert from 'node:assert/strict'
import { createWriteStream, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { copyLine } from '../db/copy.ts'
import { copyRows } from './copy-rows.ts'
import { writeCopyAsCsv } from './copy-to-csv.ts'
import type { Column } from './table.ts'
import { writeCsv } from './write-csv.ts'

const folder = mkdtempSync(join(tmpdir(), 'kebu-copy-csv-'))
after(() => rmSync(folder, { recursive: true }))

const kinds = ['text', 'number', 'money', 'percent', 'date', 'datetime'] as const
const columns: Column[] = kinds.map(kind => ({ header: kind, kind }))

async function* broken(bytes: Buffer, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield Uint8Array.from(bytes.subarray(at, at + size))
}

const letters = ['"', '\r', '\n', '\t', ',', ';', '|', '\x1a', '\\', '=', '＝', '－', '-', '+', '@', "'", ' ', '\u00a0', '\u3000', '\u2003', '\ufeff', '。', '客', '鿿', '㐀', '😀', 'é', 's', 'sep=', 'T', 'Z', '9', '.', '%', '2024-05-10T06:30:00Z', '2024-05-10 06:30:00']
const cell = fc.oneof(fc.string({ unit: fc.constantFrom(...letters), maxLength: 4 }), fc.string({ unit: 'grapheme' }), fc.double({ noNaN: true }).map(String))
  .map(text => text.toWellFormed().replaceAll('\0', ''))
const table = fc.array(fc.tuple(...kinds.map(() => cell)), { minLength: 1, maxLength: 5 })

test('the quick way from COPY to csv gives the same file as the slow one', async () => {
  await fc.assert(fc.asyncProperty(table, fc.integer({ min: 1, max: 60 }), async (rows, size) => {
    const bytes = Buffer.from(rows.map(row => copyLine(row)).join(''))
    const [quick, slow] = [join(folder, 'quick.csv'), join(folder, 'slow.csv')]
    const counts: number[] = []
    const written = await writeCopyAsCsv(createWriteStream(quick), { columns, pieces: broken(bytes, size) }, count => counts.push(count))
    const expected = await writeCsv(createWriteStream(slow), { columns, rows: copyRows(broken(bytes, size)) })
    assert.equal(readFileSync(quick, 'utf8'), readFileSync(slow, 'utf8'))
    assert.deepEqual(written, expected)
    assert.equal(counts.at(-1), rows.length)
  }), { numRuns: 400 })
})
