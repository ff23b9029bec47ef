import assert from 'node:assert/strict'
import { test } from 'node:test'
import { uuidv7 } from 'uuidv7'
import { accesses, scopes, type Role } from '#shared/access.ts'
import type { Filter } from '#shared/filter.ts'
import type { Field } from '#shared/object.ts'
import { system, type Viewer } from '#server/access/viewer.ts'
import type { Db } from '#server/db/connect.ts'
import { sql } from '#server/db/sql.ts'
import { createMany } from '#server/records/batch.ts'
import { aggregate, find, findAll, parsePage } from '#server/records/find.ts'
import { get } from '#server/records/get.ts'
import { createField } from '#server/shape/create-field.ts'
import { pinyinKey } from '#server/records/search-tokens.ts'
import { freshDatabase } from './database.ts'
import { byCodePoint, compare, exists, fields, holds, isText, ownFields, searched, shownTo, type ModelRow, type ModelViewer, type Shown } from './model.ts'

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

test(`the door and the naive model agree on ${cases} random questions (KEBU_DOOR_SEED=${seed})`, async () => {
  const random = randomOf(seed)
  const db = await freshDatabase('door')
  const company = await companyOf(db, random)
  for (let i = 0; i < cases; i++) {
    const viewer = company.viewers[i % company.viewers.length] ?? fail()
    await askBoth(db, random, viewer, company.rows).catch((error: Error) => {
      error.message = `case ${i}, seed ${seed}, roles ${JSON.stringify(viewer.roles.map(role => [role.objects, role.fields]))}\n${error.message}`
      throw error
    })
  }
})

const fail = (): never => { throw new Error('no viewer') }

async function companyOf(db: Db, random: Random): Promise<{ viewers: Viewer[]; rows: ModelRow[] }> {
  const departments = Array.from({ length: 4 }, () => uuidv7())
  const users = Array.from({ length: 6 }, (_, i) => ({ id: uuidv7(), departmentId: departments[i % 4] ?? '' }))
  await db.query(sql`insert into departments (id, name) select unnest(${departments}::uuid[]), '部门'`)
  for (const user of users) await db.query(sql`insert into users (id, name, department_id) values (${user.id}, ${`成员${user.id.slice(-4)}`}, ${user.departmentId})`)
  for (const field of ownFields) await db.transaction(tx => createField(tx, system('test'), 'customers', field))
  const rows = Array.from({ length: 120 }, () => rowOf(random, users))
  const maker = { ...system('test'), source: 'import' as const }
  await db.transaction(tx => createMany(tx, maker, 'customers', rows.map(row => ({ id: row.id, values: row.values }))))
  await db.query(sql`update customers set created_at = created_at + (random() * interval '1 hour')`)
  const { catchUpSearch } = await import('#server/records/search-index.ts')
  await catchUpSearch(db)
  const created = new Map((await db.query<{ id: string; at: string }>(sql`select id, created_at::text as at from customers`)).map(row => [row.id, row.at]))
  rows.forEach(row => { row.createdAt = created.get(row.id) ?? '' })
  const viewers = Array.from({ length: 60 }, () => viewerOf(random, users, departments))
  return { viewers, rows }
}

function rowOf(random: Random, users: { id: string; departmentId: string }[]): ModelRow {
  const owner = random.pick(users)
  const maybe = <T>(value: T) => (random.chance(0.75) ? value : null)
  const values: Record<string, unknown> = {
    name: random.pick(names) + random.int(30), phone: maybe(random.pick(phones)), email: maybe(random.pick(emails)), level: maybe(random.pick(levels)),
    tags: maybe([...new Set(random.some(tags, 1 + random.int(2)))]), totalAmount: maybe((random.int(5) * 1000.5).toFixed(2)), orderCount: maybe(String(random.int(4))),
    birthday: maybe(random.pick(days)), vip: maybe(random.chance(0.5)), region: maybe(random.pick(regions)), needs: maybe(random.pick(needs)),
    ownBudget: maybe((random.int(5) * 100.25).toFixed(2)), ownChannel: maybe(random.pick(channels)), ownPlate: maybe(random.pick(plates)), owner: { id: owner.id, label: null },
  }
  return { id: uuidv7(), ownerId: owner.id, departmentId: owner.departmentId, createdAt: '', values }
}

