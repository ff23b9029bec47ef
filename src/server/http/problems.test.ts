import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Problem } from '#shared/problem.ts'
import { langOf, refusalOf } from './problems.ts'

const lines: string[] = []
const refuse = (error: unknown) => refusalOf(error, 'en', line => lines.push(line))

test('every kind of refusal has its status', () => {
  const cases: [unknown, number, string][] = [
    [new Problem('record.notFound'), 404, 'record.notFound'], [new Problem('filter.value', { detail: 'x' }), 400, 'filter.value'], [new Problem('transfer.sameOwner'), 422, 'transfer.sameOwner'],
    [{ code: '53100' }, 507, 'storage.full'], [{ code: 'ENOSPC' }, 507, 'storage.full'], [{ code: '57P01' }, 503, 'database.unavailable'], [{ code: 'ECONNREFUSED' }, 503, 'database.unavailable'],
    [new Error('Connection terminated unexpectedly'), 503, 'database.unavailable'], [new Error('Client has encountered a connection error and is not queryable'), 503, 'database.unavailable'], [{ code: '57014' }, 503, 'database.busy'], [{ code: 'FST_ERR_CTP_BODY_TOO_LARGE', statusCode: 413 }, 413, 'request.tooLarge'],
    [{ code: 'FST_ERR_CTP_INVALID_MEDIA_TYPE', statusCode: 415 }, 415, 'request.type'], [new SyntaxError('x'), 500, 'unexpected'],
  ]
  for (const [error, status, code] of cases) {
    const refusal = refuse(error)
    assert.deepEqual([refusal.status, refusal.body.error.code], [status, code])
  }
})

test('what nobody foresaw tells a number, and the log more, but never values', () => {
  lines.length = 0
  const failure = Object.assign(new Error('duplicate key: (phone)=(13800138000)'), { code: '23505', severity: 'ERROR', detail: 'Key (phone)=(13800138000)' })
  const { status, body } = refuse(failure)
  assert.equal(status, 500)
  assert.match(body.error.reference ?? '', /^[\da-f]{10}$/)
  assert.ok(body.error.message.includes(body.error.reference ?? '-'))
  assert.ok(!JSON.stringify(body).includes('13800138000'))
  assert.ok(lines[0]?.includes(body.error.reference ?? '-') && !lines[0].includes('13800138000'))
})

test('who must wait is told for how long', () => {
  assert.deepEqual(refuse(new Problem('request.tooMany', { seconds: 7 })).headers, { 'retry-after': '7' })
})

test('a conflict carries both sides', () => {
  const { body } = refuse(new Problem('record.conflict', {}, { details: { conflicts: [{ field: 'phone', mine: '1', theirs: '2' }] } }))
  assert.deepEqual(body.error.conflicts, [{ field: 'phone', mine: '1', theirs: '2' }])
})

test('the browser’s first language that we speak', () => {
  assert.equal(langOf('fr, en-US;q=0.8, zh;q=0.5', 'zh-CN'), 'en')
  assert.equal(langOf('zh-TW,zh', 'en'), 'zh-CN')
  assert.equal(langOf(undefined, 'en'), 'en')
})
