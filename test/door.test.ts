import assert from 'node:assert/strict'
import { test } from 'node:test'
import { uuidv7 } from 'uuidv7'
import { accesses, scopes, type Role } from '#shared/access.ts'
import type { Filter } from '#shared/filter.ts'
import type { Field } from '#shared/object.ts'
import type { NewField } from '#shared/api/fields.ts'
import { system, type Viewer } from '#server/access/viewer.ts'
import type { Db } from '#server/db/connect.ts'
import { ident, sql } from '#server/db/sql.ts'
import { objectOf } from '#server/catalog/catalog.ts'
import { createMany } from '#server/records/batch.ts'
import { aggregate, find, findAll, parsePage } from '#server/records/find.ts'
import { get } from '#server/records/get.ts'
import { createField } from '#server/shape/create-field.ts'
import { createObject } from '#server/shape/create-object.ts'
import { pinyinKey } from '#server/records/search-tokens.ts'
import { freshDatabase } from './database.ts'
import { byCodePoint, compare, customers, exists, holds, isReference, isText, machineFields, machineReferences, machines, ownFields, shownTo, type ModelRow, type ModelViewer, type Shown, type Subject } from './model.ts'

const cases = Number(process.env.KEBU_DOOR_CASES ?? 5000)
const seed = Number(process.env.KEBU_DOOR_SEED ?? Date.now() % 1_000_000_007)

/** mulberry32: small, good enough, and the same for the same seed. */
function randomOf(start: number) {
  let state = start
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const int = (n: number) => Math.floor(next() * n)
  const pick = <T>(list: readonly T[]): T => list[int(list.length)] as T
  return { next, int, pick, chance: (p: number) => next() < p, some: <T>(list: readonly T[], n: number) => Array.from({ length: n }, () => pick(list)) }
}
type Random = ReturnType<typeof randomOf>

const names = ['北京示例科技有限公司', '上海样本制造有限公司', '重庆长江贸易', '天津滨海物流', '张伟', '李娜', 'Sample Ltd', '𠮷田商店', '曾国藩书院', '安徽样本']
const phones = ['13800138000', '13900139001', '021-12345678', '400-123-4567', '13700137002']
const emails = ['a@example.com', 'wang.wu@example.cn', 'x@mail.example']
const levels = ['潜在客户', '普通客户', '重点客户', 'VIP客户']
const tags = ['老客户', '展会', '华东', '样本']
const regions = ['北京市/北京市/海淀区', '上海市/上海市/浦东新区', '广东省/深圳市']
const days = ['1990-01-01', '1985-05-10', '2000-12-31']
const channels = ['展会', '转介绍', '电话']
const plates = ['沪A8000', '京B138', '管理处1号']
const needs = ['采购客户管理系统', '对接ERP', '50% 折扣_试用']

/** Where one asks, and about what. `makers`: the customers that machines point to. */
interface Asking { db: Db; random: Random; subject: Subject; makers: string[] }

test(`the door and the naive model agree on ${cases} random questions (KEBU_DOOR_SEED=${seed})`, () => askMany(customers, cases))

const some = Math.ceil(cases / 2)
test(`they agree on ${some} about an object of the company's own, with references (KEBU_DOOR_SEED=${seed})`, () => askMany(machines, some))

async function askMany(subject: Subject, many: number) {
  const random = randomOf(seed)
  const asking: Asking = { db: await freshDatabase('door'), random, subject, makers: [] }
  const company = await companyOf(asking)
  for (let i = 0; i < many; i++) {
    const viewer = company.viewers[i % company.viewers.length] ?? fail()
    await askBoth(asking, viewer, company.rows).catch((error: Error) => {
      error.message = `case ${i}, seed ${seed}, roles ${JSON.stringify(viewer.roles.map(role => [role.objects, role.fields]))}\n${error.message}`
      throw error
    })
  }
}

const fail = (): never => { throw new Error('no viewer') }

