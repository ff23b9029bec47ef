import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openFile, type SourceRow } from './read.ts'
import { readInWorker } from './worker.ts'

const path = (name: string) => new URL(`../../../test/files/${name}`, import.meta.url).pathname

test('a worker reads the same as we would', async () => {
  const [own, worked] = [await openFile(path('customers-5000-messy.xlsx'), { name: 'a.xlsx' }), await readInWorker(path('customers-5000-messy.xlsx'), { name: 'a.xlsx' })]
  assert.deepEqual(worked.info, own.info)
  assert.deepEqual(await allRows(worked.rows()), await allRows(own.rows()))
})

test('what a worker finds on the way is known at the end', async () => {
  const file = await readInWorker(path('odd/a13-unclosed-quote.csv'), { name: 'a.csv' })
  assert.equal((await allRows(file.rows())).length, 4)
  assert.deepEqual(file.info.findings, [{ code: 'csv.unclosedQuote', values: { row: 2 } }])
})

test('a refusal comes out of the worker as it is', async () => {
  await assert.rejects(readInWorker(path('odd/b28-corrupt-deflate.xlsx'), { name: 'a.xlsx' }), { code: 'file.corrupt' })
})

test('many files at once take turns, and a reader that stops early gives its place back', { timeout: 60_000 }, async () => {
  const read = async () => {
    const file = await readInWorker(path('customers-5000-messy.xlsx'), { name: 'a.xlsx' })
    for await (const rows of file.rows()) return rows.length
    return 0
  }
  const counts = await Promise.all(Array.from({ length: 6 }, read))
  assert.ok(counts.every(count => count > 0))
})

async function allRows(batches: AsyncIterable<SourceRow[]>) {
  const rows: SourceRow[] = []
  for await (const batch of batches) rows.push(...batch)
  return rows
}
