import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ObjectOut } from '#shared/api/objects.ts'
import { customer } from '#shared/objects/customer.ts'
import { conflictsOf, withoutSame } from './conflicts.ts'

const object: ObjectOut = {
  ...customer, fields: customer.fields.map(field => ({ ...field, access: 'write' as const, ops: [] })),
  rights: { create: true, edit: true, delete: true, export: true, import: true, transfer: true },
}
const before = { id: 'c1', version: 1, name: '星河', level: '普通客户', email: null, owner: { id: 'u1', label: '李雷' } }
const namesOf = (mine: Record<string, unknown>, theirs: Record<string, unknown>) => conflictsOf(object, before, mine, { ...before, version: 2, ...theirs }).map(conflict => conflict.field.name)

test('two people who change different fields do not meet', () => {
  assert.deepEqual(namesOf({ level: '重点客户' }, { email: 'a@example.com' }), [])
})

test('two people who change one field in two ways are asked about it', () => {
  assert.deepEqual(namesOf({ level: '重点客户', name: '星河电子' }, { level: 'VIP客户' }), ['level'])
})

test('two people who write the same agree', () => {
  assert.deepEqual(namesOf({ owner: { id: 'u2', label: '韩梅梅' } }, { owner: { id: 'u2', label: null } }), [])
})

test('after choosing theirs nothing is left to save', () => {
  assert.deepEqual(withoutSame({ level: 'VIP客户', email: '' }, { ...before, level: 'VIP客户' }), {})
})
