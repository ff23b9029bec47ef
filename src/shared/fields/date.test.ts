import assert from 'node:assert/strict'
import { test } from 'node:test'
import { context, field, findings, fromFile, read, refused } from '../../../test/field.ts'
import { useTimeZone } from '../dates.ts'
import { datetime } from './datetime.ts'

test('every spelling of one day is that day', () => {
  const spellings = [
    '2024-05-10', '2024-5-10', '2024/5/10', '2024.05.10', '2024年5月10日', '2024年5月10号', '2024 年 5 月 10 日', '２０２４－０５－１０', '20240510', '5月10日', '2024-05-1014:30', '2024-05-10 14:30:05', '2024/5/10 下午2:30',
    '2024-05-10T14:30:00+08:00', '2024-05-09T20:00:00Z', '2024年5月10日（星期五）', '10-May-24', '10 May 2024', 'May 10, 2024', 45422, '45422', new Date('2024-05-10T01:00:00Z'), '20240510143000',
  ]
  for (const spelling of spellings) assert.equal(read('date', spelling), '2024-05-10', String(spelling))
  assert.equal(read('date', '25/12/2024'), '2024-12-25')
  assert.equal(read('date', '05/05/2024'), '2024-05-05')
})

test('what may be two days is a question, what is none is refused', () => {
  assert.deepEqual(read('date', '03/04/2024'), refused('date.ambiguous → 2024-03-04'))
  assert.deepEqual(read('date', '24-5-10'), refused('date.ambiguous → 2024-05-10'))
  assert.deepEqual(read('date', '2024-1'), refused('date.incomplete → 2024-01-01'))
  for (const nonsense of ['2024-02-30', '0000-00-00', '2024-13-01', '20241340', '2月30日', '14:30', 'abc', '昨晚', 0.5, -1, 60, true, {}, '2024-1-112:30', '2024-05-10 25:00', '13/13/2024']) {
    assert.deepEqual(read('date', nonsense), refused('date.invalid'), String(nonsense))
  }
})

test('days in words are counted from today; in a file they want a look', () => {
  const words: [word: string, day: string][] = [['今天', '2024-11-22'], ['昨天', '2024-11-21'], ['后天', '2024-11-24'], ['3天后', '2024-11-25'], ['2周前', '2024-11-08'], ['1个月后', '2024-12-22'], ['下周三', '2024-11-27'], ['周日', '2024-11-24'], ['月底', '2024-11-30'], ['下月底', '2024-12-31']]
  for (const [word, day] of words) assert.equal(read('date', word), day, word)
  assert.deepEqual(findings('date', '昨天'), [])
  assert.deepEqual(findings('date', '昨天', {}, fromFile), ['date.relative'])
})

test('days that nobody means are pointed at', () => {
  for (const day of ['3024-01-05', '1899-12-30']) assert.deepEqual(findings('date', day), ['date.implausible'], day)
  assert.deepEqual(findings('date', 45422), ['date.serial'])
})

test('a time without an offset is the time of the company', () => {
  const instants: [typed: unknown, instant: string][] = [
    ['2024-05-10 14:30', '2024-05-10T06:30:00.000Z'], ['2024-05-10', '2024-05-09T16:00:00.000Z'], ['2024-05-10T14:30:00Z', '2024-05-10T14:30:00.000Z'], ['2024-05-10T14:30:00.123456+08:00', '2024-05-10T06:30:00.123Z'],
    ['2024年5月10日 下午3点', '2024-05-10T07:00:00.000Z'], ['2024/5/10 上午12:15', '2024-05-09T16:15:00.000Z'], ['2024-05-10 24:00', '2024-05-10T16:00:00.000Z'], [45422.5, '2024-05-10T04:00:00.000Z'],
  ]
  for (const [typed, instant] of instants) assert.equal(read('datetime', typed), instant, String(typed))
  assert.equal(read('datetime', '2024-05-10 14:30', {}, { ...context, timeZone: 'Europe/Berlin' }), '2024-05-10T12:30:00.000Z')
})

test('people read the time of the company', () => {
  assert.equal(datetime.format('2024-05-10T06:30:00.000Z', field('datetime'), 'zh-CN'), '2024-05-10 14:30')
  useTimeZone('Europe/Berlin')
  assert.equal(datetime.format('2024-05-10T06:30:05.000Z', field('datetime'), 'zh-CN'), '2024-05-10 08:30:05')
  useTimeZone('Asia/Shanghai')
})
