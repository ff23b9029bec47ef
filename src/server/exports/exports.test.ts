import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import type { Viewer } from '#server/access/viewer.ts'
import { sql } from '#server/db/sql.ts'
import { openFile, type Cell } from '#server/files/read.ts'
import { placeOf, useStore } from '#server/files/store.ts'
import { create } from '#server/records/create.ts'
import { find, parsePage } from '#server/records/find.ts'
import type { ExportFormat } from '#shared/api/exports.ts'
import { role, personOf, smallWorld, type World } from '../../../test/world.ts'
import { exportFile, getExport, listExports, startExport } from './handlers.ts'
import { exportList, writeList } from './run.ts'
import { dropOldExports } from './state.ts'

let world: World
before(async () => {
  world = await smallWorld('exports')
  useStore(await mkdtemp(path.join(tmpdir(), 'kebu-exports-')))
})
after(() => world.db.end())

async function exported(viewer: Viewer, wanted: Partial<Parameters<typeof startExport>[2]> & { format: ExportFormat }) {
  const { id } = await startExport(world.db, viewer, { object: 'customers', filter: undefined, q: undefined, sort: undefined, fields: undefined, ids: undefined, ...wanted })
  await exportList({ db: world.db, viewerOf: async () => viewer }, id)
  return getExport(world.db, viewer, id)
}

async function cellsOf(viewer: Viewer, id: string): Promise<Cell[][]> {
  const { place, name } = await exportFile(world.db, viewer, id)
  const rows: Cell[][] = []
  for await (const page of (await openFile(place, { name })).rows()) rows.push(...page.map(row => row.cells))
  return rows
}

test('an export is the list that one looks at: its filter, order and columns, typed, under Chinese headers', async () => {
  const out = await exported(world.boss, { format: 'xlsx', filter: { field: 'totalAmount', op: 'notEmpty' }, sort: '-totalAmount', fields: ['name', 'totalAmount', 'owner', 'vip'] })
  assert.deepEqual([out.state, out.rows], ['done', 3])
  assert.deepEqual(await cellsOf(world.boss, out.id), [['客户名称', '累计交易金额', '负责人', 'VIP'], ['北京示例科技有限公司', 500000, '李雷'], ['天津滨海物流有限公司', 120000, '小红'], ['上海样本制造有限公司', 80000.5, '李雷']])
})

test('the receipt is the checksum of the file, in the operation log too', async () => {
  const out = await exported(world.boss, { format: 'csv', q: '物流' })
  const { place } = await exportFile(world.db, world.boss, out.id)
  assert.equal(out.sha256, createHash('sha256').update(await readFile(place)).digest('hex'))
  const [entry] = await world.db.query<{ changes: Record<string, unknown> }>(sql`select changes from audit where action = 'export' order by at desc limit 1`)
  assert.deepEqual(entry?.changes, { rows: 1, query: { q: '物流' }, format: 'csv', sha256: out.sha256 })
})

