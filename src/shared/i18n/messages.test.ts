import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fill } from './messages.ts'

test('a text takes its values, and a word fits the number', () => {
  assert.equal(fill('{who} changed {count} {count:field|fields}', { who: '李雷', count: 1 }), '李雷 changed 1 field')
  assert.equal(fill('{count} {count:row|rows}', { count: '1,203' }), '1,203 rows')
  assert.equal(fill('{nobody} stays'), '{nobody} stays')
})
