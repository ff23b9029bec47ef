import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Field } from '../object.ts'
import { functionNames } from './functions.ts'
import { inWords, isWrong, namesIn, readFormula } from './read.ts'

const field = (name: string, label: string, type: Field['type'], more: Partial<Field> = {}): Field => ({ name, label: { 'zh-CN': label, en: label }, type, column: `f_${name}`, group: '', ...more })
const fields = [
  field('budget', '预算', 'money'), field('discount', '折扣', 'percent'), field('count', '数量', 'number'), field('signedAt', '签约日', 'date'), field('name', '客户名称', 'text'), field('vip', '贵宾', 'boolean'), field('owner', '负责人', 'person'),
  field('level', '等级', 'choice', { options: [{ id: 'a', label: '重点', color: 'red' }, { id: 'b', label: '普通', color: 'grey', formerly: ['一般'] }] }),
]
const read = (text: string) => readFormula(text, fields, 'words')
const kindOf = (text: string) => { const found = read(text); return isWrong(found) ? found.problem.code : found.kind }
const placeOf = (text: string) => { const found = read(text); return isWrong(found) ? text.slice(found.problem.at, found.problem.at + found.problem.length) : null }

test('what a formula gives follows from its fields', () => {
  const kinds: [string, string][] = [
    ['{预算} * {折扣}', 'money'], ['{折扣} + 5%', 'percent'], ['1 + {折扣}', 'number'], ['{预算} / {预算}', 'number'], ['{预算} / {数量}', 'money'], ['{签约日} + 30', 'date'], ['TODAY() - {签约日}', 'number'],
    ['IF({贵宾}, {预算}, 0)', 'money'], ['{客户名称} & {预算}', 'text'], ['{预算} > 5', 'boolean'], ['IF({贵宾}, {签约日}, BLANK())', 'date'], ['MAX({签约日}, TODAY())', 'date'], ['{等级} & ""', 'text'],
  ]
  for (const [formula, kind] of kinds) assert.equal(kindOf(formula), kind, formula)
})

test('a Chinese keyboard, Excel habits and bare names are understood', () => {
  for (const formula of ['＝ｉｆ（｛预算｝＞＝１００，“大”，“小”）', '=IF({预算}>=100,"大","小")', 'if(预算 ≥ 100, ‘大’, ‘小’)', 'IF(budget >= 100; "大"; "小")', '= If ( { 预算 } >= 100 、 "大" 、 "小" )']) {
    const found = read(formula)
    assert.ok(!isWrong(found), formula)
    assert.deepEqual([found.kind, found.reads], ['text', ['budget']])
  }
})

test('it is stored by names and shown by the labels of the day', () => {
  const found = read('{预算} * 折扣 - sum({数量}, 1)')
  assert.ok(!isWrong(found))
  assert.equal(found.stored, '{budget} * {discount} - sum({count}, 1)')
  const renamed = fields.map(each => (each.name === 'budget' ? { ...each, label: { 'zh-CN': '总预算', en: 'Total' } } : each))
  assert.equal(inWords(found.stored, renamed, 'zh-CN'), '{总预算} * {折扣} - sum({数量}, 1)')
  assert.deepEqual(namesIn(found.stored), ['budget', 'discount', 'count'])
  // A label that is another field's name: what is stored means the name.
  const confusing = [...fields, field('x1', 'budget', 'text')]
  const again = readFormula('{budget} * 2', confusing, 'names')
  assert.ok(!isWrong(again) && again.reads[0] === 'budget')
})

test('a problem stands where it is and says what may have been meant', () => {
  const wrongs: [string, string, string][] = [
    ['1 + {预奉}', 'formula.fieldUnknown', '{预奉}'], ['{客户名称} * 2', 'formula.needs.number', '{客户名称}'], ['SUMM(1)', 'formula.functionUnknown', 'SUMM'], ['ROUND(1, 2, 3)', 'formula.arguments', 'ROUND'], ['({预算} + 1', 'formula.bracketOpen', '('],
    ['1 + ', 'formula.endsEarly', ''], ['1 2', 'formula.operatorMissing', '2'], ['{预算', 'formula.braceOpen', '{'], ['"abc', 'formula.textOpen', '"abc'], ['{负责人}', 'formula.reference', '{负责人}'], ['{等级} = "重"', 'formula.optionUnknown', '"重"'],
    ['IF({预算}, 1, 2)', 'formula.needs.boolean', '{预算}'], ['IF({贵宾}, 1, "x")', 'formula.mixed', '"x"'], ['{签约日} > "昨天"', 'formula.dateText', '"昨天"'], ['2 ^ 3', 'formula.sign', '^'], ['1)', 'formula.closeTooMany', ')'], ['BLANK()', 'formula.alwaysEmpty', 'BLANK()'], ['SUM(1,)', 'formula.argumentMissing', ')'],
  ]
  for (const [formula, code, place] of wrongs) assert.deepEqual([kindOf(formula), placeOf(formula)], [code, place], formula)
  assert.equal(kindOf('{等级} = "一般"'), 'boolean')
  const typo = read('1 + {预奉}')
  assert.ok(isWrong(typo) && typo.problem.proposal === '{预算}')
})

test('no input hangs it or brings it down, and every problem lies inside the text', () => {
  const parts = fc.constantFrom(...functionNames, '(', ')', ',', '{预算}', '{', '}', '"', '“', '+', '-', '*', '/', '&', '=', '<>', '1', '.5', '%', ' ', '，', 'TRUE', '折扣', '𠮷', '\0', '\u202e')
  const noise = fc.oneof(fc.string({ unit: 'binary', maxLength: 200 }), fc.array(parts, { maxLength: 300 }).map(all => all.join('')))
  fc.assert(fc.property(noise, text => {
    const found = read(text)
    if (isWrong(found)) return found.problem.at >= 0 && found.problem.at + found.problem.length <= Math.max(text.length, 1) + 1
    return !isWrong(readFormula(found.stored, fields, 'names'))
  }), { numRuns: 3_000 })
  const started = Date.now()
  for (const text of ['('.repeat(1_999), '-'.repeat(1_999), 'IF('.repeat(600), '1+'.repeat(999) + '1', '{'.repeat(2_000), '"'.repeat(1_999), 'x'.repeat(100_000), 'NOT('.repeat(39) + 'TRUE' + ')'.repeat(39)]) read(text)
  assert.ok(Date.now() - started < 1_000)
})