function viewerOf(random: Random, users: { id: string; departmentId: string }[], departments: string[]): Viewer {
  const self = random.pick(users)
  const roles = Array.from({ length: 1 + random.int(3) }, (): Role => ({
    id: uuidv7(), name: '', rights: [], objects: { customers: { view: random.pick(scopes) } },
    fields: { customers: Object.fromEntries(random.some(fields, random.int(6)).map(field => [field.name, random.pick(accesses)])) },
  }))
  return {
    ...system('random'), id: self.id, kind: 'person', departmentId: self.departmentId, departmentTree: [self.departmentId, ...random.some(departments, 1)],
    reports: [self.id, ...random.some(users, 1).map(user => user.id)], roles, rights: [],
  }
}

async function askBoth(db: Db, random: Random, viewer: Viewer, rows: ModelRow[]) {
  const model = viewer as unknown as ModelViewer
  const shown = shownTo(model, rows)
  const visible = fields.filter(field => exists(model, field))
  const hidden = fields.filter(field => !exists(model, field))
  if (hidden.length > 0 && random.chance(0.2)) return askHidden(db, random, viewer, random.pick(hidden))
  if (visible.length === 0) return
  const filter = random.chance(0.8) ? filterOf(random, model, visible, 0) : undefined
  const expected = shown.filter(each => !filter || holds(model, each, filter))
  if (random.chance(0.15)) return askCount(db, viewer, filter, expected, random.pick(visible))
  const word = random.chance(0.25) ? random.pick(['样本', '北', '8000', 'a@ex', '管理', '张伟', 'sample', '𠮷田', '%', '138']) : undefined
  const found = word ? expected.filter(each => mentions(model, each, word)) : expected
  await askList(db, random, viewer, model, visible, { filter, q: word }, found)
}

async function askList(db: Db, random: Random, viewer: Viewer, model: ModelViewer, visible: Field[], query: { filter: Filter | undefined; q: string | undefined }, expected: Shown[]) {
  const sortable = visible.filter(field => field.type !== 'tags')
  const key = sortable.length > 0 && random.chance(0.7) ? { field: random.pick(sortable), descending: random.chance(0.5) } : undefined
  const ordered = expected.toSorted((a, b) => order(model, key, a, b))
  const request = { ...clean(query), ...(key ? { sort: (key.descending ? '-' : '') + key.field.name } : {}) }
  const limit = 1 + random.int(60)
  const page = parsePage(await find(db, viewer, 'customers', { ...request, limit, total: 'exact' }))
  assert.deepEqual(page.records.map(record => record.id), ordered.slice(0, limit).map(each => each.row.id), `order of ${JSON.stringify(request)}`)
  assert.equal(page.total, ordered.length, `total of ${JSON.stringify(request)}`)
  page.records.forEach((record, i) => assert.deepEqual(picked(record, visible), ordered[i]?.values, `values in ${JSON.stringify(request)}`))
  if (page.next && random.chance(0.3)) {
    const second = parsePage(await find(db, viewer, 'customers', { ...request, limit, cursor: page.next, total: 'none' }))
    assert.deepEqual(second.records.map(record => record.id), ordered.slice(limit, 2 * limit).map(each => each.row.id), `second page of ${JSON.stringify(request)}`)
  }
  if (random.chance(0.2)) {
    const offset = random.int(ordered.length + 3)
    const jump = parsePage(await find(db, viewer, 'customers', { ...request, limit, offset, total: 'none' }))
    assert.deepEqual(jump.records.map(record => record.id), ordered.slice(offset, offset + limit).map(each => each.row.id), `jump of ${offset} in ${JSON.stringify(request)}`)
  }
  if (random.chance(0.05)) {
    const all: string[] = []
    for await (const part of findAll(db, viewer, 'customers', request)) all.push(...part.map(record => record.id))
    assert.deepEqual(all, ordered.map(each => each.row.id))
  }
}

const clean = (query: { filter: Filter | undefined; q: string | undefined }) => ({ ...(query.filter ? { filter: query.filter } : {}), ...(query.q ? { q: query.q } : {}) })

const picked = (record: Record<string, unknown>, visible: Field[]) =>
  Object.fromEntries(visible.map(field => [field.name, field.type === 'person' && record[field.name] ? { id: (record[field.name] as { id: string }).id, label: null } : record[field.name]]))

