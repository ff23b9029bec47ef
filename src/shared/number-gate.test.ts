import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { isIdCard, isUscc, maskSecrets } from './number-gate.ts'

const masked: [text: string, safe: string, found: string[]][] = [
  ['身份证110101199003074338', '身份证110101********4338', ['idCard']],
  ['11010519491231002X', '110105********002X', ['idCard']],
  ['证件号 11010519491231002x 微信wx138', '证件号 110105********002x 微信wx138', ['idCard']],
  ['110101 19900307 4338', '110101 ******** 4338', ['idCard']],
  ['110101-19900307-4338。', '110101-********-4338。', ['idCard']],
  ['１１０１０１１９９００３０７４３３８', '１１０１０１********４３３８', ['idCard']],
  ['卡号6222020200112230004', '卡号622202*********0004', ['bankCard']],
  ['6222 0202 0011 2230 004', '6222 02** **** ***0 004', ['bankCard']],
  ['4111111111111111', '411111******1111', ['bankCard']],
  ['身份证110101199003070038,卡号6222020200112230004', '身份证110101********0038,卡号622202*********0004', ['idCard', 'bankCard']],
  ['110101199003074338 6222020200112230004', '110101********4338 622202*********0004', ['idCard', 'bankCard']],
  // A wrong check digit, but a word that says what it is.
  ['银行卡：6222020200112233445', '银行卡：622202*********3445', ['bankCard']],
]

test('ID-card and bank-card numbers never stay whole, whatever stands between their digits', () => {
  for (const [text, safe, found] of masked) assert.deepEqual(maskSecrets(text), { text: safe, found }, text)
})

test('phones, company codes, order numbers and wrong check digits stay as they are', () => {
  const innocent = [
    '13800138000 13900139001', '电话 010-12345678、13800138000', '91350100M000100Y43', '订单号110101199003070039(非身份证)', '订单号：4111111111111111', '6222020200112233445',
    '2024-05-10 14:30 2024-05-11 15:30', '1234567890123456', 'A110101199003074338', '110101199003074338B', '合同 20240510000123456', '110101209913074338',
  ]
  for (const text of innocent) assert.deepEqual(maskSecrets(text), { text, found: [] }, text)
})

test('an ID card needs a province, a birth date and its check digit', () => {
  assert.ok(isIdCard('110101199003074338'))
  for (const number of ['110101199003074339', '000101199003074338', '110101199002304338', '11010119900307433']) assert.ok(!isIdCard(number), number)
})

test('the code of a company is checked by GB 32100', () => {
  assert.ok(isUscc('91350100M000100Y43'))
  for (const code of ['91350100M000100Y44', '91350100M000100Y4', '91350100I000100Y43', '91350100m000100y43', '']) assert.ok(!isUscc(code), code)
})

test('masking twice changes nothing more, no text makes it fail, and long runs take no long time', () => {
  fc.assert(fc.property(fc.array(fc.constantFrom(...'0123456789 -X字１'), { maxLength: 80 }), letters => {
    const once = maskSecrets(letters.join(''))
    assert.equal(once.text.length, letters.join('').length)
    assert.equal(maskSecrets(once.text).text, once.text)
  }))
  const start = performance.now()
  maskSecrets('1 '.repeat(100_000) + 'a')
  maskSecrets('1'.repeat(200_000) + 'a')
  assert.ok(performance.now() - start < 2000)
})
