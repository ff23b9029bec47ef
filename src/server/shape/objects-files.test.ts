import assert from 'node:assert/strict'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { exportFile, getExport, startExport } from '#server/exports/handlers.ts'
import { exportList } from '#server/exports/run.ts'
import { openFile, type Cell } from '#server/files/read.ts'
import { useStore } from '#server/files/store.ts'
import { tryFile, write } from '#server/imports/bring.ts'
import { undoBatch } from '#server/records/undo.ts'
import { find, parsePage } from '#server/records/find.ts'
import { sql } from '#server/db/sql.ts'
import { role, smallWorld } from '#test/world.ts'
import { createField } from './create-field.ts'
import { createObject } from './create-object.ts'

const allOf = { view: 'all', edit: 'all', delete: 'all', export: 'all', transfer: 'all', create: true, import: true } as const

test('a list of machines comes in from a file, tied to customers by name or number, goes out again, and can be taken back', async () => {
  const { db, boss: before, customers, lilei } = await smallWorld()
  useStore(await mkdtemp(path.join(tmpdir(), 'kebu-objects-')))
  await db.transaction(tx => createObject(tx, before, { label: '设备', name: 'equipment' }))
  const boss = { ...before, roles: [...before.roles, role('设备', { equipment: allOf })] }
  await db.transaction(tx => createField(tx, boss, 'equipment', { label: '所属客户', type: 'reference', target: 'customers', name: 'customer' }))
  await db.transaction(tx => createField(tx, boss, 'equipment', { label: '保修到期', type: 'date', name: 'warranty' }))
  await db.transaction(tx => createField(tx, boss, 'contacts', { label: '管的设备', type: 'reference', target: 'equipment', name: 'machine' }))

  const file = path.join(await mkdtemp(path.join(tmpdir(), 'kebu-list-')), '设备台账.csv')
  await writeFile(file, `设备名称,所属客户,保修到期,负责人\n铣床,${String(customers.C1.name)},2027-01-31,${lilei.name}\n磨床,${String(customers.C2.number)},2027/3/1,\n钻床,没有这家公司,2027-05-01,\n`)
  const tried = await tryFile(db, boss, file, { object: 'equipment' })
  assert.deepEqual(tried.mapping.map(column => column.field), ['name', 'customer', 'warranty', 'owner'])
  // What fits no customer is told, and kept in the remark; the row comes in all the same.
  assert.deepEqual([tried.counts.create, tried.counts.doubtful, tried.counts.refuse], [3, 1, 0])
  assert.deepEqual((await db.query<{ of: string }>(sql`select findings #>> '{0,code}' as of from import_rows where import_id = ${tried.id} and findings #>> '{0,value}' = '没有这家公司'`)).map(row => row.of), ['reference.unknown'])
  await write(db, boss, tried.id)
  const { records } = parsePage(await find(db, boss, 'equipment', { sort: 'number' }))
  const shown = records.map(record => [record.number, record.name, (record.customer as { label: string } | null)?.label, record.warranty, (record.owner as { label: string }).label])
  assert.deepEqual(shown, [['SB001', '铣床', customers.C1.name, '2027-01-31', '李雷'], ['SB002', '磨床', customers.C2.name, '2027-03-01', '老板'], ['SB003', '钻床', undefined, '2027-05-01', '老板']])
  assert.match(String(records[2]?.remark), /没有这家公司/)

  const { id } = await startExport(db, boss, { object: 'equipment', format: 'csv', filter: { field: 'customer', op: 'notEmpty' }, q: undefined, sort: 'number', fields: ['number', 'name', 'customer'], ids: undefined })
  await exportList({ db, viewerOf: async () => boss }, id)
  await getExport(db, boss, id)
  const { place, name } = await exportFile(db, boss, id)
  const rows: Cell[][] = []
  for await (const page of (await openFile(place, { name })).rows()) rows.push(...page.map(row => row.cells))
  assert.deepEqual(rows.map(cells => cells.map(cell => String(cell))), [['编号', '设备名称', '所属客户'], ['SB001', '铣床', customers.C1.name], ['SB002', '磨床', customers.C2.name]])
  assert.match(name, /设备/)

  const [batch] = await db.query<{ id: string }>(sql`select id from batches where object = 'equipment'`)
  await undoBatch(db, boss, batch?.id ?? '')
  assert.equal(parsePage(await find(db, boss, 'equipment', {})).total, 0)
})
