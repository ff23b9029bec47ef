import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ChangedField } from '#shared/api/fields.ts'
import type { Filter } from '#shared/filter.ts'
import { fits } from '#shared/fits.ts'
import { Problem } from '#shared/problem.ts'
import type { Viewer } from '#server/access/viewer.ts'
import { objectOf } from '#server/catalog/catalog.ts'
import type { Pool } from '#server/db/connect.ts'
import { changeField } from '#server/shape/change-field.ts'
import { createField } from '#server/shape/create-field.ts'
import { retireField } from '#server/shape/retire-field.ts'
import { smallWorld } from '#test/world.ts'
import { bulk } from './bulk.ts'
import { change } from './change.ts'
import { create } from './create.ts'
import { describeObject } from './describe.ts'
import { editMany } from './edit.ts'
import { contextOf } from './filter.ts'
import { find, parsePage } from './find.ts'
import { get } from './get.ts'

const rule = (db: Pool, viewer: Viewer, name: string, traits: ChangedField) => db.transaction(tx => changeField(tx, viewer, 'customers', name, traits))
const refused = async (work: Promise<unknown>) => work.then(() => [], (error: unknown) => {
  assert.ok(error instanceof Problem, String(error))
  return error.fields.length === 0 ? [error.code] : error.fields.map(({ field, code, values }) => [field, code, values?.['when']].filter(Boolean).join(' '))
})
const unreachable: Filter = { and: [{ field: 'wechat', op: 'empty' }, { field: 'email', op: 'empty' }] }
const company: Filter = { field: 'kind', op: 'eq', value: '企业' }

test('at least one of phone, WeChat and email: the phone must be there where the others are empty', async () => {
  const { db, boss, lilei } = await smallWorld()
  await rule(db, boss, 'phone', { requiredWhen: unreachable })
  assert.deepEqual(await refused(create(db, lilei, 'customers', { values: { name: '无联系方式' } })), ['phone field.requiredHere 微信 为空 且 邮箱 为空'])
  const saved = await create(db, lilei, 'customers', { values: { name: '有微信', wechat: 'kebu_2026' } })
  assert.deepEqual(await refused(change(db, lilei, 'customers', saved.id, { values: { wechat: null } })), ['phone field.requiredHere 微信 为空 且 邮箱 为空'])
  await change(db, lilei, 'customers', saved.id, { values: { wechat: null, email: 'a@example.com' } })
})

test('a field is required of some kinds of customers only, in a save, a paste and a bulk edit alike', async () => {
  const { db, boss, lilei } = await smallWorld()
  await rule(db, boss, 'creditCode', { requiredWhen: company })
  const words = ['creditCode field.requiredHere 主体类型 是 企业']
  assert.deepEqual(await refused(create(db, lilei, 'customers', { values: { name: '甲', kind: '企业' } })), words)
  const person = await create(db, lilei, 'customers', { values: { name: '乙', kind: '个人' } })
  assert.deepEqual(await refused(change(db, lilei, 'customers', person.id, { values: { kind: '企业' } })), words)
  const pasted = JSON.parse(await editMany(db, lilei, 'customers', { create: [{ id: '0197b2a0-0000-7000-8000-00000000abcd', values: { name: '丙', kind: '企业' } }], change: [{ id: person.id, version: person.version, values: { kind: '企业' } }] })) as { refused: { fields: { code: string }[] }[] }
  assert.deepEqual(pasted.refused.map(each => each.fields.map(finding => finding.code)), [['field.requiredHere'], ['field.requiredHere']])
  assert.deepEqual(await refused(bulk(db, lilei, 'customers', { ids: [person.id], action: 'change', values: { kind: '企业' } })), words)
  assert.equal((await get(db, lilei, 'customers', person.id)).kind, '个人')
})

test('what was missing before the rule came may stay so while something else is changed', async () => {
  const { db, boss, lilei } = await smallWorld()
  const old = await create(db, lilei, 'customers', { values: { name: '老客户', kind: '企业' } })
  await rule(db, boss, 'creditCode', { requiredWhen: company })
  await change(db, lilei, 'customers', old.id, { values: { needs: '要一台新的' } })
  assert.deepEqual(await refused(change(db, lilei, 'customers', old.id, { values: { kind: null } })), [])
})

test('a field that is not asked for is not required; what it holds stays', async () => {
  const { db, boss, lilei } = await smallWorld()
  await rule(db, boss, 'shortName', { required: true, visibleWhen: company })
  assert.deepEqual(await refused(create(db, lilei, 'customers', { values: { name: '甲', kind: '企业' } })), ['shortName field.required'])
  await create(db, lilei, 'customers', { values: { name: '乙', kind: '个人' } })
  const { id } = await create(db, lilei, 'customers', { values: { name: '丙', kind: '企业', shortName: '丙司' } })
  assert.equal((await change(db, lilei, 'customers', id, { values: { kind: '个人' } })).shortName, '丙司')
  await change(db, lilei, 'customers', id, { values: { shortName: null } })
  assert.deepEqual(await refused(change(db, lilei, 'customers', id, { values: { kind: '企业' } })), ['shortName field.required'])
})

