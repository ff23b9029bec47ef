import assert from 'node:assert/strict'
import { test } from 'node:test'
import { customer } from '#shared/objects/customer.ts'
import { department } from '#shared/objects/department.ts'
import { fieldOf } from '#shared/object.ts'
import { personOf, role } from '#test/world.ts'
import { bestAccess, sees, sightOf } from './mask.ts'
import { isCovered, mayCreate, scopesOf } from './scope.ts'
import { system } from './viewer.ts'

const phone = fieldOf(customer, 'phone') ?? assert.fail()
const own = role('自己的', { customers: { view: 'own', edit: 'own', create: true } })
const wide = role('全看脱敏', { customers: { view: 'all' } }, { customers: { phone: 'masked', totalAmount: 'hidden' } })
const lilei = personOf('李雷', 'east', [own, wide])
const mine = { owner_id: lilei.id, owner_department_id: 'east' }
const theirs = { owner_id: 'somebody', owner_department_id: 'north' }

test('roles add up per record: one reads the phones of own customers and sees the others masked', () => {
  assert.equal(sees(lilei, customer, phone, mine), 'read')
  assert.equal(sees(lilei, customer, phone, theirs), 'masked')
  assert.deepEqual(sightOf(lilei, customer, phone), { read: ['own'], masked: ['all'] })
})

test('a field that every role hides does not exist', () => {
  const amount = fieldOf(customer, 'totalAmount') ?? assert.fail()
  const server = personOf('老王', 'east', [wide])
  assert.equal(bestAccess(server, customer, amount), 'hidden')
  assert.equal(sees(server, customer, amount, mine), 'nothing')
  assert.equal(bestAccess(lilei, customer, amount), 'write')
})

test('scopes add up, and all swallows the rest', () => {
  assert.deepEqual(scopesOf(lilei, customer, 'view'), ['all'])
  assert.deepEqual(scopesOf(lilei, customer, 'edit'), ['own'])
  assert.equal(isCovered(lilei, scopesOf(lilei, customer, 'edit'), mine), true)
  assert.equal(isCovered(lilei, scopesOf(lilei, customer, 'edit'), theirs), false)
  assert.deepEqual(scopesOf(lilei, customer, 'delete'), [])
})

test('what belongs to nobody is seen by all who see any of it', () => {
  const someone = personOf('小明', 'east', [role('部门', { departments: { view: 'own' } })])
  assert.deepEqual(scopesOf(someone, department, 'view'), ['all'])
})

test('a role without grants grants nothing, and the system everything under its own name', () => {
  const newcomer = personOf('新人', 'east', [role('空', {})])
  assert.deepEqual(scopesOf(newcomer, customer, 'view'), [])
  assert.equal(mayCreate(newcomer, customer), false)
  assert.deepEqual(scopesOf(system('nightly-backup'), customer, 'delete'), ['all'])
})
