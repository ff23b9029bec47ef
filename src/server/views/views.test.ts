import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { mostViews, type ViewOut } from '#shared/api/views.ts'
import type { Filter } from '#shared/filter.ts'
import type { ViewSettings } from '#shared/view.ts'
import { sql } from '#server/db/sql.ts'
import { hints } from '#server/records/hints.ts'
import { find } from '#server/records/find.ts'
import { createField } from '#server/shape/create-field.ts'
import { changeField } from '#server/shape/change-field.ts'
import { restoreField, retireField } from '#server/shape/retire-field.ts'
import type { Viewer } from '#server/access/viewer.ts'
import { roles, smallWorld } from '#test/world.ts'
import { dropRetiredViews, restoreView, retireView, setDefaultView } from './retire.ts'
import { changeView, createView } from './save.ts'
import { listViews } from './seen.ts'

const { db, boss, hanmeimei, lilei, xiaoming, xiaohong, laowang, newcomer, departments } = await smallWorld('views')
for (const { id, name } of Object.values(roles)) await db.query(sql`insert into roles (id, name, objects, fields, rights) values (${id}, ${`试${name}`}, '{}', '{}', '{}')`)
await db.query(sql`update departments set head_id = ${hanmeimei.id} where id = ${departments.east}`)
after(() => db.end())

const open = async (viewer: Viewer) => (await listViews(db, viewer, 'customers')).views
const names = async (viewer: Viewer) => (await open(viewer)).map(view => view.name)
const save = (viewer: Viewer, name: string, settings: ViewSettings = {}, more: object = {}) => db.transaction(tx => createView(tx, viewer, 'customers', { name, settings, ...more }))
const change = (viewer: Viewer, view: { id: string }, given: object, version?: number) => db.transaction(tx => changeView(tx, viewer, 'customers', view.id, given, version))
const remove = (viewer: Viewer, view: { id: string }) => db.transaction(tx => retireView(tx, viewer, 'customers', view.id))
const refused = (code: string) => (error: { code?: string; fields?: { code: string }[] }) => error.code === code || error.fields?.[0]?.code === code
const important: Filter = { field: 'level', op: 'eq', value: '重点客户' }

test('everybody has views of their own, which nobody else sees, changes or removes', async () => {
  const mine = await save(lilei, '  我的  重点客户 ', { filter: important, sort: '-totalAmount', columns: { hidden: ['needs'] } })
  assert.deepEqual([mine.name, mine.kind, mine.audience, mine.mayChange, mine.leftOut], ['我的 重点客户', 'sheet', 'mine', true, 0])
  assert.deepEqual(mine.settings, { filter: important, sort: '-totalAmount', columns: { hidden: ['needs'] } })
  assert.deepEqual(await names(lilei), ['我的 重点客户'])
  for (const other of [xiaoming, hanmeimei, boss]) {
    assert.deepEqual(await names(other), [])
    await assert.rejects(change(other, mine, { name: '抢' }), refused('record.notFound'))
    await assert.rejects(remove(other, mine), refused('record.notFound'))
  }
  assert.deepEqual((await listViews(db, newcomer, 'customers')).views, [])
  await assert.rejects(save(newcomer, '新'), refused('right.missing'))
  await remove(lilei, mine)
})

test('a department sees what its head gives it, everyone what who shapes objects gives them', async () => {
  const east = await save(hanmeimei, '华东在谈', { filter: important }, { audience: 'department', department: departments.east, pinned: true })
  const all = await save(boss, '成交客户', { filter: { field: 'lifecycle', op: 'eq', value: '成交客户' } }, { audience: 'everyone' })
  assert.deepEqual([await names(xiaoming), await names(xiaohong)], [['华东在谈', '成交客户'], ['成交客户']])
  assert.deepEqual((await open(xiaoming)).map(view => [view.mayChange, view.owner.label, view.department?.label ?? null]), [[false, '韩梅梅', '华东部'], [false, '老板', null]])
  await assert.rejects(save(lilei, '大家看', {}, { audience: 'everyone' }), refused('view.mayNotShare'))
  await assert.rejects(save(lilei, '部门看', {}, { audience: 'department', department: departments.east }), refused('view.mayNotShare'))
  await assert.rejects(save(hanmeimei, '北边看', {}, { audience: 'department', department: departments.north }), refused('view.mayNotShare'))
  await assert.rejects(save(hanmeimei, '没部门', {}, { audience: 'department' }), refused('view.departmentMissing'))
  await assert.rejects(change(lilei, all, { name: '改' }), refused('right.missing'))
  await assert.rejects(change(hanmeimei, east, { audience: 'everyone' }), refused('view.mayNotShare'))
  const top = await save(boss, '全公司', {}, { audience: 'department', department: departments.head })
  assert.ok((await names(xiaohong)).includes('全公司'), 'what is for a department is seen below it')
  for (const view of [east, all, top]) await remove(boss, { id: view.id }).catch(() => remove(hanmeimei, view))
})