test('whoever may not see what a rule asks about is told only that the field is required', async () => {
  const { db, boss, lilei } = await smallWorld()
  await rule(db, boss, 'needs', { requiredWhen: { field: 'totalAmount', op: 'gt', value: '100000' } })
  const seeing = (access: 'hidden' | 'masked'): Viewer => ({ ...lilei, roles: lilei.roles.map(role => ({ ...role, fields: { ...role.fields, customers: { ...role.fields.customers, totalAmount: access } } })) })
  const [blind, masked] = [seeing('hidden'), seeing('masked')]
  const toldTo = (viewer: Viewer) => describeObject(viewer, 'customers').fields.find(field => field.name === 'needs')?.requiredWhen
  assert.deepEqual([toldTo(lilei) !== undefined, toldTo(blind), toldTo(masked)], [true, undefined, undefined])
  const { id } = await create(db, boss, 'customers', { values: { name: '大客户', totalAmount: '200000', needs: '全部', owner: lilei.id } })
  for (const who of [blind, masked]) assert.deepEqual(await refused(change(db, who, 'customers', id, { values: { needs: null } })), ['needs field.required'])
  assert.deepEqual(await refused(change(db, lilei, 'customers', id, { values: { needs: null } })), ['needs field.requiredHere 累计交易金额 大于 100000'])
})

test('a rule that makes no sense is refused at its condition, and what a rule asks about cannot be retired', async () => {
  const { db, boss } = await smallWorld()
  const channel = await db.transaction(tx => createField(tx, boss, 'customers', { label: '来源渠道', type: 'text' }))
  assert.deepEqual(await refused(rule(db, boss, 'phone', { requiredWhen: { field: 'phone', op: 'empty' } })), ['requiredWhen shape.conditionItself'])
  assert.deepEqual(await refused(rule(db, boss, 'phone', { requiredWhen: { field: 'contacts', op: 'has' } })), ['requiredWhen shape.conditionFar'])
  assert.deepEqual(await refused(rule(db, boss, 'phone', { visibleWhen: { and: [] } })), ['visibleWhen shape.conditionEmpty'])
  assert.deepEqual(await refused(rule(db, boss, 'phone', { visibleWhen: { field: 'nonsense', op: 'empty' } })), ['visibleWhen name.unknown'])
  await rule(db, boss, 'phone', { visibleWhen: { field: channel.name, op: 'notEmpty' } })
  assert.deepEqual(await refused(db.transaction(tx => retireField(tx, boss, 'customers', channel.name))), ['shape.usedBy'])
  await rule(db, boss, 'phone', { visibleWhen: null })
  await db.transaction(tx => retireField(tx, boss, 'customers', channel.name))
})

test('a filter fits the same records here and in the database', async () => {
  const { db, boss, lilei } = await smallWorld()
  await create(db, lilei, 'customers', { values: { name: 'Straße 𠮷田', kind: '个人', tags: ['vip', '展会'], birthday: '1990-02-28', email: 'A.b@Example.com' } })
  const filters: Filter[] = [
    ...['eq', 'ne', 'contains', 'startsWith'].map(op => ({ field: 'name', op, value: '北京' }) as Filter),
    { field: 'name', op: 'contains', value: 'STRASSE' }, { field: 'email', op: 'contains', value: 'EXAMPLE' },
    ...['lt', 'lte', 'gt', 'gte', 'eq', 'ne'].map(op => ({ field: 'totalAmount', op, value: '120000' }) as Filter),
    { field: 'totalAmount', op: 'between', value: ['80000.50', '120000.00'] }, { field: 'totalAmount', op: 'in', value: ['12万', '5'] },
    { field: 'level', op: 'in', value: ['重点客户', '普通客户'] }, { field: 'level', op: 'notIn', value: ['重点客户'] }, { field: 'level', op: 'empty' },
    { field: 'tags', op: 'contains', value: ['vip'] }, { field: 'tags', op: 'in', value: ['展会', '别的'] }, { field: 'tags', op: 'notIn', value: ['展会'] }, { field: 'tags', op: 'empty' },
    { field: 'owner', op: 'eq', value: 'me' }, { field: 'owner', op: 'ne', value: 'me' }, { field: 'vip', op: 'eq', value: true }, { field: 'vip', op: 'ne', value: true },
    { field: 'birthday', op: 'lt', value: '1990年3月1日' }, { field: 'birthday', op: 'within', value: { last: 3000, unit: 'month' } },
    { field: 'createdAt', op: 'within', value: { this: 'day' } }, { field: 'createdAt', op: 'within', value: { last: 7, unit: 'day' } }, { field: 'createdAt', op: 'within', value: { next: 1, unit: 'week' } },
    { not: { field: 'level', op: 'eq', value: '重点客户' } }, { or: [{ field: 'phone', op: 'empty' }, { and: [{ field: 'vip', op: 'eq', value: false }, { field: 'region', op: 'notEmpty' }] }] },
  ]
  const all = parsePage(await find(db, boss, 'customers', { limit: 200 })).records
  const surroundings = { fields: objectOf('customers').fields, context: contextOf(boss), me: boss.id }
  for (const filter of filters) {
    const found = parsePage(await find(db, boss, 'customers', { filter, limit: 200 })).records.map(record => record.id)
    assert.deepEqual(all.filter(record => fits(filter, record, surroundings)).map(record => record.id), found, JSON.stringify(filter))
  }
})
