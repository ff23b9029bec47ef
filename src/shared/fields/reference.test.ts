import assert from 'node:assert/strict'
import { test } from 'node:test'
import { context, field, read, refused } from '../../../test/field.ts'
import { reference } from './reference.ts'

const id = '0190a5d0-1c2b-7c3d-8e4f-5a6b7c8d9e0f'
const lilei = { id, label: '李雷' }
const known = {
  ...context,
  lookup: (target: string, text: string) => (target !== 'users' ? [] : text === '李雷' ? [lilei] : text === '小明' ? [lilei, { id: id.replace('0', '1'), label: '小明' }] : []),
}

test('a record is pointed to by its id', () => {
  assert.deepEqual(read('person', lilei), lilei)
  assert.deepEqual(read('person', { id: id.toUpperCase() }), { id, label: null })
  assert.deepEqual(read('reference', id, { target: 'customers' }), { id, label: null })
  for (const nonsense of [{ id: 'x' }, { id: 5 }, { label: '李雷' }, ['x']]) assert.deepEqual(read('person', nonsense, {}, known), refused('reference.invalid'), JSON.stringify(nonsense))
})

test('or by a text that exactly one record has', () => {
  assert.deepEqual(read('person', ' 李雷 ', {}, known), lilei)
  assert.deepEqual(read('person', '小明', {}, known), refused('reference.ambiguous'))
  assert.deepEqual(read('person', '小红', {}, known), refused('reference.unknown'))
  assert.deepEqual(read('department', '李雷', {}, known), refused('reference.unknown'))
  assert.deepEqual(read('person', '李雷'), refused('reference.unknown'))
})

test('it is shown by its label', () => {
  assert.equal(reference.format(lilei, field('reference'), 'zh-CN'), '李雷')
  assert.equal(reference.format({ id, label: null }, field('reference'), 'zh-CN'), '')
})
