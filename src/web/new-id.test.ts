import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from './new-id.ts'

test('an id is a UUID of version 7, never the same twice, and later ones sort behind earlier ones', async () => {
  const early = Array.from({ length: 1000 }, newId)
  for (const id of early) assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  assert.equal(new Set(early).size, 1000)
  await new Promise(resolve => setTimeout(resolve, 2))
  const late = newId()
  assert.deepEqual(early.filter(id => id >= late), [])
})
