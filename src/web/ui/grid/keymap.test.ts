import assert from 'node:assert/strict'
import { test } from 'node:test'
import { commandOf, editingCommandOf, type KeyPress } from './keymap.ts'

const press = (keys: string): KeyPress => {
  const parts = keys.split('+')
  return { key: parts.at(-1) ?? '', ctrlKey: parts.includes('Ctrl'), metaKey: parts.includes('Meta'), shiftKey: parts.includes('Shift'), altKey: parts.includes('Alt') }
}

test('the keys of Excel mean what they mean in Excel', () => {
  assert.deepEqual(commandOf(press('ArrowDown')), { kind: 'move', step: 'down' })
  assert.deepEqual(commandOf(press('Shift+ArrowDown')), { kind: 'extend', step: 'down' })
  assert.deepEqual(commandOf(press('Ctrl+Shift+End')), { kind: 'extend', step: 'sheetEnd' })
  assert.deepEqual(commandOf(press('Shift+Tab')), { kind: 'next', direction: 'left' })
  assert.deepEqual(commandOf(press('Meta+z')), { kind: 'undo' })
  assert.deepEqual(commandOf(press('Ctrl+Shift+Z')), { kind: 'redo' })
  assert.deepEqual(commandOf(press('Ctrl+d')), { kind: 'fillDown' })
})

test('letters, and keys that belong to the browser, are not commands', () => {
  assert.equal(commandOf(press('a')), undefined)
  assert.equal(commandOf(press('Ctrl+c')), undefined)
  assert.equal(commandOf(press('Ctrl+r')), undefined)
})

test('after typing over a cell the arrows walk on, after F2 they move the caret', () => {
  assert.deepEqual(editingCommandOf(press('ArrowDown'), true), { kind: 'commit', direction: 'down' })
  assert.equal(editingCommandOf(press('ArrowDown'), false), undefined)
  assert.deepEqual(editingCommandOf(press('Alt+Enter'), false), { kind: 'newLine' })
  assert.deepEqual(editingCommandOf(press('Shift+Enter'), true), { kind: 'commit', direction: 'up' })
})
