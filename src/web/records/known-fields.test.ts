import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Filter } from '#shared/filter.ts'
import { withoutUnknown } from './known-fields.ts'

const isKnown = (field: string) => field !== 'channel'
const level: Filter = { field: 'level', op: 'eq', value: '重点客户' }
const channel: Filter = { field: 'channel', op: 'eq', value: '展会' }

test('a condition on a field that is gone is taken out, and the rest of the address stays', () => {
  const { address, gone } = withoutUnknown({ filter: { and: [level, { or: [channel, { not: channel }] }] }, sort: '-channel,name', q: '星河' }, isKnown)
  assert.deepEqual(address, { filter: level, sort: 'name', q: '星河' })
  assert.deepEqual(gone, ['channel'])
})

test('when nothing is left there is no filter, and what is known stays as it is', () => {
  assert.deepEqual(withoutUnknown({ filter: channel, sort: 'channel' }, isKnown).address, {})
  const related: Filter = { field: 'contacts', op: 'has', value: level }
  assert.deepEqual(withoutUnknown({ filter: related }, () => false), { address: { filter: related }, gone: [] })
})
