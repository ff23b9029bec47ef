import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { formatHtml, formatTsv, parseTsv } from './clipboard.ts'

test('what Excel copies is read cell by cell, without the empty row behind its last line break', () => {
  assert.deepEqual(parseTsv('李雷\t13800138000\r\n韩梅梅\t\r\n'), [['李雷', '13800138000'], ['韩梅梅', '']])
  assert.deepEqual(parseTsv('李雷\r\n'), [['李雷']])
})

test('tabs, line breaks and quotes inside a cell stay inside', () => {
  assert.deepEqual(parseTsv('"上海市\n浦东"\t"他说""好"""\nx\ty'), [['上海市\n浦东', '他说"好"'], ['x', 'y']])
  assert.deepEqual(parseTsv('"a\r\nb"'), [['a\nb']])
})

test('a text that merely begins with a quote does not swallow the rest', () => {
  assert.deepEqual(parseTsv('"星光"公司\t2\n"未完\t3'), [['"星光"公司', '2'], ['"未完', '3']])
})

test('an empty cell is a cell', () => {
  assert.deepEqual(parseTsv(''), [['']])
  assert.deepEqual(parseTsv('\t\n\t'), [['', ''], ['', '']])
})

test('any cells come back as they were copied', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', '客', '"', '\t', '\n', ' ', '=', ',') })
  const table = fc.integer({ min: 1, max: 4 }).chain(width => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 5 }))
  fc.assert(fc.property(table, lines => {
    fc.pre(lines.length === 1 || lines.at(-1)?.length !== 1 || lines.at(-1)?.[0] !== '')
    assert.deepEqual(parseTsv(formatTsv(lines)), lines)
  }))
})

test('as HTML, long numbers stay text and signs are no tags', () => {
  const html = formatHtml([['310101199003074512', '500.00', '<b>&"\n']], [true, false, true])
  assert.match(html, /<td style='mso-number-format:"\\@"'>310101199003074512<\/td><td>500.00<\/td>/)
  assert.match(html, /&lt;b&gt;&amp;&quot;<br/)
})