function order(model: ModelViewer, key: { field: Field; descending: boolean } | undefined, a: Shown, b: Shown): number {
  const turn = (n: number, descending: boolean) => (descending ? -n : n)
  if (!key) return turn(byCodePoint(a.row.createdAt, b.row.createdAt) || byCodePoint(a.row.id, b.row.id), true)
  const [left, right] = [a.values[key.field.name] ?? null, b.values[key.field.name] ?? null]
  if (left === null || right === null) return left === right ? turn(byCodePoint(a.row.id, b.row.id), key.descending) : left === null ? 1 : -1
  const text = isText(model, key.field)
  const byName = key.field.name === 'name' && !text
  const difference = byName ? byCodePoint(pinyinKey(String(left)) ?? '', pinyinKey(String(right)) ?? '') : compare(key.field, text, left, right)
  return turn(difference || byCodePoint(a.row.id, b.row.id), key.descending)
}

/** Found only through fields that are read whole on this very record, among those that search looks at. */
function mentions(model: ModelViewer, shown: Shown, word: string): boolean {
  if (!/[\p{L}\p{N}]/u.test(word)) return false
  const looked = fields.filter(field => searched.includes(field.name) && exists(model, field))
  const isWhole = (field: Field) => shown.values[field.name] === shown.row.values[field.name]
  if (looked.some(field => isWhole(field) && String(shown.row.values[field.name] ?? '').toLowerCase().includes(word.toLowerCase()))) return true
  const name = fields.find(field => field.name === 'name')
  return /^[a-z]+$/.test(word) && name !== undefined && exists(model, name) && isWhole(name) && (pinyinKey(String(shown.row.values.name)) ?? '').split('\u0001')[0]?.replaceAll(' ', '').includes(word) === true
}

/** A hidden name is refused like a nonsense name, wherever it is used. */
async function askHidden(db: Db, random: Random, viewer: Viewer, field: Field) {
  const nonsense = { code: 'name.unknown', values: { name: field.name } }
  const uses = [
    () => find(db, viewer, 'customers', { sort: field.name }),
    () => find(db, viewer, 'customers', { filter: { field: field.name, op: 'empty' } }),
    () => find(db, viewer, 'customers', { fields: [field.name] }),
    () => aggregate(db, viewer, 'customers', { measures: [{ op: 'count', as: 'n' }], group: [field.name] }),
    () => aggregate(db, viewer, 'customers', { measures: [{ op: 'max', field: field.name, as: 'n' }] }),
  ]
  await assert.rejects(random.pick(uses)(), nonsense)
}

async function askCount(db: Db, viewer: Viewer, filter: Filter | undefined, expected: Shown[], group: Field) {
  const { rows } = await aggregate(db, viewer, 'customers', { ...(filter ? { filter } : {}), measures: [{ op: 'count', as: 'n' }, { op: 'filled', field: group.name, as: 'filled' }] })
  assert.deepEqual(rows[0], { n: expected.length, filled: expected.filter(each => each.values[group.name] !== null).length })
  const one = expected[0]
  if (one) assert.equal((await get(db, viewer, 'customers', one.row.id)).id, one.row.id)
}

function filterOf(random: Random, model: ModelViewer, visible: Field[], depth: number): Filter {
  const kind = depth < 2 ? random.int(6) : 5
  const parts = () => Array.from({ length: 1 + random.int(2) }, () => filterOf(random, model, visible, depth + 1))
  if (kind === 0) return { and: parts() }
  if (kind === 1) return { or: parts() }
  if (kind === 2) return { not: filterOf(random, model, visible, depth + 1) }
  const field = random.pick(visible)
  const text = isText(model, field)
  const op = random.pick(operatorsOf(field, text))
  const value = () => valueOf(random, field, text)
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
  if (field.type === 'choice' || field.type === 'person') return ['eq', 'ne', 'in', 'notIn', 'empty', 'notEmpty']
  if (field.type === 'longText') return ['contains', 'empty', 'notEmpty']
  if (field.type === 'region') return ['eq', 'in', 'startsWith', 'empty', 'notEmpty']
  return ['eq', 'ne', 'in', 'contains', 'startsWith', 'empty', 'notEmpty']
}

/** A value to ask for: one that occurs, or what its mask would show. */
function valueOf(random: Random, field: Field, text: boolean): unknown {
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
    case 'ownChannel': return asText(random.pick(channels))
    case 'ownPlate': return asText(random.pick([...plates, '沪A', '8000']))
    case 'owner': return uuidv7()
    default: return asText(random.pick([...needs, '客户', '50%', '_']))
  }
}
