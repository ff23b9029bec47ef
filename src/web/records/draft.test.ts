import assert from 'node:assert/strict'
import { test } from 'node:test'
import { draftKey, dropDraft, keepDraft, readDraft } from './draft.ts'

const storage = () => {
  const kept = new Map<string, string>()
  return { kept, getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, text: string) => void kept.set(key, text), removeItem: (key: string) => void kept.delete(key) }
}
const key = draftKey('lilei', 'customers', null)
const record = { id: 'c1', version: 3 }
const day = 24 * 3600 * 1000

test('what was typed and not saved is there again', () => {
  const keeper = storage()
  keepDraft(keeper, key, { name: '星河' }, record, 1000)
  assert.deepEqual(readDraft(keeper, key, 2000), { values: { name: '星河' }, version: 3, at: 1000 })
})

test('a form without changes keeps nothing, and a dropped draft is gone', () => {
  const keeper = storage()
  keepDraft(keeper, key, {}, null)
  assert.equal(keeper.kept.size, 0)
  keepDraft(keeper, key, { name: '星河' }, null)
  dropDraft(keeper, key)
  assert.equal(readDraft(keeper, key), null)
})

test('a draft is forgotten after a week, and a damaged one at once', () => {
  const keeper = storage()
  keepDraft(keeper, key, { name: '星河' }, null, 0)
  assert.equal(readDraft(keeper, key, 8 * day), null)
  assert.equal(keeper.kept.size, 0)
  keeper.setItem(key, '{"values":')
  assert.equal(readDraft(keeper, key), null)
  assert.equal(keeper.kept.size, 0)
})

test('two people on one computer do not see each other’s drafts', () => {
  assert.notEqual(draftKey('lilei', 'customers', 'c1'), draftKey('hanmeimei', 'customers', 'c1'))
})

test('a full storage loses the draft, never the form', () => {
  const keeper = { ...storage(), setItem: () => { throw new Error('QuotaExceededError') } }
  keepDraft(keeper, key, { name: '星河' }, null)
  assert.equal(readDraft(keeper, key), null)
})