async function companyOf(asking: Asking): Promise<{ viewers: Viewer[]; rows: ModelRow[] }> {
  const { db, subject } = asking
  const departments = Array.from({ length: 4 }, () => uuidv7())
  const users = Array.from({ length: 6 }, (_, i) => ({ id: uuidv7(), departmentId: departments[i % 4] ?? '' }))
  await db.query(sql`insert into departments (id, name) select unnest(${departments}::uuid[]), '部门'`)
  for (const user of users) await db.query(sql`insert into users (id, name, department_id) values (${user.id}, ${`成员${user.id.slice(-4)}`}, ${user.departmentId})`)
  await shape(asking)
  const rows: ModelRow[] = []
  for (let i = 0; i < 120; i++) rows.push(rowOf(asking, users, rows))
  const maker = { ...system('test'), source: 'import' as const }
  await db.transaction(tx => createMany(tx, maker, subject.object, rows.map(row => ({ id: row.id, values: row.values }))))
  const table = ident(objectOf(subject.object).table)
  await db.query(sql`update ${table} set created_at = created_at + (random() * interval '1 hour')`)
  const { catchUpSearch } = await import('#server/records/search-index.ts')
  await catchUpSearch(db)
  const created = new Map((await db.query<{ id: string; at: string }>(sql`select id, created_at::text as at from ${table}`)).map(row => [row.id, row.at]))
  rows.forEach(row => { row.createdAt = created.get(row.id) ?? '' })
  const viewers = Array.from({ length: 60 }, () => viewerOf(asking, users, departments))
  return { viewers, rows }
}

/** The fields that this company made; and for machines the object itself, and some customers to point to. */
async function shape(asking: Asking) {
  const { db, subject } = asking
  const make = (field: NewField) => db.transaction(tx => createField(tx, system('test'), subject.object, { ...field, ...(field.formula !== undefined && { type: 'formula' }) }))
  if (subject === customers) {
    for (const field of ownFields) await make(field)
    return
  }
  await db.transaction(tx => createObject(tx, { ...system('test') }, { label: '设备', name: subject.object }))
  for (const field of [...machineFields, ...machineReferences]) await make(field)
  asking.makers = Array.from({ length: 4 }, () => uuidv7())
  await db.transaction(tx => createMany(tx, { ...system('test'), source: 'import' }, 'customers', asking.makers.map((id, i) => ({ id, values: { name: `制造商${i}` } }))))
}

function rowOf({ random, subject, makers }: Asking, users: { id: string; departmentId: string }[], before: ModelRow[]): ModelRow {
  const owner = random.pick(users)
  const maybe = <T>(value: T) => (random.chance(0.75) ? value : null)
  const values: Record<string, unknown> = {
    name: random.pick(names) + random.int(30), phone: maybe(random.pick(phones)), email: maybe(random.pick(emails)), level: maybe(random.pick(levels)),
    tags: maybe([...new Set(random.some(tags, 1 + random.int(2)))]), totalAmount: maybe((random.int(5) * 1000.5).toFixed(2)), orderCount: maybe(String(random.int(4))),
    birthday: maybe(random.pick(days)), vip: maybe(random.chance(0.5)), region: maybe(random.pick(regions)), needs: maybe(random.pick(needs)),
    ownBudget: maybe((random.int(5) * 100.25).toFixed(2)), ownChannel: maybe(random.pick(channels)), ownPlate: maybe(random.pick(plates)), owner: { id: owner.id, label: null },
    ...(subject === machines && { maker: maybe({ id: random.pick(makers), label: null }), parent: before.length === 0 ? null : maybe({ id: random.pick(before).id, label: null }) }),
  }
  values['ownTenth'] = values['ownBudget'] === null ? null : Number((Number(values['ownBudget']) / 10 + 1e-9).toFixed(2)).toFixed(2)
  return { id: uuidv7(), ownerId: owner.id, departmentId: owner.departmentId, createdAt: '', values }
}

