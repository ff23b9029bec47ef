import assert from 'node:assert/strict'
import { test } from 'node:test'
import { read, refused } from '../../../test/field.ts'
import { equipFields } from './equip.ts'

equipFields()

const numbers: [canonical: string, spellings: unknown[]][] = [
  ['13800138000', ['13800138000', 13_800_138_000, '138 0013 8000', '138-0013-8000', '+86-13800138000', '+8613800138000', '0086 138-0013-8000', '8613800138000', '013800138000', '１３８００１３８０００', '手机：13800138000', '13800138000.0', '(+86) 13800138000', '13800138000\u200b', '1.3800138000E+10']],
  ['010-12345678', ['010-12345678', '01012345678', '(010)12345678', '（010）1234 5678', '010 1234-5678', '+86 10 1234 5678', '+86 (0)10 12345678', '电话:010－12345678']],
  ['0755-88888888-801', ['0755-88888888-801', '0755-88888888转801', '0755 8888 8888 ext.801', '0755-88888888 分机801', '0755-88888888（801）', '0755-88888888#801']],
  ['021-7537931', ['021-7537931', '0217537931']],
  ['400-123-4567', ['4001234567', '400-123-4567', '400 123 4567', '400-1234-567', '+86 400 123 4567']],
  ['800-820-1234', ['8008201234']],
  ['95588', ['95588']], ['10086', ['10086']], ['12345', ['12345']], ['110', ['110']], ['96110', ['96110']],
  ['+442071838750', ['+44 20 7183 8750', '0044 20 7183 8750', '+44 (0)20 7183 8750']],
  ['+85221234567', ['+852 2123 4567']],
]

test('one number has one form, however it is written', () => {
  for (const [canonical, spellings] of numbers) for (const spelling of spellings) assert.equal(read('phone', spelling), canonical, String(spelling))
})

test('what Excel damaged is refused or recovered, never guessed', () => {
  assert.deepEqual(read('phone', '1.38E+10'), refused('phone.precisionLost'))
  assert.deepEqual(read('phone', '1.38001E+10'), refused('phone.precisionLost'))
  assert.equal(read('phone', '1.3900139001E+10'), '13900139001')
  assert.deepEqual(read('phone', '13800138000.5'), refused('phone.invalid'))
})

test('a refusal says what is wrong', () => {
  const reasons: [typed: string, reason: string][] = [
    ['1385678', 'phone.short'], ['1380013800', 'phone.short'], ['138001380001', 'phone.long'], ['010-6883', 'phone.shortLandline'], ['88888888', 'phone.areaCode'], ['+44 1', 'phone.foreign'],
    ['abc', 'phone.invalid'], ['12800138000', 'phone.invalid'], ['00000000000', 'phone.invalid'], ['13800138OOO', 'phone.invalid'], ['张三', 'phone.invalid'],
  ]
  for (const [typed, reason] of reasons) assert.deepEqual(read('phone', typed), refused(reason), typed)
})

test('of several numbers in one cell the first is offered', () => {
  for (const typed of ['13800138000、13900139001', '13800138000/010-12345678', '13800138000 13900139001', '13800138000;13900139001', '13800138000，张三 13900139001']) {
    assert.deepEqual(read('phone', typed), refused('phone.several → 13800138000'), typed)
  }
})