test('a text that looks like a formula does nothing in a spreadsheet', async () => {
  const evil = `=HYPERLINK("http://127.0.0.1/","点我")`
  await create(world.db, world.xiaohong, 'customers', { values: { name: '公式公司', remark: evil } })
  const csv = await exported(world.boss, { format: 'csv', filter: { field: 'name', op: 'eq', value: '公式公司' }, fields: ['remark'] })
  assert.match(await readFile((await exportFile(world.db, world.boss, csv.id)).place, 'utf8'), /'=HYPERLINK/)
  const xlsx = await exported(world.boss, { format: 'xlsx', filter: { field: 'name', op: 'eq', value: '公式公司' }, fields: ['remark'] })
  assert.deepEqual((await cellsOf(world.boss, xlsx.id))[1], [evil])
})

test('only what one may export leaves, masked where it is masked', async () => {
  const seer = personOf('看的人', world.departments.east, [role('看全部导本人', { users: { view: 'all' }, customers: { view: 'all', export: 'departmentTree' } }, { customers: { phone: 'masked', totalAmount: 'hidden' } })])
  const out = await exported(seer, { format: 'csv', fields: ['name', 'phone'], sort: 'name' })
  const rows = await cellsOf(seer, out.id)
  assert.equal(out.rows, 3, 'C4 belongs to another department')
  assert.ok(rows.some(cells => cells[1] === '138****8000'))
  const refused = await exported(seer, { format: 'csv', fields: ['totalAmount'] })
  assert.deepEqual([refused.state, refused.refusal?.code], ['failed', 'name.unknown'])
  await assert.rejects(exported(world.laowang, { format: 'csv' }), { code: 'export.forbidden' })
})

test('chosen records are exported by their ids, and nobody fetches the file of another', async () => {
  const out = await exported(world.boss, { format: 'csv', ids: [world.customers.C1.id, world.customers.C4.id], fields: ['name'] })
  assert.equal(out.rows, 2)
  await assert.rejects(exportFile(world.db, world.hanmeimei, out.id), { code: 'export.notFound' })
})

test('one finds one\'s own exports of the last days again, and no one else\'s; after a day the file is gone', async () => {
  const seer = personOf('看的人', world.departments.east, [role('全部', { customers: { view: 'all', export: 'all' } })])
  const first = await exported(seer, { format: 'csv', fields: ['name'] })
  const second = await exported(seer, { format: 'xlsx', fields: ['name'] })
  const listed = async () => (await listExports(world.db, seer)).exports.map(one => [one.id, one.isThere])
  assert.deepEqual(await listed(), [[second.id, true], [first.id, true]])
  await world.db.query(sql`update exports set created_at = now() - interval '2 days' where id = ${first.id}::uuid`)
  await dropOldExports(world.db)
  assert.deepEqual(await listed(), [[second.id, true], [first.id, false]])
  await assert.rejects(exportFile(world.db, seer, first.id), { code: 'export.notReady' })
  assert.deepEqual((await listExports(world.db, world.newcomer)).exports, [])
})

test('a stop of the program leaves no half file, and the export begins anew after the next start', async () => {
  const { id } = await startExport(world.db, world.boss, { object: 'customers', format: 'xlsx', filter: undefined, q: undefined, sort: undefined, fields: undefined, ids: undefined })
  const background = { db: world.db, viewerOf: async () => world.boss }
  await assert.rejects(exportList({ ...background, signal: AbortSignal.abort() }, id), { name: 'AbortError' })
  assert.equal((await getExport(world.db, world.boss, id)).state, 'running')
  assert.equal(existsSync(placeOf('exports', `${id}.xlsx`)), false)
  await exportList(background, id)
  assert.equal((await getExport(world.db, world.boss, id)).state, 'done')
})

test('a file that cannot be written is an error, and the database goes on', async () => {
  const nowhere = path.join(tmpdir(), 'no', 'such', 'folder.csv')
  await assert.rejects(writeList(world.db, world.boss, { object: 'customers', query: {}, format: 'csv' }, { path: nowhere, flags: 'wx' }), { code: 'ENOENT' })
  assert.equal((await exported(world.boss, { format: 'csv' })).state, 'done')
})

test('who sees contacts but not what their customers are called gets neither name nor error', async () => {
  const seer = personOf('看联系人的人', world.departments.east, [role('不看客户名称', { users: { view: 'all' }, customers: { view: 'all', edit: 'all' }, contacts: { view: 'all', edit: 'all', create: true, export: 'all' } }, { customers: { name: 'hidden' } })])
  await create(world.db, seer, 'contacts', { values: { customer: { id: world.customers.C1.id }, name: '赵工' } })
  const out = await exported(seer, { object: 'contacts', format: 'csv', fields: ['name', 'customer'] })
  assert.deepEqual(await cellsOf(seer, out.id), [['姓名', '客户'], ['赵工']])
  assert.deepEqual(parsePage(await find(world.db, seer, 'contacts', { fields: ['customer'] })).records[0]?.customer, { id: world.customers.C1.id, label: null })
})
