import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { NewField } from '#shared/api/fields.ts'
import { again } from '#server/http/operation.ts'
import { change } from '#server/records/change.ts'
import { find, parsePage } from '#server/records/find.ts'
import { get } from '#server/records/get.ts'
import { history } from '#server/records/history.ts'
import { personOf, role, smallWorld } from '#test/world.ts'
import { createField } from './create-field.ts'
import { restoreField } from './retire-field.ts'
import { previewRetype, retypeField } from './retype-field.ts'
import { listFields } from './shaping.ts'

async function worldWith(field: NewField, values: unknown[]) {
  const world = await smallWorld()
  const { name } = await world.db.transaction(tx => createField(tx, world.boss, 'customers', field))
  const ids = [world.customers.C1.id, world.customers.C2.id]
  for (const [i, value] of values.entries()) await change(world.db, world.lilei, 'customers', ids[i] ?? '', { values: { [name]: value } })
  const read = async () => Promise.all(ids.map(async id => (await get(world.db, world.lilei, 'customers', id))[name]))
  return { ...world, name, ids, read }
}

test('a text becomes an amount: what would be lost is said before, and nothing more is lost', async () => {
  const { db, boss, lilei, name, read, ids } = await worldWith({ label: '预算', type: 'text' }, ['12万', '面议'])
  const preview = await previewRetype(db, boss, 'customers', name, { type: 'money' })
  assert.deepEqual([preview.filled, preview.lost, preview.examples.map(example => example.value)], [2, 1, ['面议']])
  assert.ok(preview.examples[0]?.message)
  await assert.rejects(retypeField(db, boss, 'customers', name, { type: 'money', lost: 0 }), { code: 'shape.retypeLoses' })
  assert.deepEqual(await read(), ['12万', '面议'])
  const before = await get(db, lilei, 'customers', ids[0] ?? '')
  await retypeField(db, boss, 'customers', name, { type: 'money', lost: 1 })
  await retypeField(db, boss, 'customers', name, { type: 'money', lost: 1 })
  assert.deepEqual(await read(), ['120000.00', null])
  assert.equal((await listFields(db, 'customers')).fields.filter(each => each.retiredAt !== null).length, 1)
  assert.equal((await get(db, lilei, 'customers', ids[0] ?? '')).version, before.version)
  assert.equal(parsePage(await find(db, lilei, 'customers', { filter: { field: name, op: 'gt', value: '100000' } })).records.length, 1)
})

test('the values of before lie in a retired field and come back with it', async () => {
  const { db, boss, lilei, name, ids } = await worldWith({ label: '预算', type: 'text' }, ['12万', '面议'])
  await retypeField(db, boss, 'customers', name, { type: 'number', lost: 1 })
  const [old, ...others] = (await listFields(db, 'customers')).fields.filter(field => field.retiredAt !== null)
  assert.deepEqual([old?.label['zh-CN'], old?.type, others], ['预算（改类型前）', 'text', []])
  await db.transaction(tx => restoreField(tx, boss, 'customers', old?.name ?? ''))
  assert.equal((await get(db, lilei, 'customers', ids[1] ?? ''))[old?.name ?? ''], '面议')
})

test('texts become options, options become texts, one choice becomes several', async () => {
  const { db, boss, name, read } = await worldWith({ label: '渠道', type: 'text' }, ['展会', '电话、微信'])
  const { options } = await previewRetype(db, boss, 'customers', name, { type: 'choice' })
  assert.deepEqual(options.map(option => option.label).toSorted(), ['展会', '电话/微信'].toSorted())
  await retypeField(db, boss, 'customers', name, { type: 'choices', options: [{ label: '展会' }, { label: '电话' }, { label: '微信' }], lost: 0 })
  assert.deepEqual(await read(), [['展会'], ['电话', '微信']])
  await retypeField(db, boss, 'customers', name, { type: 'text', lost: 0 })
  assert.deepEqual(await read(), ['展会', '电话、微信'])
})

test('who works on while the type changes loses nothing, and who means the old column begins again', async () => {
  const { db, boss, lilei, name, read, ids } = await worldWith({ label: '预算', type: 'text' }, ['1', '2'])
  const save = (value: string) => again(() => change(db, lilei, 'customers', ids[0] ?? '', { values: { [name]: value } }))
  const retyping = retypeField(db, boss, 'customers', name, { type: 'number', lost: 0 })
  let last = 0
  let isDone = false
  void retyping.finally(() => { isDone = true })
  while (!isDone) await save(String(last += 1))
  await retyping
  assert.ok(last > 1)
  assert.deepEqual(await read(), [String(last), '2'])
  const [entry] = (await history(db, lilei, 'customers', ids[0] ?? '', {})).entries
  assert.equal(entry?.changes[0]?.after, String(last))
})

test('a standard field, one that points to records, and one whose values one does not see keep their type', async () => {
  const { db, boss, name, departments } = await worldWith({ label: '备用手机', type: 'phone' }, ['13812349876'])
  await assert.rejects(previewRetype(db, boss, 'customers', 'phone', { type: 'text' }), { code: 'shape.retypeStandard' })
  await assert.rejects(previewRetype(db, boss, 'customers', name, { type: 'person' }), { code: 'shape.retypeReference' })
  const shaper = personOf('设置', departments.head, [role('设置', { customers: { view: 'all' } }, { customers: { [name]: 'masked' } }, ['shape'])])
  await assert.rejects(previewRetype(db, shaper, 'customers', name, { type: 'text' }), { code: 'shape.retypeBlind' })
})
