import assert from 'node:assert/strict'
import { test } from 'node:test'
import { uuidv7 } from 'uuidv7'
import type { Edited } from '#shared/api/sheet.ts'
import type { Viewer } from '#server/access/viewer.ts'
import { smallWorld } from '#test/world.ts'
import { change } from './change.ts'
import { editMany, type EditInput } from './edit.ts'
import { findInList } from './find-in-list.ts'
import { find, parsePage } from './find.ts'
import { get } from './get.ts'
import { history } from './history.ts'
import { fillRange } from './range.ts'
import { redoBatch, undoBatch } from './undo.ts'

const edit = async (db: Parameters<typeof editMany>[0], viewer: Viewer, input: EditInput) => JSON.parse(await editMany(db, viewer, 'customers', input)) as Edited
const names = async (db: Parameters<typeof find>[0], viewer: Viewer, query: Parameters<typeof find>[3] = {}) => parsePage(await find(db, viewer, 'customers', query)).records.map(record => record.name)

test('a paste makes, changes and deletes in one batch that is taken back and done again as often as one likes', async () => {
  const { db, hanmeimei, customers } = await smallWorld()
  const ids = [uuidv7(), uuidv7()]
  const done = await edit(db, hanmeimei, {
    create: ids.map((id, i) => ({ id, values: { name: `粘贴${i}`, phone: '13800138000', level: '普通客户' } })),
    change: [{ id: customers.C1.id, version: customers.C1.version, values: { remark: '改过' } }], remove: [customers.C3.id],
  })
  assert.deepEqual([done.done, done.refused], [4, []])
  assert.deepEqual(done.records.map(record => record.name), ['粘贴0', '粘贴1', '北京示例科技有限公司'])
  const after = await names(db, hanmeimei)
  for (let i = 0; i < 2; i++) {
    assert.deepEqual(await undoBatch(db, hanmeimei, done.batchId ?? ''), { done: 4, kept: 0 })
    assert.deepEqual((await names(db, hanmeimei)).length, 3)
    assert.equal((await get(db, hanmeimei, 'customers', customers.C1.id)).remark, null)
    assert.deepEqual(await redoBatch(db, hanmeimei, done.batchId ?? ''), { done: 4, kept: 0 })
    assert.deepEqual(await names(db, hanmeimei), after)
    assert.equal((await get(db, hanmeimei, 'customers', customers.C1.id)).remark, '改过')
  }
  const { entries } = await history(db, hanmeimei, 'customers', customers.C1.id)
  assert.equal(entries[0]?.source, 'undo')
})

test('a value that is refused is told by its cell; the other cells and rows are saved', async () => {
  const { db, hanmeimei, customers } = await smallWorld()
  const [good, bad] = [uuidv7(), uuidv7()]
  const done = await edit(db, hanmeimei, {
    create: [{ id: good, values: { name: '好的' } }, { id: bad, values: { phone: '13800138000', totalAmount: '很多' } }],
    change: [{ id: customers.C1.id, values: { email: '不是邮箱', remark: '留下' } }],
  })
  assert.deepEqual(done.refused.map(({ id, fields }) => [id, fields.map(({ field }) => field)]), [[bad, ['name', 'totalAmount']], [customers.C1.id, ['email']]])
  assert.equal(done.done, 2)
  assert.equal((await get(db, hanmeimei, 'customers', customers.C1.id)).remark, '留下')
})

test('what others changed since stays as they left it, in undo and in redo', async () => {
  const { db, hanmeimei, lilei, customers } = await smallWorld()
  const { batchId } = await edit(db, hanmeimei, { change: [customers.C1, customers.C2].map(({ id }) => ({ id, values: { remark: '一起改' } })) })
  await change(db, lilei, 'customers', customers.C1.id, { values: { remark: '李雷改的' } })
  assert.deepEqual(await undoBatch(db, hanmeimei, batchId ?? ''), { done: 1, kept: 1 })
  assert.deepEqual(await redoBatch(db, hanmeimei, batchId ?? ''), { done: 1, kept: 1 })
  assert.equal((await get(db, lilei, 'customers', customers.C1.id)).remark, '李雷改的')
  await assert.rejects(redoBatch(db, hanmeimei, batchId ?? ''), { code: 'redo.already' })
  await assert.rejects(redoBatch(db, lilei, batchId ?? ''), { code: 'record.notFound' })
})

test('a batch of somebody touches only what they may touch, and an unseen record is not found', async () => {
  const { db, lilei, laowang, customers } = await smallWorld()
  const done = await edit(db, lilei, { change: [{ id: customers.C4.id, values: { remark: '我的' } }, { id: customers.C1.id, values: { remark: '我的' } }], remove: [customers.C2.id, customers.C4.id] })
  assert.deepEqual(done.refused.map(({ fields }) => fields[0]?.code), ['record.notFound', 'record.forbidden', 'record.notFound'])
  await assert.rejects(edit(db, laowang, { create: [{ id: uuidv7(), values: { name: '甲' } }] }), { code: 'record.forbidden' })
})

