import assert from 'node:assert/strict'
import { test } from 'node:test'
import { arrange, withFrozen, withHidden, withMoved, withWidth } from './column-layout.ts'
import type { ColumnLayout, GridColumn } from './types.ts'

const column = (name: string, more: Partial<GridColumn<string>> = {}): GridColumn<string> => ({ name, label: name, width: 100, render: row => row, text: row => row, ...more })
const columns = [column('number', { frozen: true }), column('name', { frozen: true }), column('phone'), column('level'), column('wechat', { hidden: true })]
const shown = (layout: ColumnLayout, of = columns) => arrange(of, layout).columns.map(each => each.column.name)

test('untouched columns stand as they were given, hidden ones away', () => {
  assert.deepEqual(shown({}), ['number', 'name', 'phone', 'level'])
  assert.equal(arrange(columns, {}).frozenWidth, 256)
})

test('a frozen column goes to the left and its neighbours give way', () => {
  assert.deepEqual(shown(withFrozen(columns, {}, 'level', true)), ['number', 'name', 'level', 'phone'])
  assert.deepEqual(shown(withFrozen(columns, {}, 'number', false)), ['name', 'number', 'phone', 'level'])
})

test('hiding and showing changes nothing else', () => {
  assert.deepEqual(shown(withHidden(columns, {}, 'wechat', false)), ['number', 'name', 'phone', 'level', 'wechat'])
  assert.deepEqual(shown(withHidden(columns, {}, 'phone', true)), ['number', 'name', 'level'])
})

test('a moved column stands before the other and freezes with it', () => {
  assert.deepEqual(shown(withMoved(columns, {}, 'level', 'phone')), ['number', 'name', 'level', 'phone'])
  const frozen = withMoved(columns, {}, 'level', 'name')
  assert.deepEqual(shown(frozen), ['number', 'level', 'name', 'phone'])
  assert.equal(arrange(columns, frozen).frozen, 3)
  assert.deepEqual(shown(withMoved(columns, {}, 'phone', null)), ['number', 'name', 'level', 'phone'])
})

test('a column that is new since the layout was saved stands behind its neighbour', () => {
  const layout = { order: ['number', 'name', 'level', 'phone'] }
  assert.deepEqual(shown(layout, [...columns.slice(0, 3), column('vip'), ...columns.slice(3)]), ['number', 'name', 'level', 'phone', 'vip'])
})

test('no column is dragged too narrow to be found again', () => {
  assert.equal(arrange(columns, withWidth({}, 'phone', 3)).columns[2]?.width, 48)
})
