import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { copyRows } from './copy-rows.ts'

const escapes: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r', '\b': '\\b', '\f': '\\f', '\v': '\\v' }
const copyOf = (rows: string[][]) => Buffer.from(rows.map(row => `${row.map(cell => cell.replace(/[\\\t\n\r\b\f\v]/g, mark => escapes[mark] ?? mark)).join('\t')}\n`).join(''))

async function* broken(bytes: Buffer, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

async function read(bytes: Buffer, size: number) {
  const rows: string[][] = []
  for await (const page of copyRows(broken(bytes, size))) rows.push(...page)
  return rows
}

const cell = fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: fc.constantFrom('\\', '\t', '\n', '\r', '\b', 'n', 't', 'N', '.', '客', '😀', '\ufeff') }))

test('rows of a COPY are read as they were, wherever the bytes are broken', async () => {
  await fc.assert(fc.asyncProperty(fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { maxLength: 6 }), fc.integer({ min: 1, max: 40 }), async (rows, size) => {
    const whole = rows.map(row => row.map(text => text.toWellFormed()))
    assert.deepEqual(await read(copyOf(whole), size), whole)
  }), { numRuns: 300 })
})

test('a COPY that breaks off in a row is an error, not a shorter list', async () => {
  await assert.rejects(read(Buffer.from('甲\t乙\n丙'), 5), /middle of a row/)
})
