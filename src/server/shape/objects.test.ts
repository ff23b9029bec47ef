import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { NewObject } from '#shared/api/shaped-objects.ts'
import { Problem } from '#shared/problem.ts'
import { standardObjects } from '#shared/objects/all.ts'
import type { Viewer } from '#server/access/viewer.ts'
import { allObjects } from '#server/catalog/catalog.ts'
import { loadCatalog } from '#server/catalog/shaped.ts'
import { ownTables } from '#server/catalog/bases.ts'
import { ensureTables } from '#server/catalog/storage.ts'
import type { Pool } from '#server/db/connect.ts'
import { sql } from '#server/db/sql.ts'
import { routes } from '#server/http/routes.ts'
import { bulk } from '#server/records/bulk.ts'
import { change } from '#server/records/change.ts'
import { create } from '#server/records/create.ts'
import { describeObjects } from '#server/records/describe.ts'
import { find, parsePage } from '#server/records/find.ts'
import { get } from '#server/records/get.ts'
import { history } from '#server/records/history.ts'
import { remove, restore } from '#server/records/remove.ts'
import { searchAll } from '#server/records/search.ts'
import { undoBatch, undoChange } from '#server/records/undo.ts'
import { personOf, role, smallWorld } from '#test/world.ts'
import { changeObject } from './change-object.ts'
import { createField } from './create-field.ts'
import { createObject } from './create-object.ts'
import { ensureFieldIndexes } from './field-indexes.ts'
import { reservedNames } from './object-words.ts'
import { dropRetiredObjects, restoreObject, retireObject } from './retire-object.ts'
import { retireField } from './retire-field.ts'
import { listShapedObjects } from './shaped-objects.ts'

const equipment: NewObject = { label: '设备', name: 'equipment', english: { one: 'Machine', many: 'Equipment' }, icon: 'tool', hue: 'teal', titleLabel: '设备名称', number: { prefix: 'SB', digits: 4 } }
const make = (db: Pool, viewer: Viewer, given: NewObject = equipment) => db.transaction(tx => createObject(tx, viewer, given))
const field = (db: Pool, viewer: Viewer, object: string, given: Parameters<typeof createField>[3]) => db.transaction(tx => createField(tx, viewer, object, given))
const allOf = { view: 'all', edit: 'all', delete: 'all', export: 'all', transfer: 'all', create: true, import: true } as const
/** Somebody with this much of the equipment, beside all customers. */
const keeper = (departmentId: string, grants: object = allOf) => personOf('设备员', departmentId, [role('设备员', { equipment: grants, customers: allOf, users: { view: 'all' }, departments: { view: 'all' } })])
const codesOf = async (work: Promise<unknown>) => {
  try {
    await work
  } catch (error) {
    assert.ok(error instanceof Problem, String(error))
    return error.fields.length === 0 ? [error.code] : error.fields.map(finding => `${finding.field}: ${finding.code}${finding.proposal === undefined ? '' : ` → ${finding.proposal}`}`)
  }
  return []
}

