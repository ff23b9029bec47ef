import assert from 'node:assert/strict'
import { createWriteStream } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { test } from 'node:test'
import type { NewField } from '#shared/api/fields.ts'
import { Problem } from '#shared/problem.ts'
import type { Viewer } from '#server/access/viewer.ts'
import type { Pool } from '#server/db/connect.ts'
import { sql } from '#server/db/sql.ts'
import { openFile, type Cell } from '#server/files/read.ts'
import { createMany } from '#server/records/batch.ts'
import { change } from '#server/records/change.ts'
import { create } from '#server/records/create.ts'
import { describeObject } from '#server/records/describe.ts'
import { find, parsePage } from '#server/records/find.ts'
import { get } from '#server/records/get.ts'
import { history } from '#server/records/history.ts'
import { newId } from '#server/records/save.ts'
import { undoChange } from '#server/records/undo.ts'
import { personOf, role, smallWorld } from '#test/world.ts'
import { changeField } from './change-field.ts'
import { createField } from './create-field.ts'
import { dictionaryFile, readDictionary } from './dictionary.ts'
import { ensureFieldIndexes } from './field-indexes.ts'
import { mergeOptions } from './merge-options.ts'
import { dropRetiredFields, restoreField, retireField } from './retire-field.ts'
import { listFields } from './shaping.ts'

const make = (db: Pool, viewer: Viewer, field: NewField) => db.transaction(tx => createField(tx, viewer, 'customers', field))
const alter = (db: Pool, viewer: Viewer, ...rest: Parameters<typeof changeField> extends [unknown, unknown, ...infer Rest] ? Rest : never) => db.transaction(tx => changeField(tx, viewer, ...rest))
const codesOf = async (work: Promise<unknown>) => {
  try {
    await work
  } catch (error) {
    assert.ok(error instanceof Problem, String(error))
    return error.fields.length === 0 ? [error.code] : error.fields.map(finding => `${finding.field}: ${finding.code}`)
  }
  return []
}
const channel: NewField = { label: '来源渠道', type: 'choice', options: [{ label: '展会' }, { label: '转介绍', definition: '老客户带来的' }, { label: '电话' }] }

test('a new field is there at once: saved, read, filtered, sorted, searched, counted in the history', async () => {
  const { db, boss, customers, lilei } = await smallWorld()
  const amount = await make(db, boss, { label: '合同金额', type: 'money', unit: '元' })
  assert.equal(amount.name, 'heTongJinE')
  const note = await make(db, boss, { label: '车牌', type: 'text' })
  const { id } = customers.C1
  const saved = await change(db, lilei, 'customers', id, { values: { heTongJinE: '12万', [note.name]: '沪A12345' } })
  assert.equal(saved.heTongJinE, '120000.00')
  await change(db, lilei, 'customers', customers.C2.id, { values: { heTongJinE: '5000' } })
  const sorted = parsePage(await find(db, lilei, 'customers', { sort: '-heTongJinE', filter: { field: 'heTongJinE', op: 'gte', value: '5000' } }))
  assert.deepEqual(sorted.records.map(record => record.heTongJinE), ['120000.00', '5000.00'])
  assert.deepEqual(parsePage(await find(db, lilei, 'customers', { q: 'A1234' })).records.map(record => record.id), [id])
  const [entry] = (await history(db, lilei, 'customers', id, {})).entries
  assert.deepEqual(entry?.changes.map(one => [one.field, one.after]), [['heTongJinE', '120000.00'], [note.name, '沪A12345']])
})

test('a batch fills a field of its own as it fills any other', async () => {
  const { db, boss, hanmeimei } = await smallWorld()
  await make(db, boss, { ...channel, name: 'channel' })
  const id = newId()
  await db.transaction(tx => createMany(tx, hanmeimei, 'customers', [{ id, values: { name: '批量公司', channel: '展会' } }]))
  assert.equal((await get(db, hanmeimei, 'customers', id)).channel, '展会')
})

test('a renamed option keeps its records and its default, one that records have does not disappear', async () => {
  const { db, boss, customers, lilei } = await smallWorld()
  const made = await make(db, boss, { ...channel, name: 'channel', default: '电话' })
  const [fair, known, phone] = made.options ?? []
  assert.ok(fair && known && phone)
  await change(db, lilei, 'customers', customers.C1.id, { values: { channel: '展会' } })
  const changed = await alter(db, boss, 'customers', 'channel', { options: [{ ...phone, label: '来电' }, { ...fair, label: '行业展会' }, known] })
  assert.deepEqual(changed.options?.map(option => option.label), ['来电', '行业展会', '转介绍'])
  assert.equal((await get(db, lilei, 'customers', customers.C1.id)).channel, '行业展会')
  assert.equal((await create(db, lilei, 'customers', { values: { name: '默认渠道公司' } })).channel, '来电')
  assert.deepEqual(await codesOf(alter(db, boss, 'customers', 'channel', { options: [known] })), ['options: shape.optionInUse', 'options: shape.optionInUse', 'default: choice.unknown'])
  await alter(db, boss, 'customers', 'channel', { options: [known, { ...fair, label: '行业展会', retired: true }, { ...phone, label: '来电' }] })
  assert.deepEqual(await codesOf(change(db, lilei, 'customers', customers.C2.id, { values: { channel: '行业展会' } })), ['channel: choice.retired'])
})

