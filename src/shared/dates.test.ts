import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { addDays, addMonths, daysBetween, excelDate, instantOf, isDay, localTime, spanInstants, spanOf, startOf, today } from './dates.ts'

const shanghai = 'Asia/Shanghai'

test('today is the day in the time zone of the company, not of the server', () => {
  const evening = new Date('2024-05-10T17:30:00Z')
  assert.equal(today(shanghai, evening), '2024-05-11')
  assert.equal(today('America/New_York', evening), '2024-05-10')
})

test('only days that exist are days', () => {
  for (const day of ['2024-02-29', '2000-02-29', '0001-01-01', '9999-12-31']) assert.ok(isDay(day), day)
  for (const day of ['2023-02-29', '1900-02-29', '2024-13-01', '2024-00-01', '0000-01-01', '2024-1-1', '']) assert.ok(!isDay(day), day)
})

test('a month later than the 31st is the last day of the next month', () => {
  assert.equal(addMonths('2024-01-31', 1), '2024-02-29')
  assert.equal(addMonths('2024-03-31', -1), '2024-02-29')
  assert.equal(addMonths('2024-11-30', 3), '2025-02-28')
})

test('weeks begin on Monday, quarters in January, April, July and October', () => {
  assert.equal(startOf('week', '2024-11-24'), '2024-11-18')
  assert.equal(startOf('week', '2024-11-18'), '2024-11-18')
  assert.equal(startOf('quarter', '2024-11-22'), '2024-10-01')
  assert.equal(startOf('month', '2024-11-22'), '2024-11-01')
  assert.equal(startOf('year', '2024-11-22'), '2024-01-01')
})

test('relative spans hold today: the last 7 days are today and the six before', () => {
  assert.deepEqual(spanOf({ last: 7, unit: 'day' }, '2024-11-22'), { from: '2024-11-16', to: '2024-11-22' })
  assert.deepEqual(spanOf({ next: 1, unit: 'month' }, '2024-11-22'), { from: '2024-11-22', to: '2024-12-21' })
  assert.deepEqual(spanOf({ last: 1, unit: 'month' }, '2024-11-22'), { from: '2024-10-23', to: '2024-11-22' })
  assert.deepEqual(spanOf({ this: 'week' }, '2024-11-22'), { from: '2024-11-18', to: '2024-11-24' })
  assert.deepEqual(spanOf({ this: 'month' }, '2024-02-10'), { from: '2024-02-01', to: '2024-02-29' })
  assert.deepEqual(spanInstants({ this: 'day' }, '2024-11-22', shanghai), { from: '2024-11-21T16:00:00.000Z', to: '2024-11-22T16:00:00.000Z' })
})

test('what is no span is none', () => {
  for (const span of [null, 7, 'week', {}, { last: 0, unit: 'day' }, { last: 1.5, unit: 'day' }, { last: 1 }, { last: 1, unit: 'hour' }, { this: 'decade' }, { last: 1, next: 1, unit: 'day' }, { last: 3000, unit: 'year' }]) {
    assert.equal(spanOf(span, '2024-11-22'), null, JSON.stringify(span))
  }
})

test('serial numbers of Excel are days since 1899-12-30, with the leap-year bug of 1900', () => {
  assert.deepEqual(excelDate(45296), { day: '2024-01-05', time: '00:00:00' })
  assert.deepEqual(excelDate(45296.604166667), { day: '2024-01-05', time: '14:30:00' })
  assert.equal(excelDate(1)?.day, '1900-01-01')
  assert.equal(excelDate(59)?.day, '1900-02-28')
  assert.equal(excelDate(61)?.day, '1900-03-01')
  assert.equal(excelDate(2_958_465)?.day, '9999-12-31')
  assert.equal(excelDate(43834, true)?.day, '2024-01-05')
  for (const serial of [60, 0, 0.5, -1, 2_958_466, NaN, Infinity]) assert.equal(excelDate(serial), null, String(serial))
})

test('the clock of a zone and the instant belong together, also when summer time begins', () => {
  assert.equal(instantOf('2024-05-10', '14:30', shanghai), '2024-05-10T06:30:00.000Z')
  assert.equal(instantOf('1988-07-01', '12:00', shanghai), '1988-07-01T03:00:00.000Z')
  assert.deepEqual(localTime(instantOf('2024-03-31', '02:30', 'Europe/Berlin'), 'Europe/Berlin'), { day: '2024-03-31', time: '03:30:00' })
  fc.assert(fc.property(fc.date({ min: new Date('1995-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }), date => {
    const instant = new Date(Math.floor(date.getTime() / 1000) * 1000).toISOString()
    const { day, time } = localTime(instant, shanghai)
    assert.equal(instantOf(day, time, shanghai), instant)
  }))
})

test('days can be counted there and back', () => {
  fc.assert(fc.property(fc.integer({ min: -20_000, max: 20_000 }), days => { assert.equal(daysBetween('2024-02-29', addDays('2024-02-29', days)), days) }))
})