test('an object that a company makes is at once like any other: numbered, searched, changed, told of, undone, deleted and brought back', async () => {
  const { db, boss, departments, customers } = await smallWorld()
  const made = await make(db, boss)
  assert.deepEqual([made.name, made.number, made.owned, made.icon, made.one.en, made.records], ['equipment', { prefix: 'SB', digits: 4 }, true, 'tool', 'Machine', 0])
  await field(db, boss, 'equipment', { label: '客户', type: 'reference', target: 'customers', name: 'customer', required: true })
  await field(db, boss, 'equipment', { label: '型号', type: 'text', name: 'model' })
  const me = keeper(departments.east)
  await db.query(sql`insert into users (id, name, department_id, status) values (${me.id}, '设备员', ${departments.east}, 'active')`)
  assert.deepEqual(await codesOf(create(db, me, 'equipment', { values: { name: '数控车床' } })), ['customer: field.required'])
  const lathe = await create(db, me, 'equipment', { values: { name: '数控车床', customer: { id: customers.C1.id }, model: 'CK6140' } })
  assert.deepEqual([lathe.number, (lathe.customer as { label: string }).label, (lathe.owner as { label: string }).label], ['SB0001', '北京示例科技有限公司', '设备员'])
  assert.equal((await create(db, me, 'equipment', { values: { name: '铣床', customer: { id: customers.C2.id } } })).number, 'SB0002')

  assert.deepEqual((await searchAll(db, me, 'skcc')).hits.map(hit => [hit.object, hit.title, hit.number]), [['equipment', '数控车床', 'SB0001']])
  for (const q of ['SB0001', '6140', '数控', 'shukong']) assert.equal(parsePage(await find(db, me, 'equipment', { q })).records[0]?.id, lathe.id, q)
  assert.deepEqual(parsePage(await find(db, me, 'customers', { filter: { field: 'equipment', op: 'has', value: { field: 'model', op: 'eq', value: 'CK6140' } } })).records.map(record => record.id), [customers.C1.id])
  assert.equal(parsePage(await find(db, me, 'equipment', { filter: { field: 'customer', op: 'eq', value: { id: customers.C1.id } } })).total, 1)

  await change(db, me, 'equipment', lathe.id, { values: { model: 'CK6150' } })
  const [entry] = (await history(db, me, 'equipment', lathe.id, {})).entries
  assert.deepEqual(entry?.changes, [{ field: 'model', before: 'CK6140', after: 'CK6150' }])
  assert.equal((await undoChange(db, me, 'equipment', lathe.id, entry?.id ?? '')).model, 'CK6140')
  const { batchId } = await bulk(db, me, 'equipment', { filter: { field: 'name', op: 'notEmpty' }, action: 'change', values: { model: '通用' } })
  await undoBatch(db, me, batchId)
  assert.equal((await get(db, me, 'equipment', lathe.id)).model, 'CK6140')
  await remove(db, me, 'equipment', lathe.id)
  assert.equal(parsePage(await find(db, me, 'equipment', { deleted: true })).records[0]?.id, lathe.id)
  await restore(db, me, 'equipment', lathe.id)
  assert.equal((await listShapedObjects(db)).objects.find(object => object.name === 'equipment')?.records, 2)
})

test('references go every way: own to own, to itself, and from a customer to what the company made', async () => {
  const { db, boss, departments, customers } = await smallWorld()
  await make(db, boss)
  await make(db, boss, { label: '机房', name: 'rooms', owned: false })
  await field(db, boss, 'equipment', { label: '机房', type: 'reference', target: 'rooms', name: 'room' })
  await field(db, boss, 'equipment', { label: '上级设备', type: 'reference', target: 'equipment', name: 'parent' })
  await field(db, boss, 'customers', { label: '主要设备', type: 'reference', target: 'equipment', name: 'mainMachine' })
  const me = personOf('设备员', departments.east, [role('设备员', { equipment: allOf, rooms: { view: 'all', edit: 'all', create: true }, customers: allOf })])
  const room = await create(db, me, 'rooms', { values: { name: '一号机房' } })
  const server = await create(db, me, 'equipment', { values: { name: '服务器', room: { id: room.id } } })
  const disk = await create(db, me, 'equipment', { values: { name: '硬盘', parent: { id: server.id } } })
  assert.deepEqual([(server.room as { label: string }).label, (disk.parent as { label: string }).label, room.number], ['一号机房', '服务器', 'JF001'])
  const { id } = customers.C1
  assert.equal(((await change(db, me, 'customers', id, { values: { mainMachine: { id: server.id } } })).mainMachine as { label: string }).label, '服务器')
  // Whichever of its fields points to a record, it is related to it.
  await field(db, boss, 'equipment', { label: '所属客户', type: 'reference', target: 'customers', name: 'customer' })
  await field(db, boss, 'equipment', { label: '使用客户', type: 'reference', target: 'customers', name: 'borrower' })
  await change(db, me, 'equipment', disk.id, { values: { borrower: { id } } })
  assert.deepEqual(parsePage(await find(db, me, 'customers', { filter: { field: 'equipment', op: 'has', value: { field: 'name', op: 'eq', value: '硬盘' } } })).records.map(record => record.id), [id])
  // Who may not see the machine sees no sign of it, and cannot point to what they do not see.
  const blind = personOf('看客户', departments.east, [role('看客户', { customers: { view: 'all', edit: 'all' } })])
  const other = personOf('看自己的', departments.east, [role('看自己的', { customers: { view: 'all' }, equipment: { view: 'own' } })])
  for (const viewer of [blind, other]) assert.equal((await get(db, viewer, 'customers', id)).mainMachine, null)
  const onlyMachines = personOf('看设备', departments.east, [role('看设备', { equipment: { view: 'all' } })])
  await change(db, me, 'equipment', server.id, { values: { room: null } })
  await change(db, me, 'equipment', server.id, { values: { room: { id: room.id } } })
  const told = JSON.stringify([await get(db, onlyMachines, 'equipment', server.id), await history(db, onlyMachines, 'equipment', server.id, {}), await find(db, onlyMachines, 'equipment', {})])
  assert.ok(told.includes('服务器') && !told.includes('一号机房'))
  assert.deepEqual(await codesOf(change(db, blind, 'customers', id, { values: { mainMachine: { id: disk.id } } })), ['mainMachine: reference.unknown'])
  await ensureFieldIndexes(db)
  const indexes = await db.query(sql`select from pg_class where relkind = 'i' and relname ~ '^(customers|o_[a-z0-9]+)_f_'`)
  assert.equal(indexes.length, 5)
})