test('what cannot be is refused at its place, and leaves nothing behind', async () => {
  const { db, boss } = await smallWorld()
  assert.deepEqual(await codesOf(make(db, boss, { label: ' ', type: 'choice' })), ['label: shape.labelMissing', 'options: shape.optionsMissing'])
  assert.deepEqual(await codesOf(make(db, boss, { label: '客户名称', type: 'text' })), ['label: shape.labelTaken'])
  assert.deepEqual(await codesOf(make(db, boss, { label: '件数', type: 'date', decimals: 2, group: 'nowhere' })), ['decimals: shape.notForType', 'group: shape.groupUnknown'])
  assert.deepEqual(await codesOf(make(db, boss, { label: '件数', type: 'number', default: '很多' })), ['default: number.invalid'])
  assert.deepEqual(await codesOf(make(db, boss, { label: '颜色', type: 'choice', options: [{ label: '红' }, { label: ' 红' }, { label: '红、绿' }] })), ['options: shape.optionTwice', 'options: shape.optionMark'])
  assert.deepEqual(await codesOf(make(db, boss, { label: '甲', type: 'text', name: 'constructor' })), ['name: shape.nameTaken'])
  assert.deepEqual(await codesOf(make(db, boss, { label: '甲', type: 'text', name: 'name; drop table' })), ['name: shape.nameInvalid'])
  assert.deepEqual(await codesOf(make(db, boss, { label: '甲', type: 'text', after: 'nothing' })), ['after: shape.afterUnknown'])
  assert.deepEqual((await listFields(db, 'customers')).fields.filter(field => !field.isStandard), [])
})

test('a standard field is called and asked for as the company likes, but stays what it is', async () => {
  const { db, boss, lilei, customers } = await smallWorld()
  await alter(db, boss, 'customers', 'source', { label: '从哪里来', help: '第一次联系的途径', required: true })
  const field = describeObject(lilei, 'customers').fields.find(each => each.name === 'source')
  assert.deepEqual([field?.label.en, field?.help?.['zh-CN'], field?.type], ['从哪里来', '第一次联系的途径', 'choice'])
  assert.deepEqual(await codesOf(create(db, lilei, 'customers', { values: { name: '缺来源公司' } })), ['source: field.required'])
  await change(db, lilei, 'customers', customers.C1.id, { values: { wechat: 'still-fine' } })
  await alter(db, boss, 'customers', 'source', { help: null, required: false })
  assert.equal(describeObject(lilei, 'customers').fields.find(each => each.name === 'source')?.help, undefined)
  assert.deepEqual(await codesOf(alter(db, boss, 'customers', 'name', { required: false })), ['required: shape.needed'])
  assert.deepEqual(await codesOf(alter(db, boss, 'customers', 'createdAt', { required: true })), ['required: shape.computed'])
  assert.deepEqual(await codesOf(db.transaction(tx => retireField(tx, boss, 'customers', 'source'))), ['shape.standard'])
})

test('a retired field is gone everywhere and comes back with its values', async () => {
  const { db, boss, lilei, customers } = await smallWorld()
  await make(db, boss, { ...channel, name: 'channel' })
  await change(db, lilei, 'customers', customers.C1.id, { values: { channel: '展会' } })
  await db.transaction(tx => retireField(tx, boss, 'customers', 'channel'))
  assert.ok(!('channel' in await get(db, lilei, 'customers', customers.C1.id)))
  await assert.rejects(find(db, lilei, 'customers', { filter: { field: 'channel', op: 'notEmpty' } }), { code: 'name.unknown' })
  assert.deepEqual(await codesOf(make(db, boss, { label: '渠道', type: 'text', name: 'channel' })), ['name: shape.nameTaken'])
  await make(db, boss, { label: '来源渠道', type: 'text' })
  assert.deepEqual(await codesOf(db.transaction(tx => restoreField(tx, boss, 'customers', 'channel'))), ['label: shape.labelTaken'])
  await alter(db, boss, 'customers', 'laiYuanQuDao', { label: '渠道备注' })
  await db.transaction(tx => restoreField(tx, boss, 'customers', 'channel'))
  assert.equal((await get(db, lilei, 'customers', customers.C1.id)).channel, '展会')
})