function viewerOf({ random, subject }: Asking, users: { id: string; departmentId: string }[], departments: string[]): Viewer {
  const self = random.pick(users)
  const roles = Array.from({ length: 1 + random.int(3) }, (): Role => ({
    id: uuidv7(), name: '', rights: [], objects: { ...(random.chance(0.5) && { customers: { view: 'all' } }), [subject.object]: { view: random.pick(scopes) } },
    fields: { [subject.object]: Object.fromEntries(random.some(subject.fields, random.int(6)).map(field => [field.name, random.pick(accesses)])) },
  }))
  return {
    ...system('random'), id: self.id, kind: 'person', departmentId: self.departmentId, departmentTree: [self.departmentId, ...random.some(departments, 1)],
    reports: [self.id, ...random.some(users, 1).map(user => user.id)], roles, rights: [],
  }
}

async function askBoth(asking: Asking, viewer: Viewer, rows: ModelRow[]) {
  const { random, subject } = asking
  const model = viewer as unknown as ModelViewer
  const shown = shownTo(subject, model, rows)
  const visible = subject.fields.filter(field => exists(subject, model, field))
  const hidden = subject.fields.filter(field => !exists(subject, model, field))
  if (hidden.length > 0 && random.chance(0.2)) return askHidden(asking, viewer, random.pick(hidden))
  if (visible.length === 0) return
  const filter = random.chance(0.8) ? filterOf(asking, model, visible, 0) : undefined
  const expected = shown.filter(each => !filter || holds(subject, model, each, filter))
  if (random.chance(0.15)) return askCount(asking, viewer, filter, expected, random.pick(visible))
  const word = random.chance(0.25) ? random.pick(['样本', '北', '8000', 'a@ex', '管理', '张伟', 'sample', '𠮷田', '%', '138']) : undefined
  const found = word ? expected.filter(each => mentions(subject, model, each, word)) : expected
  await askList(asking, viewer, { model, visible, seen: new Set(shown.map(each => each.row.id)) }, { filter, q: word }, found)
}

/** What the model knows of who asks: the fields that exist for them, and the records that they see. */
interface Eyes { model: ModelViewer; visible: Field[]; seen: Set<string> }

async function askList({ db, random, subject }: Asking, viewer: Viewer, { model, visible, seen }: Eyes, query: { filter: Filter | undefined; q: string | undefined }, expected: Shown[]) {
  const sortable = visible.filter(field => field.type !== 'tags')
  const key = sortable.length > 0 && random.chance(0.7) ? { field: random.pick(sortable), descending: random.chance(0.5) } : undefined
  const ordered = expected.toSorted((a, b) => order(subject, model, key, a, b))
  const request = { ...clean(query), ...(key ? { sort: (key.descending ? '-' : '') + key.field.name } : {}) }
  const limit = 1 + random.int(60)
  const page = parsePage(await find(db, viewer, subject.object, { ...request, limit, total: 'exact' }))
  assert.deepEqual(page.records.map(record => record.id), ordered.slice(0, limit).map(each => each.row.id), `order of ${JSON.stringify(request)}`)
  assert.equal(page.total, ordered.length, `total of ${JSON.stringify(request)}`)
  page.records.forEach((record, i) => assert.deepEqual(picked(record, visible), named(viewer, visible, seen, ordered[i]?.values), `values in ${JSON.stringify(request)}`))
  if (page.next && random.chance(0.3)) {
    const second = parsePage(await find(db, viewer, subject.object, { ...request, limit, cursor: page.next, total: 'none' }))
    assert.deepEqual(second.records.map(record => record.id), ordered.slice(limit, 2 * limit).map(each => each.row.id), `second page of ${JSON.stringify(request)}`)
  }
  if (random.chance(0.2)) {
    const offset = random.int(ordered.length + 3)
    const jump = parsePage(await find(db, viewer, subject.object, { ...request, limit, offset, total: 'none' }))
    assert.deepEqual(jump.records.map(record => record.id), ordered.slice(offset, offset + limit).map(each => each.row.id), `jump of ${offset} in ${JSON.stringify(request)}`)
  }
  if (random.chance(0.05)) {
    const all: string[] = []
    for await (const part of findAll(db, viewer, subject.object, request)) all.push(...part.map(record => record.id))
    assert.deepEqual(all, ordered.map(each => each.row.id))
  }
}

