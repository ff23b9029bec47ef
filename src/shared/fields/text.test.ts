import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { findings, fromFile, read, refused } from '../../../test/field.ts'
import { compareText, lengthOf } from './letters.ts'

test('one line is trimmed, composed, and freed from what nobody sees', () => {
  assert.equal(read('text', '\u3000 北京 Sample有限公司 \u00a0'), '北京 Sample有限公司')
  assert.equal(read('text', 'e\u0301'), 'é')
  assert.equal(read('text', 'a\u0000b\u200bc\ufeff\u202ed'), 'abcd')
  assert.equal(read('text', '第一行\r\n第二行\t第三'), '第一行 第二行 第三')
  assert.equal(read('text', '＝１＋１'), '＝１＋１')
  assert.equal(read('text', '=cmd|\' /C calc\'!A0'), '=cmd|\' /C calc\'!A0')
  assert.equal(read('text', 'x\ud800y'), 'x\ufffdy')
  assert.equal(read('text', '👨‍👩‍👧'), '👨‍👩‍👧')
  assert.equal(read('text', 12.5), '12.5')
  assert.deepEqual(read('text', {}), refused('field.notText'))
})

test('several lines keep their line ends', () => {
  assert.equal(read('longText', '第一行\r\n第二行,"引号"\n第三行'), '第一行\r\n第二行,"引号"\n第三行')
  assert.equal(read('longText', ' 一\r二\t三 '), '一\n二\t三')
})

test('nothing is null; in files also the signs for nothing', () => {
  for (const nothing of ['', '  ', '\u3000', null, undefined]) assert.equal(read('text', nothing), null)
  for (const sign of ['-', '——', '无', 'N/A', '/', '暂无', '#N/A']) {
    assert.equal(read('text', sign, {}, fromFile), null, sign)
    assert.equal(read('text', sign), sign)
  }
  assert.equal(read('boolean', '无', {}, fromFile), false)
})

test('a required field takes no nothing, also not a text of invisible letters', () => {
  for (const nothing of ['', ' ', null, '\u200b']) assert.deepEqual(read('text', nothing, { required: true }), refused('field.required'))
})

test('length counts characters as people do, not UTF-16 units', () => {
  assert.equal(read('text', '𠮷𠮷', { maxLength: 2 }), '𠮷𠮷')
  assert.deepEqual(read('text', '𠮷野家', { maxLength: 2 }), refused('field.tooLong'))
  fc.assert(fc.property(fc.string({ unit: 'binary' }), text => { assert.equal(lengthOf(text), [...text].length) }))
})

test('texts are ordered by code point, as UTF-8 bytes are', () => {
  assert.ok(compareText('𠮷', '\uff46') > 0)
  fc.assert(fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => {
    assert.equal(Math.sign(compareText(a, b)), Buffer.compare(Buffer.from(a), Buffer.from(b)))
  }))
})

test('a forbidden number in free text is masked and told', () => {
  assert.equal(read('longText', '身份证110101199003074338'), '身份证110101********4338')
  assert.deepEqual(findings('longText', '身份证110101199003074338'), ['secret.idCard'])
  assert.deepEqual(read('tags', ['6222020200112230004']), ['622202*********0004'])
  assert.ok(!JSON.stringify(findings('choice', '110101199003074338')).includes('19900307'))
})

test('the human number is half-width and has no blanks', () => {
  assert.equal(read('numberRule', ' Ｃ００１ '), 'C001')
})

test('an address on the web gets a scheme and can never run a script', () => {
  assert.equal(read('url', 'www.example.com'), 'https://www.example.com')
  assert.equal(read('url', 'HTTP://a.example/中文?x=1'), 'http://a.example/中文?x=1')
  assert.deepEqual(read('url', 'javascript:alert(1)'), refused('url.scheme'))
  assert.deepEqual(read('url', 'java\u0000script:alert(1)'), refused('url.scheme'))
  assert.deepEqual(read('url', 'https://user:secret@example.com'), refused('url.invalid'))
  assert.deepEqual(read('url', '没有网站'), refused('url.invalid'))
  assert.deepEqual(read('url', 'www。example。com'), refused('url.invalid → https://www.example.com'))
})