test('a stale version of a row is refused, the others are saved', async () => {
  const { db, lilei, customers } = await smallWorld()
  await change(db, lilei, 'customers', customers.C1.id, { values: { remark: '先' } })
  const done = await edit(db, lilei, { change: [customers.C1, customers.C2].map(({ id, version }) => ({ id, version, values: { remark: '后' } })) })
  assert.deepEqual([done.done, done.refused.map(({ fields }) => fields[0]?.code)], [1, ['record.conflict']])
})

test('a range of a list takes values over and over, in the order of the list, as one batch', async () => {
  const { db, boss } = await smallWorld()
  const list = { sort: 'number', filter: { field: 'name', op: 'notEmpty' as const } }
  const { batchId, done } = await fillRange(db, boss, 'customers', { ...list, from: 1, to: 3, rows: [{ remark: '甲' }, { remark: '乙' }] })
  const remarks = async () => parsePage(await find(db, boss, 'customers', { sort: 'number' })).records.map(record => record.remark)
  assert.equal(done, 3)
  assert.deepEqual(await remarks(), [null, '甲', '乙', '甲'])
  await undoBatch(db, boss, batchId)
  assert.deepEqual(await remarks(), [null, null, null, null])
})

test('the next match is found behind a row, before it and around the end, in every order', async () => {
  const { db, boss, lilei, customers } = await smallWorld()
  const at = async (query: object) => (await findInList(db, boss, 'customers', { find: '有限公司', sort: 'number', ...query })).row
  assert.equal(await at({}), 0)
  assert.equal(await at({ after: customers.C1.id }), 1)
  assert.equal(await at({ after: customers.C4.id }), 0)
  assert.equal(await at({ after: customers.C1.id, backwards: true }), 3)
  assert.equal(await at({ find: '物流', after: customers.C1.id }), 3)
  assert.equal(await at({ find: '没有这样的' }), null)
  // Amounts: C1 500000, C4 120000, C2 80000.5, C3 none. Options are found by their words.
  assert.deepEqual(await findInList(db, boss, 'customers', { find: '重点', sort: 'totalAmount' }), { row: 1, id: customers.C4.id, total: 2, totalIsEstimate: false })
  assert.equal(await at({ find: '长江', sort: '-totalAmount', after: customers.C1.id }), 3)
  assert.equal(await at({ find: '北京', sort: 'totalAmount', after: customers.C3.id, backwards: true }), 2)
  assert.equal((await findInList(db, lilei, 'customers', { find: '物流' })).row, null)
})

test('walking match by match forwards and backwards meets the same rows as the list, empty values and ties included', async () => {
  const { db, boss } = await smallWorld()
  await edit(db, boss, { create: Array.from({ length: 12 }, (_, i) => ({ id: uuidv7(), values: { name: `漫步${i}号`, ...(i % 3 === 0 ? {} : { totalAmount: String(i % 2) }), ...(i % 4 === 0 ? {} : { level: i % 2 ? '重点客户' : '普通客户' }) } })) })
  for (const sort of ['totalAmount', '-totalAmount,level', 'level,-name', '-level,totalAmount', '']) {
    const list = parsePage(await find(db, boss, 'customers', sort ? { sort } : {})).records
    const expected = list.flatMap((record, row) => (String(record.name).startsWith('漫步') ? [row] : []))
    for (const backwards of [false, true]) {
      const met: number[] = []
      for (let after: string | undefined; met.length < expected.length;) {
        const found = await findInList(db, boss, 'customers', { find: '漫步', ...(sort && { sort }), ...(after && { after }), backwards })
        met.push(found.row ?? -1)
        after = found.id ?? undefined
      }
      assert.deepEqual(backwards ? met.reverse() : met, expected, `${sort} ${backwards}`)
    }
  }
})

test('odd texts are stored exactly or refused with a reason, wherever they are pasted', async () => {
  const { db, boss } = await smallWorld()
  const id = uuidv7()
  const long = '长'.repeat(32_767)
  const odd = 'emoji 👨‍👩‍👧 𠮷野家 䶮 مرحبا\n第二行'
  const done = await edit(db, boss, { create: [{ id, values: { name: '𠮷䶮有限公司', needs: long, remark: odd } }, { id: uuidv7(), values: { name: '名'.repeat(501) } }] })
  assert.deepEqual(done.refused.map(({ fields }) => fields[0]?.code), ['field.tooLong'])
  const { name, needs, remark } = await get(db, boss, 'customers', id)
  assert.equal(name, '𠮷䶮有限公司')
  assert.equal(needs, long)
  assert.equal(remark, odd)
  // A NUL is no part of any text.
  await edit(db, boss, { change: [{ id, values: { remark: '前\u0000后', name: '\u202e倒\ud800写' } }] })
  const after = await get(db, boss, 'customers', id)
  assert.deepEqual([after.remark, after.name], ['前后', '倒\ufffd写'])
  assert.equal((await findInList(db, boss, 'customers', { find: '䶮\u0000' })).row, null)
})
