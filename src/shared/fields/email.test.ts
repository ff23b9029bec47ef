import assert from 'node:assert/strict'
import { test } from 'node:test'
import { read, refused } from '../../../test/field.ts'

test('an address is kept in lower case', () => {
  for (const typed of ['Zhang.Wei@Example.com', ' zhang.wei@example.com ', 'mailto:zhang.wei@example.com', '邮箱：zhang.wei@example.com', 'ｚhang.wei@example.com']) assert.equal(read('email', typed), 'zhang.wei@example.com', typed)
  for (const typed of ['u1@corp.example', '张伟@例子.中国', 'a+b@mail.qq.com', '1@163.com']) {
    assert.deepEqual(read('email', typed), /^[\x00-\x7f]+@/.test(typed) ? typed : refused('email.invalid'))
  }
})

test('slips of the hand are offered mended, never taken silently', () => {
  const slips: [typed: string, mended: string][] = [
    ['zhang＠example.com', 'zhang@example.com'], ['zhang @example.com', 'zhang@example.com'], ['zhang@example。com', 'zhang@example.com'], ['张伟 <zhang@example.com>', 'zhang@example.com'],
    ['zhang@qqcom', 'zhang@qq.com'], ['zhang@example..com', 'zhang@example.com'], ['zhang@@example.com', 'zhang@example.com'], ['zhang@example,com', 'zhang@example.com'], ['zhang#163.com', 'zhang@163.com'],
  ]
  for (const [typed, mended] of slips) assert.deepEqual(read('email', typed), refused(`email.invalid → ${mended}`), typed)
  assert.deepEqual(read('email', 'zhang@qq.con'), refused('email.slip → zhang@qq.com'))
  assert.deepEqual(read('email', 'zhang@gmial.com'), refused('email.slip → zhang@gmail.com'))
})

test('what cannot be mended is refused', () => {
  for (const typed of ['zhang', 'zhang@', '@example.com', 'zhang@example', 'a..b@example.com', '.a@example.com', `${'a'.repeat(65)}@example.com`]) {
    assert.match((read('email', typed) as { refused: string }).refused, /^email\.invalid/, typed)
  }
  assert.deepEqual(read('email', 'a@example.com, b@example.com'), refused('email.several → a@example.com'))
})
