import assert from 'node:assert/strict'
import { test } from 'node:test'
import { standardObjects } from '../objects/all.ts'
import type { Lang } from '../object.ts'
import type { TypeName } from './field.ts'
import { isVague, labelAdvice } from './label-advice.ts'

const customers = standardObjects.find(object => object.name === 'customers')
const advice = (label: string, type: TypeName = 'text', lang: Lang = 'zh-CN', name?: string) => {
  assert.ok(customers)
  return labelAdvice({ label, type, one: customers.one, fields: customers.fields, ...(name === undefined ? {} : { name }) }, lang)
}

test('a label that another field has is told with one that sets both apart', () => {
  assert.deepEqual(advice('邮箱', 'email'), { field: 'label', code: 'shaping.labelTaken', values: { label: '邮箱' }, proposal: '备用邮箱' })
  assert.equal(advice(' 备注 ', 'longText')?.proposal, '内部备注')
  assert.equal(advice('owner', 'person', 'en')?.proposal, 'Supporting owner')
  assert.equal(advice('邮箱', 'email', 'zh-CN', 'email'), null)
})

test('a label that says nothing gets one that does, fit for its type', () => {
  for (const label of ['字段1', '备注1', '其他', '名称', 'test', '自定义字段', '金额', '123', 'xxx', '新字段 2', 'Untitled', '列3', '信息', '日期'])
    assert.equal(advice(label)?.code, 'shaping.labelVague', label)
  assert.equal(advice('字段1', 'date')?.proposal, '签约日期')
  assert.equal(advice('金额', 'money')?.proposal, '合同金额')
  assert.equal(advice('类型', 'choice')?.proposal, '客户类型')
  assert.equal(advice('status', 'choice', 'en')?.code, 'shaping.labelTaken')
  assert.equal(advice('field', 'money', 'en')?.proposal, 'Contract amount')
})

test('a proposal is never another label that is taken or says nothing', () => {
  assert.ok(customers)
  const free = (label: string, type: TypeName) => {
    const proposal = advice(label, type)?.proposal ?? ''
    return proposal !== '' && !isVague(proposal) && !customers.fields.some(field => field.label['zh-CN'] === proposal)
  }
  for (const field of customers.fields) assert.ok(free(field.label['zh-CN'], field.type), field.label['zh-CN'])
})

test('what another field is also called is worth a word, and a good label is not', () => {
  assert.deepEqual(advice('微信号'), { field: 'label', code: 'shaping.labelAlso', values: { label: '微信' } })
  for (const label of ['客户来源渠道', '合同金额', '签约日期', '门店数', 'Budget', '年采购量', '', '  ']) assert.equal(advice(label), null, label)
})