test('a retired field goes with its values after a month, not before', async () => {
  const { db, boss } = await smallWorld()
  await make(db, boss, { ...channel, name: 'channel' })
  await db.transaction(tx => retireField(tx, boss, 'customers', 'channel'))
  await dropRetiredFields(db)
  const columns = () => db.query(sql`select from pg_attribute where attrelid = 'customers'::regclass and attname like 'f\\_%' and not attisdropped`)
  assert.equal((await columns()).length, 1)
  await db.query(sql`update fields set retired_at = now() - interval '31 days'`)
  await dropRetiredFields(db)
  assert.equal((await columns()).length, 0)
  assert.deepEqual((await listFields(db, 'customers')).fields.filter(field => !field.isStandard), [])
})

test('fields stand where they are put, and their order holds', async () => {
  const { db, boss, lilei } = await smallWorld()
  await make(db, boss, { label: '车牌', type: 'text', name: 'plate', after: 'name' })
  await make(db, boss, { label: '车型', type: 'text', name: 'model', after: 'plate' })
  await alter(db, boss, 'customers', 'model', { after: null })
  const names = describeObject(lilei, 'customers').fields.map(field => field.name)
  assert.equal(names[0], 'model')
  assert.equal(names[names.indexOf('name') + 1], 'plate')
})

test('of two administrators in the same field the later one sees what the first has saved', async () => {
  const { db, boss } = await smallWorld()
  const { version } = await make(db, boss, { ...channel, name: 'channel' })
  await alter(db, boss, 'customers', 'channel', { label: '渠道' }, version)
  await assert.rejects(alter(db, boss, 'customers', 'channel', { label: '途径' }, version), (error: Problem) => {
    assert.equal(error.code, 'record.conflict')
    assert.equal((error.details.current as { label: { en: string } }).label.en, '渠道')
    return true
  })
})

test('a field becomes unique when its values are, and its index comes beside the work', async () => {
  const { db, boss, lilei, customers } = await smallWorld()
  await make(db, boss, { label: '车牌', type: 'text', name: 'plate' })
  await change(db, lilei, 'customers', customers.C1.id, { values: { plate: '沪A1' } })
  await change(db, lilei, 'customers', customers.C2.id, { values: { plate: '沪A1' } })
  assert.deepEqual(await codesOf(alter(db, boss, 'customers', 'plate', { unique: true })), ['unique: shape.notUnique'])
  await change(db, lilei, 'customers', customers.C2.id, { values: { plate: '沪A2' } })
  await alter(db, boss, 'customers', 'plate', { unique: true })
  await make(db, boss, { label: '购车日期', type: 'date', name: 'boughtOn' })
  await ensureFieldIndexes(db)
  const made = await db.query<{ name: string }>(sql`select relname::text as name from pg_class where relkind = 'i' and relname ~ '^customers_f_'`)
  assert.equal(made.length, 2)
  assert.deepEqual(await codesOf(change(db, lilei, 'customers', customers.C1.id, { values: { plate: '沪A2' } })), ['plate: field.notUnique'])
})

test('who sees a field masked sees it masked, and who may not write it may not', async () => {
  const { db, boss, lilei, customers, departments } = await smallWorld()
  await make(db, boss, { label: '备用手机', type: 'phone', name: 'spare' })
  await change(db, lilei, 'customers', customers.C1.id, { values: { spare: '13812349876' } })
  const careful = personOf('小心', departments.head, [role('小心', { customers: { view: 'all', edit: 'all' } }, { customers: { spare: 'masked' } })])
  assert.equal((await get(db, careful, 'customers', customers.C1.id)).spare, '138****9876')
  assert.deepEqual(parsePage(await find(db, careful, 'customers', { q: '9876' })).records, [])
  assert.deepEqual(await codesOf(change(db, careful, 'customers', customers.C1.id, { values: { spare: '13900000000' } })), ['spare: field.forbidden'])
})

test('somebody who holds the table keeps nobody else waiting, and the field comes when they are done', async () => {
  const { db, boss, lilei, customers } = await smallWorld()
  let release = () => {}
  const holder = db.transaction(async tx => {
    await tx.query(sql`lock table customers in access share mode`)
    await new Promise<void>(resolve => { release = resolve })
  })
  const making = make(db, boss, { label: '车牌', type: 'text', name: 'plate' })
  await new Promise(resolve => { setTimeout(resolve, 300) })
  const since = performance.now()
  await change(db, lilei, 'customers', customers.C1.id, { values: { wechat: 'not-kept-waiting' } })
  assert.ok(performance.now() - since < 1_000)
  release()
  await holder
  assert.equal((await making).name, 'plate')
})