test('scopes hold: own records, those of the department, all or none', async () => {
  const { db, boss, lilei, xiaoming, hanmeimei, newcomer } = await smallWorld()
  await make(db, boss)
  const as = (viewer: Viewer, grants: object): Viewer => ({ ...viewer, roles: [role('设备', { equipment: grants })] })
  const mine = await create(db, as(lilei, { view: 'own', edit: 'own', create: true }), 'equipment', { values: { name: '车床' } })
  const seenBy = async (viewer: Viewer, view: string) => parsePage(await find(db, as(viewer, { view }), 'equipment', {})).total
  assert.deepEqual([await seenBy(lilei, 'own'), await seenBy(xiaoming, 'own'), await seenBy(hanmeimei, 'departmentTree'), await seenBy(newcomer, 'all')], [1, 0, 1, 1])
  await assert.rejects(get(db, as(xiaoming, { view: 'own' }), 'equipment', mine.id), { code: 'record.notFound' })
  assert.ok(!describeObjects(lilei).some(object => object.name === 'equipment'))
  await assert.rejects(create(db, newcomer, 'equipment', { values: { name: '铣床' } }), { code: 'record.forbidden' })
})

test('roles get at birth what was chosen, whoever shapes objects everything, and the log says so', async () => {
  const { db, boss } = await smallWorld()
  const insert = (name: string, objects: object, rights: string[]) => db.query<{ id: string }>(sql`insert into roles (id, name, objects, rights) values (gen_random_uuid(), ${name}, ${JSON.stringify(objects)}, ${rights}) returning id`)
  const [[admin], [seller], [other]] = await Promise.all([insert('管理员', {}, ['shape']), insert('销售', { customers: { view: 'own', edit: 'own', delete: 'own' } }, []), insert('客服', {}, [])])
  await make(db, boss, { ...equipment, roles: { [seller?.id ?? '']: { view: 'all', edit: 'own' } } })
  const grants = async (id = '') => (await db.query<{ of: unknown }>(sql`select objects -> 'equipment' as of from roles where id = ${id}`))[0]?.of
  assert.deepEqual(await grants(admin?.id), allOf)
  assert.deepEqual(await grants(seller?.id), { view: 'all', edit: 'own', create: true, import: false, delete: 'own' })
  assert.equal(await grants(other?.id), null)
  const [entry] = await db.query<{ changes: { field: string }[] }>(sql`select changes from audit where action = 'object.create'`)
  assert.deepEqual(entry?.changes.map(one => one.field).sort(), ['object', 'roles.管理员', 'roles.销售'].sort())
  await assert.rejects(make(db, { ...boss, rights: ['shape'] }, { label: '车辆', roles: { [seller?.id ?? '']: { view: 'all', edit: 'all' } } }), { code: 'people.moreRights' })
})