const clean = (query: { filter: Filter | undefined; q: string | undefined }) => ({ ...(query.filter ? { filter: query.filter } : {}), ...(query.q ? { q: query.q } : {}) })

const picked = (record: Record<string, unknown>, visible: Field[]) =>
  Object.fromEntries(visible.map(field => [field.name, isReference(field) && record[field.name] ? { id: (record[field.name] as { id: string }).id, label: null } : record[field.name]]))

/** A reference shows only what the viewer sees: a customer if they see customers, a machine if it is among theirs. */
function named(viewer: Viewer, visible: Field[], seen: Set<string>, values: Record<string, unknown> = {}) {
  const seesCustomers = viewer.roles.some(role => role.objects.customers?.view === 'all')
  const isUnseen = (field: Field, value: unknown) => field.type === 'reference' && value !== null && !(field.target === 'customers' ? seesCustomers : seen.has((value as { id: string }).id))
  return Object.fromEntries(visible.map(field => [field.name, isUnseen(field, values[field.name]) ? null : values[field.name]]))
}

function order(subject: Subject, model: ModelViewer, key: { field: Field; descending: boolean } | undefined, a: Shown, b: Shown): number {
  const turn = (n: number, descending: boolean) => (descending ? -n : n)
  if (!key) return turn(byCodePoint(a.row.createdAt, b.row.createdAt) || byCodePoint(a.row.id, b.row.id), true)
  const [left, right] = [a.values[key.field.name] ?? null, b.values[key.field.name] ?? null]
  if (left === null || right === null) return left === right ? turn(byCodePoint(a.row.id, b.row.id), key.descending) : left === null ? 1 : -1
  const text = isText(subject, model, key.field)
  const byName = key.field.name === 'name' && !text
  const difference = byName ? byCodePoint(pinyinKey(String(left)) ?? '', pinyinKey(String(right)) ?? '') : compare(key.field, text, left, right)
  return turn(difference || byCodePoint(a.row.id, b.row.id), key.descending)
}

/** Found only through fields that are read whole on this very record, among those that search looks at. */
function mentions(subject: Subject, model: ModelViewer, shown: Shown, word: string): boolean {
  if (!/[\p{L}\p{N}]/u.test(word)) return false
  const looked = subject.fields.filter(field => subject.searched.includes(field.name) && exists(subject, model, field))
  const isWhole = (field: Field) => shown.values[field.name] === shown.row.values[field.name]
  if (looked.some(field => isWhole(field) && String(shown.row.values[field.name] ?? '').toLowerCase().includes(word.toLowerCase()))) return true
  const name = subject.fields.find(field => field.name === 'name')
  return /^[a-z]+$/.test(word) && name !== undefined && exists(subject, model, name) && isWhole(name) && (pinyinKey(String(shown.row.values.name)) ?? '').split('\u0001')[0]?.replaceAll(' ', '').includes(word) === true
}

/** A hidden name is refused like a nonsense name, wherever it is used. */
async function askHidden({ db, random, subject }: Asking, viewer: Viewer, field: Field) {
  const nonsense = { code: 'name.unknown', values: { name: field.name } }
  const uses = [
    () => find(db, viewer, subject.object, { sort: field.name }),
    () => find(db, viewer, subject.object, { filter: { field: field.name, op: 'empty' } }),
    () => find(db, viewer, subject.object, { fields: [field.name] }),
    () => aggregate(db, viewer, subject.object, { measures: [{ op: 'count', as: 'n' }], group: [field.name] }),
    () => aggregate(db, viewer, subject.object, { measures: [{ op: 'max', field: field.name, as: 'n' }] }),
  ]
  await assert.rejects(random.pick(uses)(), nonsense)
}

async function askCount({ db, subject }: Asking, viewer: Viewer, filter: Filter | undefined, expected: Shown[], group: Field) {
  const { rows } = await aggregate(db, viewer, subject.object, { ...(filter ? { filter } : {}), measures: [{ op: 'count', as: 'n' }, { op: 'filled', field: group.name, as: 'filled' }] })
  assert.deepEqual(rows[0], { n: expected.length, filled: expected.filter(each => each.values[group.name] !== null).length })
  const one = expected[0]
  if (one) assert.equal((await get(db, viewer, subject.object, one.row.id)).id, one.row.id)
}

