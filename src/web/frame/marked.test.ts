import assert from 'node:assert/strict'
import { test } from 'node:test'
import { marked } from './marked.ts'

test('what was typed is marked wherever it stands, in any case', () => {
  assert.deepEqual(marked('北京字节科技 ABC', '字节 abc'), [
    { text: '北京', isMatch: false }, { text: '字节', isMatch: true }, { text: '科技 ', isMatch: false }, { text: 'ABC', isMatch: true },
  ])
})

test('signs of the pattern language are only signs', () => {
  assert.deepEqual(marked('a+b (c)', '+ ('), [{ text: 'a', isMatch: false }, { text: '+', isMatch: true }, { text: 'b ', isMatch: false }, { text: '(', isMatch: true }, { text: 'c)', isMatch: false }])
})

test('nothing typed marks nothing', () => {
  assert.deepEqual(marked('李雷', ' '), [{ text: '李雷', isMatch: false }])
})
