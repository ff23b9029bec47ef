import assert from 'node:assert/strict'
import { test } from 'node:test'
import { today } from '#shared/dates.ts'
import { isTold, numberOf, presets, readNumber, type NumberPattern } from '#shared/number-pattern.ts'
import { Problem } from '#shared/problem.ts'
import type { Viewer } from '#server/access/viewer.ts'
import type { Pool } from '#server/db/connect.ts'
import { changeField } from '#server/shape/change-field.ts'
import { previewNumbers } from '#server/shape/preview-numbers.ts'
import { smallWorld } from '#test/world.ts'
import { createMany } from './batch.ts'
import { change } from './change.ts'
import { create } from './create.ts'
import { remove } from './remove.ts'
import { newId } from './save.ts'

const day = today('Asia/Shanghai').replaceAll('-', '')
const year = day.slice(0, 4)
const pattern = (db: Pool, viewer: Viewer, wanted: NumberPattern) => db.transaction(tx => changeField(tx, viewer, 'customers', 'number', { pattern: wanted }))
const add = async (db: Pool, viewer: Viewer, values: Record<string, unknown> = {}) => (await create(db, viewer, 'customers', { values: { name: `新客户${newId()}`, ...values } })).number
const daily: NumberPattern = { prefix: 'C-', date: 'day', joint: '-', digits: 1, reset: 'day' }
const yearly: NumberPattern = { prefix: 'CUST-', date: 'year', joint: '-', digits: 3, reset: 'year' }

test('a number of a pattern is read back as what it was made from, and no other number is', () => {
  assert.equal(numberOf(daily, '2026-11-25', 7), 'C-20261125-7')
  assert.equal(numberOf(yearly, '2026-11-25', 7), 'CUST-2026-007')
  assert.equal(numberOf(yearly, '2026-11-25', 12345), 'CUST-2026-12345')
  assert.deepEqual(readNumber(daily, 'C-20261125-12'), { period: '20261125', ordinal: 12 })
  assert.deepEqual(readNumber(yearly, 'CUST-2026-007'), { period: '2026', ordinal: 7 })
  assert.deepEqual(readNumber({ prefix: 'K.(', digits: 2 }, 'K.(07'), { period: '', ordinal: 7 })
  for (const other of ['CUST-2026-', 'CUST-26-001', 'cust-2026-001', 'CUST-2026-00A', 'XCUST-2026-001']) assert.equal(readNumber(yearly, other), null, other)
  assert.deepEqual(presets.map(preset => isTold(preset.pattern)), [true, true, true, true])
})

test('customers of a day are counted from one, those of a year too, and fifty at once never get the same', async () => {
  const { db, boss, lilei } = await smallWorld()
  await db.transaction(tx => changeField(tx, boss, 'customers', 'number', { required: true }))
  await pattern(db, boss, daily)
  const numbers = await Promise.all(Array.from({ length: 50 }, () => add(db, lilei)))
  assert.deepEqual(new Set(numbers), new Set(Array.from({ length: 50 }, (_, i) => `C-${day}-${i + 1}`)))
  await pattern(db, boss, yearly)
  assert.equal(await add(db, lilei), `CUST-${year}-001`)
  const result = await db.transaction(tx => createMany(tx, lilei, 'customers', [{ id: newId(), values: { name: '甲' } }, { id: newId(), values: { name: '乙', number: `CUST-${year}-010` } }, { id: newId(), values: { name: '丙' } }]))
  assert.deepEqual([result.done, result.refused], [3, []])
  assert.equal(await add(db, lilei), `CUST-${year}-013`)
})

test('numbers that are there, deleted ones too, are never given again when a pattern comes back or people type ahead', async () => {
  const { db, boss, lilei } = await smallWorld()
  assert.equal(await add(db, lilei, { number: `CUST-${year}-041` }), `CUST-${year}-041`)
  const gone = await create(db, lilei, 'customers', { values: { name: '删掉的', number: `CUST-${year}-077` } })
  await remove(db, boss, 'customers', gone.id, gone.version)
  await pattern(db, boss, yearly)
  assert.deepEqual((await previewNumbers(db, boss, 'customers', yearly)).next, [`CUST-${year}-078`, `CUST-${year}-079`, `CUST-${year}-080`])
  assert.equal(await add(db, lilei), `CUST-${year}-078`)
  const other = await create(db, lilei, 'customers', { values: { name: '改号的' } })
  await change(db, lilei, 'customers', other.id, { values: { number: `CUST-${year}-090` } })
  assert.equal(await add(db, lilei), `CUST-${year}-091`)
  assert.deepEqual((await previewNumbers(db, boss, 'customers', { prefix: 'C', digits: 3 })).next, ['C005', 'C006', 'C007'])
})

test('numbers given by hand must be typed, and are checked', async () => {
  const { db, boss, lilei } = await smallWorld()
  await pattern(db, boss, { prefix: '', digits: 1, manual: true })
  const fields = async (values: Record<string, unknown>) => add(db, lilei, values).then(() => [], (error: unknown) => (error instanceof Problem ? error.fields.map(each => `${each.field} ${each.code}`) : [String(error)]))
  assert.deepEqual(await fields({}), ['number field.required'])
  assert.deepEqual(await fields({ number: 'C001' }), ['number field.notUnique'])
  assert.equal(await add(db, lilei, { number: '甲-17' }), '甲-17')
})

test('a sequence that begins again must be told apart by its date', async () => {
  const { db, boss } = await smallWorld()
  await assert.rejects(pattern(db, boss, { prefix: 'C', digits: 3, date: 'year', reset: 'month' }), (error: Problem) => error.fields[0]?.code === 'shape.patternRepeats')
  await assert.rejects(db.transaction(tx => changeField(tx, boss, 'customers', 'name', { pattern: daily })), (error: Problem) => error.fields[0]?.code === 'shape.notForType')
})
