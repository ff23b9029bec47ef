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
import { find, parsePage } from '#server/records/find.ts'
import { smallWorld } from '#test/world.ts'
import { createField } from './create-field.ts'

test('a file comes in and a list goes out with the company\'s own fields, by their labels', async () => {
  const { db, boss } = await smallWorld()
  const folder = await mkdtemp(path.join(tmpdir(), 'kebu-shape-'))
  useStore(folder)
  await db.transaction(tx => createField(tx, boss, 'customers', { label: '年度预算', type: 'money', name: 'budget' }))
  await db.transaction(tx => createField(tx, boss, 'customers', { label: '来源渠道', type: 'choice', name: 'channel', options: [{ label: '展会' }, { label: '转介绍' }] }))
  const file = path.join(folder, '名单.csv')
  await writeFile(file, '客户名称,电话,来源渠道,年度预算\n成都一号厂,13900001111,展会,12万\n成都二号厂,13900002222,传说,3000\n')
  const tried = await tryFile(db, boss, file, { object: 'customers' })
  assert.deepEqual(tried.mapping.map(column => column.field), ['name', 'phone', 'channel', 'budget'])
  await write(db, boss, tried.id)
  const [one] = parsePage(await find(db, boss, 'customers', { filter: { field: 'name', op: 'eq', value: '成都一号厂' } })).records
  assert.deepEqual([one?.channel, one?.budget], ['展会', '120000.00'])

  const { id } = await startExport(db, boss, { object: 'customers', format: 'xlsx', filter: { field: 'budget', op: 'notEmpty' }, q: undefined, sort: '-budget', fields: ['name', 'budget', 'channel'], ids: undefined })
  await exportList({ db, viewerOf: async () => boss }, id)
  await getExport(db, boss, id)
  const { place, name } = await exportFile(db, boss, id)
  const rows: Cell[][] = []
  for await (const page of (await openFile(place, { name })).rows()) rows.push(...page.map(row => row.cells))
  assert.deepEqual(rows.slice(0, 2).map(cells => cells.map(cell => String(cell))), [['客户名称', '年度预算', '来源渠道'], ['成都一号厂', '120000', '展会']])
})