test('names that clash are refused with a better one, and leave nothing behind', async () => {
  const { db, boss } = await smallWorld()
  assert.deepEqual(await codesOf(make(db, boss, { label: '客户' })), ['label: shape.objectLabelTaken → 客户2'])
  assert.deepEqual(await codesOf(make(db, boss, { label: 'contacts' })), ['label: shape.objectLabelTaken → contacts2'])
  assert.deepEqual(await codesOf(make(db, boss, { label: '设备', name: 'search' })), ['name: shape.nameTaken → search2'])
  assert.deepEqual(await codesOf(make(db, boss, { label: '设备', name: 'constructor' })), ['name: shape.nameTaken → constructor2'])
  assert.deepEqual(await codesOf(make(db, boss, { label: '设备', name: 'x"; drop table customers' })), ['name: shape.nameInvalid'])
  assert.deepEqual(await codesOf(make(db, boss, { label: ' ', number: { prefix: '😀', digits: 0 } })), ['label: shape.objectLabelMissing', 'number: shape.objectNumber'])
  assert.deepEqual([(await make(db, boss, { label: '设备' })).name, (await make(db, boss, { label: '舍备' })).name, (await make(db, boss, { label: '🚗' })).name], ['sheBei', 'sheBei2', 'object'])
  assert.equal((await listShapedObjects(db)).objects.filter(object => !object.isStandard).length, 3)
  const first = routes.map(route => route.endpoint.path.split('/')[1]?.split('.')[0] ?? '').filter(word => !word.startsWith(':'))
  assert.deepEqual([...new Set([...first, ...standardObjects.map(object => object.name)])].filter(word => !reservedNames.includes(word)), [])
})

test('objects are called otherwise, stand where they are put, and group their fields', async () => {
  const { db, boss } = await smallWorld()
  const made = await make(db, boss)
  await db.transaction(tx => changeObject(tx, boss, 'equipment', { label: '机器', icon: 'box', after: null }, made.version))
  await assert.rejects(db.transaction(tx => changeObject(tx, boss, 'equipment', { label: '装置' }, made.version)), { code: 'record.conflict' })
  assert.deepEqual(allObjects().map(object => object.name), ['departments', 'users', 'equipment', 'customers', 'contacts'])
  await db.transaction(tx => changeObject(tx, boss, 'customers', { label: '会员', english: { one: 'Member of ours', many: 'Members of ours' }, after: 'contacts' }, 0))
  assert.deepEqual(allObjects().map(object => object.label['zh-CN']), ['部门', '成员', '机器', '联系人', '会员'])
  const groups = allObjects().find(object => object.name === 'equipment')?.groups.map(group => ({ name: group.name, label: group.label['zh-CN'] })) ?? []
  const grouped = await db.transaction(tx => changeObject(tx, boss, 'equipment', { groups: [...groups, { label: '维保' }] }))
  const added = grouped.groups.at(-1)?.name ?? ''
  await field(db, boss, 'equipment', { label: '保修到期', type: 'date', group: added })
  assert.deepEqual(await codesOf(db.transaction(tx => changeObject(tx, boss, 'equipment', { groups: groups.slice(1) }))), ['groups: shape.groupInUse', 'groups: shape.groupInUse'])
  await loadCatalog(db)
  assert.deepEqual(allObjects().find(object => object.name === 'equipment')?.groups.map(group => group.label['zh-CN']), ['基础信息', '系统信息', '维保'])
})