function filterOf(asking: Asking, model: ModelViewer, visible: Field[], depth: number): Filter {
  const { random, subject } = asking
  const kind = depth < 2 ? random.int(6) : 5
  const parts = () => Array.from({ length: 1 + random.int(2) }, () => filterOf(asking, model, visible, depth + 1))
  if (kind === 0) return { and: parts() }
  if (kind === 1) return { or: parts() }
  if (kind === 2) return { not: filterOf(asking, model, visible, depth + 1) }
  const field = random.pick(visible)
  const text = isText(subject, model, field)
  const op = random.pick(operatorsOf(field, text))
  const value = () => valueOf(asking, field, text)
  if (op === 'empty' || op === 'notEmpty') return { field: field.name, op }
  if (op === 'between') return { field: field.name, op, value: [value(), value()] }
  if (op === 'in' || op === 'notIn') return { field: field.name, op, value: random.some([value(), value()], 2) }
  return { field: field.name, op, value: field.type === 'tags' && !text ? [value()] : value() }
}

type Operator = 'eq' | 'ne' | 'in' | 'notIn' | 'contains' | 'startsWith' | 'empty' | 'notEmpty' | 'gt' | 'gte' | 'lt' | 'lte' | 'between'
function operatorsOf(field: Field, text: boolean): Operator[] {
  if (text) return ['eq', 'ne', 'in', 'notIn', 'contains', 'startsWith', 'empty', 'notEmpty']
  if (field.type === 'tags') return ['contains', 'in', 'notIn', 'empty', 'notEmpty']
  if (['money', 'number', 'date'].includes(field.type)) return ['eq', 'ne', 'gt', 'gte', 'lt', 'lte', 'between', 'empty', 'notEmpty']
  if (field.type === 'boolean') return ['eq', 'ne', 'empty', 'notEmpty']
  if (field.type === 'choice' || isReference(field)) return ['eq', 'ne', 'in', 'notIn', 'empty', 'notEmpty']
  if (field.type === 'longText') return ['contains', 'empty', 'notEmpty']
  if (field.type === 'region') return ['eq', 'in', 'startsWith', 'empty', 'notEmpty']
  return ['eq', 'ne', 'in', 'contains', 'startsWith', 'empty', 'notEmpty']
}

/** A value to ask for: one that occurs, or what its mask would show. */
function valueOf({ random, makers }: Asking, field: Field, text: boolean): unknown {
  const asText = (value: string) => (text && random.chance(0.5) ? random.pick(['138****8000', '***', '0', value.slice(0, 2)]) : value)
  switch (field.name) {
    case 'name': return asText(random.pick(['北京', '张伟', '样本', 'Sample', '公司1', random.pick(names) + random.int(30)]))
    case 'phone': return asText(random.chance(0.5) ? random.pick(phones) : random.pick(['138', '0013', '****']))
    case 'email': return asText(random.pick([...emails, 'a@']))
    case 'level': return asText(random.pick(levels))
    case 'tags': return asText(random.pick(tags))
    case 'totalAmount': return asText((random.int(5) * 1000.5).toFixed(2))
    case 'orderCount': return asText(String(random.int(4)))
    case 'birthday': return asText(random.pick(days))
    case 'vip': return text ? random.pick(['true', 'false']) : random.chance(0.5)
    case 'region': return asText(random.pick(regions))
    case 'ownBudget': return asText((random.int(5) * 100.25).toFixed(2))
    case 'ownTenth': return asText((random.int(5) * 10.03).toFixed(2))
    case 'ownChannel': return asText(random.pick(channels))
    case 'ownPlate': return asText(random.pick([...plates, '沪A', '8000']))
    case 'owner': case 'parent': return uuidv7()
    case 'maker': return { id: random.pick(makers) }
    default: return asText(random.pick([...needs, '客户', '50%', '_']))
  }
}