test('an option that was renamed is still known by its old name: in an old file, a filter, an undo', async () => {
  const { db, boss, lilei, customers } = await smallWorld()
  const [fair, ...others] = (await make(db, boss, { ...channel, name: 'channel' })).options ?? []
  assert.ok(fair)
  const { id } = customers.C1
  await change(db, lilei, 'customers', id, { values: { channel: '展会' } })
  await change(db, lilei, 'customers', id, { values: { channel: '电话' } })
  await alter(db, boss, 'customers', 'channel', { options: [{ ...fair, label: '行业展会' }, ...others] })
  const [entry] = (await history(db, lilei, 'customers', id, {})).entries
  assert.equal((await undoChange(db, lilei, 'customers', id, entry?.id ?? '')).channel, '行业展会')
  assert.equal(parsePage(await find(db, lilei, 'customers', { filter: { field: 'channel', op: 'eq', value: '展会' } })).records.length, 1)
  assert.equal((await change(db, lilei, 'customers', customers.C2.id, { values: { channel: '展会' } })).channel, '行业展会')
})

test('two options become one: records, lists of options, defaults and old names follow, with a line in each history', async () => {
  const { db, boss, lilei, customers } = await smallWorld()
  const made = await make(db, boss, { ...channel, name: 'channel', default: '展会' })
  const list = await make(db, boss, { label: '兴趣', type: 'choices', name: 'likes', options: [{ label: '甲' }, { label: '乙' }, { label: '丙' }] })
  const id = (field: typeof made, label: string) => field.options?.find(option => option.label === label)?.id ?? ''
  await change(db, lilei, 'customers', customers.C1.id, { values: { channel: '展会', likes: ['甲', '乙'] } })
  await change(db, lilei, 'customers', customers.C2.id, { values: { channel: '电话', likes: ['丙', '甲'] } })
  const merged = await mergeOptions(db, boss, 'customers', 'channel', { from: id(made, '展会'), into: id(made, '电话') })
  assert.deepEqual([merged.records, merged.field.options?.map(option => option.label), merged.field.default], [1, ['转介绍', '电话'], '电话'])
  await mergeOptions(db, boss, 'customers', 'likes', { from: id(list, '甲'), into: id(list, '丙') })
  const [one, two] = await Promise.all([customers.C1, customers.C2].map(customer => get(db, lilei, 'customers', customer.id)))
  assert.deepEqual([one?.channel, one?.likes, two?.likes], ['电话', ['乙', '丙'], ['丙']])
  const [entry, earlier] = (await history(db, lilei, 'customers', customers.C1.id, {})).entries
  assert.deepEqual([...entry?.changes ?? [], ...earlier?.changes ?? []], [{ field: 'likes', before: ['甲', '乙'], after: ['乙', '丙'] }, { field: 'channel', before: '展会', after: '电话' }])
  assert.equal((await change(db, lilei, 'customers', customers.C2.id, { values: { channel: '转介绍' } })).channel, '转介绍')
  assert.equal((await change(db, lilei, 'customers', customers.C2.id, { values: { channel: '展会' } })).channel, '电话')
  assert.deepEqual(await codesOf(mergeOptions(db, boss, 'customers', 'channel', { from: id(made, '电话'), into: id(made, '电话') })), ['options: shape.mergeSame'])
})

test('the dictionary tells every field that one may see, and how many of one\'s records have it', async () => {
  const { db, boss, lilei, laowang } = await smallWorld()
  await make(db, boss, { ...channel, name: 'channel', help: '第一次联系的途径' })
  const seen = await readDictionary(db, lilei, 'customers')
  const phone = seen.fields.find(field => field.name === 'phone')
  assert.deepEqual([seen.records, phone?.filled, phone?.isSearched], [2, 2, true])
  assert.equal(seen.fields.find(field => field.name === 'channel')?.help?.['zh-CN'], '第一次联系的途径')
  assert.ok(!(await readDictionary(db, laowang, 'customers')).fields.some(field => field.name === 'totalAmount'))
  const { stream, name } = await dictionaryFile(db, laowang, 'customers')
  const place = path.join(await mkdtemp(path.join(tmpdir(), 'kebu-dictionary-')), 'd.xlsx')
  await pipeline(stream, createWriteStream(place))
  const rows: Cell[][] = []
  for await (const page of (await openFile(place, { name })).rows()) rows.push(...page.map(row => row.cells))
  assert.ok(rows.some(cells => cells[1] === '来源渠道' && String(cells[6]).includes('转介绍: 老客户带来的')))
  assert.ok(!rows.some(cells => cells.includes('累计成交金额') || cells.includes('totalAmount')))
})