test('a name stands for one view among those who share it, and there is an end to how many', async () => {
  const mine = await save(lilei, '周报')
  await assert.rejects(save(lilei, '周报 '), refused('view.nameTaken'))
  const his = await save(xiaoming, '周报')
  await assert.rejects(save(lilei, '   '), refused('view.nameMissing'))
  await assert.rejects(save(lilei, '长'.repeat(61)), refused('view.nameLong'))
  await assert.rejects(save(xiaoming, '同号', {}, { id: mine.id }), refused('record.exists'))
  await db.query(sql`insert into views (id, object, name, kind, settings, audience, owner_id) select gen_random_uuid(), 'customers', '多' || n, 'sheet', '{}', 'mine', ${lilei.id} from generate_series(2, ${mostViews}) n`)
  await assert.rejects(save(lilei, '再一个'), refused('view.tooMany'))
  await db.query(sql`delete from views where name like '多%'`)
  for (const [who, view] of [[lilei, mine], [xiaoming, his]] as const) await remove(who, view)
})

test('a view based on what somebody else has changed meanwhile is not saved over it', async () => {
  const view = await save(lilei, '跟进中')
  await change(lilei, view, { pinned: true }, view.version)
  await assert.rejects(change(lilei, view, { name: '另一个' }, view.version), (error: { code?: string; details?: { current?: ViewOut } }) => error.code === 'view.conflict' && error.details?.current?.pinned === true)
  await remove(lilei, view)
})

test('what the door refuses is refused to save: unknown fields, nonsense, a board without its choice', async () => {
  await assert.rejects(save(laowang, '偷看', { filter: { field: 'totalAmount', op: 'gt', value: '1' } }), refused('name.unknown'))
  await assert.rejects(save(laowang, '偷看', { sort: 'totalAmount' }), refused('name.unknown'))
  await assert.rejects(save(laowang, '偷看', { columns: { hidden: ['totalAmount'] } }), refused('name.unknown'))
  await assert.rejects(save(lilei, '错', { filter: { field: 'level', op: 'gt', value: 1 } }), refused('filter.operator'))
  await assert.rejects(save(lilei, '板', { by: 'name' }, { kind: 'board' }), refused('view.byChoice'))
  await assert.rejects(save(lilei, '板', {}, { kind: 'board' }), refused('view.byChoice'))
  await assert.rejects(save(lilei, '历', { by: 'level' }, { kind: 'calendar' }), refused('view.byDate'))
})

test('who sees less is told less: hidden fields and values behind a mask are left out, and survive what they save', async () => {
  const secret: Filter = { and: [important, { field: 'totalAmount', op: 'gt', value: '99999' }, { field: 'phone', op: 'eq', value: '13800138000' }] }
  const view = await save(boss, '大客户', { filter: secret, sort: '-totalAmount,name', columns: { order: ['totalAmount', 'name'], widths: { totalAmount: 90 } }, colours: [{ filter: secret, color: 'red' }] }, { audience: 'everyone' })
  const told = (await open(laowang))[0]
  assert.deepEqual([told?.settings, told?.leftOut], [{ filter: important, sort: 'name', columns: { order: ['name'], widths: {} }, colours: [] }, 5])
  assert.doesNotMatch(JSON.stringify(told), /13800138000|99999|totalAmount/)
  const shaper: Viewer = { ...laowang, rights: ['shape'] }
  await change(shaper, view, { settings: { ...told?.settings, sort: '-name', columns: { order: ['name', 'level'] } } })
  const seen = (await open(boss))[0]
  assert.deepEqual(seen?.settings, { filter: secret, sort: '-name', columns: { order: ['name', 'level', 'totalAmount'], widths: { totalAmount: 90 } }, colours: [{ filter: secret, color: 'red' }] })
  await remove(boss, view)
})