test('what others point to cannot be retired; what is retired is gone everywhere, comes back whole, and ends after a month', async () => {
  const { db, boss, departments } = await smallWorld()
  await make(db, boss)
  await make(db, boss, { label: '机房', name: 'rooms', owned: false })
  await field(db, boss, 'equipment', { label: '机房', type: 'reference', target: 'rooms', name: 'room' })
  await field(db, boss, 'equipment', { label: '上级设备', type: 'reference', target: 'equipment', name: 'parent' })
  const me = personOf('设备员', departments.east, [role('设备员', { equipment: allOf, rooms: allOf })])
  const room = await create(db, me, 'rooms', { values: { name: '一号机房' } })
  const lathe = await create(db, me, 'equipment', { values: { name: '车床', room: { id: room.id } } })
  const retire = (name: string) => db.transaction(tx => retireObject(tx, boss, name))
  await assert.rejects(retire('rooms'), { code: 'shape.objectInUse', values: { label: '机房', fields: '设备 · 机房' } })
  await assert.rejects(retire('customers'), { code: 'shape.objectStandard' })

  await retire('equipment')
  await assert.rejects(find(db, me, 'equipment', {}), { code: 'object.unknown' })
  assert.deepEqual((await searchAll(db, me, '车床')).hits, [])
  assert.ok(!describeObjects(me).some(object => object.name === 'equipment'))
  assert.deepEqual(await codesOf(make(db, boss, { label: '别的', name: 'equipment' })), ['name: shape.nameTaken → equipment2'])
  await retire('rooms')
  await assert.rejects(db.transaction(tx => restoreObject(tx, boss, 'equipment')), { code: 'shape.objectPointsToRetired' })
  await loadCatalog(db)
  for (const name of ['rooms', 'equipment']) await db.transaction(tx => restoreObject(tx, boss, name))
  assert.deepEqual((await get(db, me, 'equipment', lathe.id)).room, { id: room.id, label: '一号机房' })

  await db.transaction(tx => retireField(tx, boss, 'equipment', 'room'))
  await retire('rooms')
  await db.query(sql`update objects set retired_at = now() - interval '31 days' where retired_at is not null`)
  await ensureTables(db, await ownTables(db))
  await dropRetiredObjects(db)
  assert.equal((await db.query(sql`select from pg_class where relname ~ '^o_[a-z0-9]+$' and relkind = 'r'`)).length, 1)
  assert.equal((await make(db, boss, { label: '机房', name: 'rooms' })).number?.prefix, 'JF')
  assert.equal((await create(db, me, 'rooms', { values: { name: '新机房' } })).number, 'JF001')
})

test('a company makes fifty objects of its own, and no more', async () => {
  const { db, boss } = await smallWorld()
  for (let i = 1; i <= 50; i++) await make(db, boss, { label: `台账${i}` })
  assert.deepEqual(await codesOf(make(db, boss, { label: '台账51' })), ['label: shape.tooManyObjects'])
  assert.equal(allObjects().length, standardObjects.length + 50)
  await loadCatalog(db)
  assert.equal(parsePage(await find(db, boss, 'customers', {})).total, 4)
})

test('an own table is made exactly as a standard one is', async () => {
  const { db, boss } = await smallWorld()
  await make(db, boss)
  const [own] = await db.query<{ table: string }>(sql`select table_name as "table" from objects where name = 'equipment'`)
  const columnsOf = (table: string) => db.query(sql`
    select attname::text as name, format_type(atttypid, atttypmod) as type, attnotnull as needed, pg_get_expr(adbin, adrelid) as starts, attcollation::regcollation::text as collation
    from pg_attribute left join pg_attrdef on adrelid = attrelid and adnum = attnum where attrelid = ${table}::regclass and attnum > 0 order by attname`)
  const indexesOf = async (table: string) => (await db.query<{ text: string }>(sql`select pg_get_indexdef(indexrelid) as text from pg_index where indrelid = ${table}::regclass`)).map(row => row.text.replaceAll(table, 't')).sort()
  assert.deepEqual(await columnsOf(own?.table ?? ''), await columnsOf('blank_owned'))
  assert.deepEqual(await indexesOf(own?.table ?? ''), await indexesOf('blank_owned'))
  assert.ok((await indexesOf('customers')).some(text => text.includes('t_newest')) && (await indexesOf('blank_owned')).some(text => text.includes('t_newest')))
  await assert.rejects(db.query(sql`select add_object_table('equipment', 'customers', 'blank_owned')`))
  await assert.rejects(db.query(sql`select add_object_table('other', 'o_other', 'credentials')`))
})
