import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ShapedField } from '#shared/api/fields.ts'
import type { Option } from '#shared/object.ts'
import { afterMove, backOf, changesOf, draftsIn, newFieldOf, rebased, toldOtherwise, typedOf } from './field-traits.ts'
import { draftsOf, newDraft, onTop, pastedLabels, withPasted } from './option-drafts.ts'

const exhibition: Option = { id: 'a', label: '展会', color: 'blue' }
const referral: Option = { id: 'b', label: '朋友推荐', color: 'green', definition: '老客户介绍' }
const channel: ShapedField = {
  name: 'channel', label: { 'zh-CN': '客户来源渠道', en: '客户来源渠道' }, type: 'choice', group: 'basic', options: [exhibition, referral], default: '展会', isStandard: false, version: 3, retiredAt: null,
}

test('a new field says only what was filled in', () => {
  const typed = { label: ' 合同金额 ', type: 'money', group: 'business', help: '', example: '', unit: '元', decimals: '2', required: true, unique: false, needsReason: false, hidden: false, options: [], default: '', target: '' }
  assert.deepEqual(newFieldOf(typed, 'name'), { label: '合同金额', type: 'money', group: 'business', required: true, unit: '元', decimals: 2, after: 'name' })
  assert.deepEqual(newFieldOf({ ...typed, type: 'text' }, undefined), { label: '合同金额', type: 'text', group: 'business', required: true })
})

test('a change says only what became otherwise, and the way back says what it was', () => {
  const typed = typedOf(channel, 'zh-CN')
  assert.deepEqual(changesOf(channel, typed, 'zh-CN'), {})
  const changes = changesOf(channel, { ...typed, help: '第一次从哪里知道我们', required: true }, 'zh-CN')
  assert.deepEqual(changes, { help: '第一次从哪里知道我们', required: true })
  assert.deepEqual(backOf(channel, changes, 'zh-CN'), { help: null, required: false })
})

test('the default follows its option when that is called otherwise', () => {
  const typed = typedOf(channel, 'zh-CN')
  const options = draftsIn(typed).map(draft => (draft.id === 'a' ? { ...draft, label: '行业展会' } : draft))
  assert.equal(changesOf(channel, { ...typed, options }, 'zh-CN').default, '行业展会')
})

test('a pasted column becomes options: without list marks, repetitions and empty lines', () => {
  assert.deepEqual(pastedLabels('1. 展会\r\n2、官网\n\n- 朋友推荐\n官网\n', draftsOf([referral])), ['展会', '官网'])
  const drafts = [newDraft('', [])]
  const made = withPasted(drafts, drafts[0]?.key ?? '', '展会\n官网\n广告')
  assert.deepEqual(made.map(draft => draft.label), ['展会', '官网', '广告'])
  assert.equal(new Set(made.map(draft => draft.color)).size, 3)
})

test('two administrators change the same options: neither loses what they added', () => {
  const website = newDraft('官网', [])
  const mine = [...draftsOf([{ ...exhibition, label: '行业展会' }, referral]), website]
  const advert: Option = { id: 'c', label: '广告', color: 'amber' }
  const theirs = [exhibition, { ...referral, label: '转介绍' }, advert]
  assert.deepEqual(onTop(mine, [exhibition, referral], theirs).map(draft => draft.label), ['行业展会', '转介绍', '官网', '广告'])
  assert.deepEqual(onTop(mine, [exhibition, referral], [referral]).map(draft => draft.label), ['朋友推荐', '官网'])
})

test('what somebody else saved meanwhile is told, and mine goes on top of it', () => {
  const now = { ...channel, required: true, help: { 'zh-CN': '必填', en: '必填' }, version: 4 }
  assert.deepEqual(toldOtherwise(channel, now, 'zh-CN').sort(), ['help', 'required'])
  const typed = { ...typedOf(channel, 'zh-CN'), label: '来源渠道' }
  const next = rebased(typed, changesOf(channel, typed, 'zh-CN'), now, 'zh-CN')
  assert.deepEqual([next['label'], next['required'], next['help']], ['来源渠道', true, '必填'])
})

test('a field moves among those of its group, whatever stands between', () => {
  const fields = [{ name: 'a', group: 'x' }, { name: 'b', group: 'y' }, { name: 'c', group: 'x' }, { name: 'd', group: 'y' }]
  assert.equal(afterMove(fields, 'c', -1), null)
  assert.equal(afterMove(fields, 'd', -1), 'a')
  assert.equal(afterMove(fields, 'a', 1), 'c')
  assert.equal(afterMove(fields, 'c', 1), undefined)
})
