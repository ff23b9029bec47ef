import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { freshDatabase } from '../../../test/database.ts'
import { copyOut } from './copy.ts'
import { raw, sql, type Sql } from './sql.ts'

const db = await freshDatabase('copy')
after(() => db.end())

/** Everything that a query brings by COPY, as text. */
const copied = (query: Sql) => db.transaction(async tx => {
  const pieces: Buffer[] = []
  for await (const piece of copyOut(tx, query)) pieces.push(piece)
  return Buffer.concat(pieces).toString()
})

const evil = fc.string({ unit: fc.oneof(fc.constantFrom("'", '"', '\\', '$', '1', ';', '-', '{', '}', ',', '\n', 'E', '%', '客', '😀'), fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 })) })
  .map(text => text.toWellFormed().replaceAll('\0', ''))

test('a value in the text of a COPY is what it is as a parameter: text, list, number, yes or no, nothing', async () => {
  await fc.assert(fc.asyncProperty(evil, fc.array(evil, { maxLength: 4 }), fc.integer(), fc.boolean(), async (text, list, number, truth) => {
    const query = sql`select md5(${text}::text) || md5(${list}::text[]::text) || ${number}::int || ${truth}::boolean || coalesce(${null}::text, 'nothing') as all`
    const [row] = await db.query<{ all: string }>(query)
    assert.equal(await copied(query), `${row?.all}\n`)
  }), { numRuns: 200 })
})

test('a value that nobody has thought of is refused, a text with a NUL too', async () => {
  for (const value of [{ a: 1 }, new Date(), Number.NaN, [1], 'a\0b', Symbol('x')]) await assert.rejects(copied(sql`select ${value}::text`), /not a value for COPY/)
})

test('who stops reading a COPY leaves the others their connections', async () => {
  const long = sql`select repeat('x', 1000) from generate_series(1, ${raw('1000000')})`
  await assert.rejects(db.transaction(async tx => {
    for await (const piece of copyOut(tx, long)) if (piece.length > 0) throw new Error('enough')
  }), /enough/)
  assert.equal(db.pool.totalCount, db.pool.idleCount)
  assert.equal(await copied(sql`select ${'still here'}`), 'still here\n')
})

test('a COPY that fails on its way says why, and its connection goes on', async () => {
  await assert.rejects(copied(sql`select 1 / (100000 - n) from generate_series(1, ${raw('200000')}) n`), { code: '22012' })
  assert.equal(await copied(sql`select 1`), '1\n')
})
