import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { RecordOut } from '#shared/api/records.ts'
import { createWindowStore } from '#web/ui/grid/window-store.ts'
import { createAdded, isBlank, withAdded } from './sheet-added.ts'

async function listOf(names: string[]) {
  const rows: RecordOut[] = names.map(name => ({ id: name, version: 1, name }))
  const store = createWindowStore<RecordOut>({ rowId: row => row.id, load: async (offset, limit) => ({ rows: rows.slice(offset, offset + limit), total: rows.length, totalIsEstimate: false }) })
  store.ensure(0, 10)
  await new Promise(resolve => setTimeout(resolve, 20))
  return { rows, store }
}

test('below the list stands a blank line; whoever types in it finds another one under it', async () => {
  const { store } = await listOf(['甲', '乙'])
  const added = createAdded()
  const list = withAdded(store, added)
  assert.equal(list.total, 3)
  const blank = list.row(2)
  assert.ok(blank && isBlank(blank) && added.stateOf(blank) === 'blank')
  added.begin(blank.id)
  added.put(blank.id, { name: '丙' })
  assert.deepEqual([0, 1, 2].map(index => list.row(index)?.name), ['甲', '乙', '丙'])
  const typed = list.row(2)
  assert.equal(typed && added.stateOf(typed), 'unsaved')
  assert.equal(list.total, 4)
})

test('rows that were saved stay until the list has read them itself', async () => {
  const { rows, store } = await listOf(['甲'])
  const added = createAdded()
  const list = withAdded(store, added)
  const stop = list.subscribe(() => {})
  const { id } = list.row(1) ?? { id: '' }
  added.put(id, { name: '乙' })
  added.saved.add(id)
  assert.equal(list.row(1)?.name, '乙')
  rows.push({ id, version: 1, name: '乙' })
  store.refresh()
  await new Promise(resolve => setTimeout(resolve, 250))
  assert.deepEqual([list.total, list.row(1)?.version], [3, 1])
  stop()
})

test('an empty list has no line below it, unless something waits there to be saved', async () => {
  const { store } = await listOf([])
  const added = createAdded()
  const list = withAdded(store, added)
  assert.equal(list.total, 0)
  added.append(2)
  assert.equal(list.total, 3)
})