test('a field that goes takes its conditions along, and brings them back; a renamed option still means the same', async () => {
  const { name } = await db.transaction(tx => createField(tx, boss, 'customers', { label: '合作意向', type: 'choice', options: [{ label: '强' }, { label: '弱' }] }))
  const view = await save(boss, '强意向', { filter: { field: name, op: 'eq', value: '强' }, by: name }, { kind: 'board', audience: 'everyone' })
  const options = async () => (await db.query<{ traits: { options: { id: string; label: string }[] } }>(sql`select traits from fields where name = ${name}`))[0]?.traits.options ?? []
  await db.transaction(async tx => changeField(tx, boss, 'customers', name, { label: '意向强弱', options: (await options()).map(({ id, label }) => ({ id, label: label === '强' ? '很强' : label })) }))
  const [still] = await open(lilei)
  assert.deepEqual([still?.leftOut, still?.settings.by], [0, name])
  await find(db, lilei, 'customers', { filter: still?.settings.filter ?? important })

  await db.transaction(tx => retireField(tx, boss, 'customers', name))
  const [bare] = await open(lilei)
  assert.deepEqual([bare?.settings, bare?.leftOut, bare?.kind], [{}, 2, 'board'])
  await change(boss, view, { settings: {}, pinned: true })
  await db.transaction(tx => restoreField(tx, boss, 'customers', name))
  const [back] = await open(lilei)
  assert.deepEqual([back?.settings.by, back?.leftOut], [name, 0])
  await remove(boss, view)
})

test('a removed view comes back for 30 days, unless its name is taken', async () => {
  const view = await save(lilei, '旧视图')
  await remove(lilei, view)
  await assert.rejects(db.transaction(tx => restoreView(tx, xiaoming, 'customers', view.id)), refused('record.notFound'))
  const other = await save(lilei, '旧视图')
  await assert.rejects(db.transaction(tx => restoreView(tx, lilei, 'customers', view.id)), refused('view.nameTaken'))
  await remove(lilei, other)
  assert.equal((await db.transaction(tx => restoreView(tx, lilei, 'customers', view.id))).name, '旧视图')
  await remove(lilei, view)
  await db.query(sql`update views set retired_at = now() - interval '31 days' where id = ${view.id}`)
  await dropRetiredViews(db)
  assert.deepEqual(await db.query(sql`select from views where id = ${view.id}`), [])
})

test('members of a role begin with its view; a private one cannot be that', async () => {
  const [first, second] = [await save(boss, '销售默认', {}, { audience: 'everyone' }), await save(boss, '新的默认', {}, { audience: 'everyone' })]
  const begin = (view: ViewOut, held: string[]) => db.transaction(tx => setDefaultView(tx, boss, 'customers', view.id, held))
  await begin(first, [roles.seller.id, roles.leader.id])
  assert.deepEqual((await open(lilei)).filter(view => view.isDefault).map(view => view.name), ['销售默认'])
  await begin(second, [roles.seller.id])
  assert.deepEqual([(await open(lilei)).find(view => view.isDefault)?.name, (await open(hanmeimei)).find(view => view.isDefault)?.name, (await open(laowang)).find(view => view.isDefault)], ['新的默认', '销售默认', undefined])
  const mine = await save(boss, '我的')
  await assert.rejects(begin(mine, [roles.seller.id]), refused('view.defaultOwn'))
  await change(boss, second, { audience: 'mine' })
  assert.equal((await open(lilei)).some(view => view.isDefault), false)
  for (const view of [first, second, mine]) await remove(boss, view)
})

test('each change is in the operation log, and whoever watches hears of it', async () => {
  const heard: string[] = []
  const stop = hints.listen(hint => heard.push(hint.object))
  const view = await save(lilei, '记一笔', { filter: important })
  await change(lilei, view, { name: '记两笔' })
  await remove(lilei, view)
  await new Promise(resolve => setTimeout(resolve, 150))
  stop()
  assert.ok(heard.includes('views'))
  const log = await db.query<{ action: string; fields: string[] }>(sql`select action, array(select jsonb_array_elements(changes) ->> 'field') as fields from audit where record_id = ${view.id} order by at, id`)
  assert.deepEqual(log.map(line => [line.action, line.fields]), [['view.create', ['name', 'kind', 'settings', 'audience', 'pinned']], ['view.change', ['name']], ['view.retire', ['name']]])
})
