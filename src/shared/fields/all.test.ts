import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Field } from '#shared/object.ts'
import { context, field, fromFile } from '../../../test/field.ts'
import { fields as english } from '../i18n/en/fields.ts'
import { fields as chinese } from '../i18n/zh-CN/fields.ts'
import { fieldTypes, parseField } from './all.ts'
import { equipFields } from './equip.ts'
import { isRefused, type TypeName } from './field.ts'

equipFields()
const names = Object.keys(fieldTypes) as TypeName[]
const options = { options: ['潜在客户', '成交客户', 'VIP客户'].map(label => ({ id: label, label, color: 'grey' as const })) }
const fieldOf = (name: TypeName): Field => field(name, { ...(name.startsWith('choice') ? options : {}), decimals: name === 'percent' ? 2 : 4 })

const anything = fc.oneof(
  fc.anything(), fc.string({ unit: 'binary' }), fc.double(), fc.date(),
  fc.array(fc.constantFrom(...'0123456789-/.:年月日 ¥万亿,%()eE+转TZ@市区省北京上海、客户成交身份证\u0000\ud800'), { maxLength: 30 }).map(letters => letters.join('')),
)

test('no input whatsoever makes a type fail, and every reason has a text in both languages', () => {
  for (const name of names) {
    fc.assert(fc.property(anything, fc.boolean(), (input, isFile) => {
      const parsed = parseField(fieldOf(name), input, isFile ? fromFile : context)
      const reasons = isRefused(parsed) ? [parsed.refusal] : parsed.findings ?? []
      for (const { code, field: at } of reasons) {
        assert.equal(at, 'it')
        assert.ok(code in chinese && code in english, code)
      }
    }), { numRuns: 400 })
  }
})

test('what was understood is understood again as the same, and so is what people read', () => {
  for (const name of names) {
    const it = fieldOf(name)
    fc.assert(fc.property(sample(name), input => {
      const parsed = parseField(it, input, context)
      if (isRefused(parsed) || parsed.value === null) return
      const again = parseField(it, parsed.value, context)
      assert.deepEqual(again, { value: parsed.value, ...(isRefused(again) || !again.findings ? {} : { findings: again.findings }) })
      if (['person', 'department', 'reference'].includes(name)) return
      const shown = fieldTypes[name].format(parsed.value, it, 'zh-CN')
      const back = parseField(it, shown, context)
      assert.ok(!isRefused(back), `${name} ${JSON.stringify(shown)}`)
      // Minutes are what people read of an instant whose seconds are zero; milliseconds are not shown.
      if (name === 'datetime') assert.equal(String(back.value).slice(0, 19), String(parsed.value).slice(0, 19))
      else if (name !== 'tags') assert.deepEqual(back.value, parsed.value)
    }), { numRuns: 300 })
  }
})

test('a proposal is always accepted', () => {
  for (const name of names) {
    fc.assert(fc.property(fc.oneof(anything, sample(name)), input => {
      const parsed = parseField(fieldOf(name), input, context)
      if (isRefused(parsed) && parsed.refusal.proposal !== undefined) assert.ok(!isRefused(parseField(fieldOf(name), parsed.refusal.proposal, context)), `${name} ${JSON.stringify(input)} → ${parsed.refusal.proposal}`)
    }), { numRuns: 300 })
  }
})

const samples: Partial<Record<TypeName, fc.Arbitrary<unknown>>> = {
  number: fc.double({ noNaN: true, noDefaultInfinity: true }), money: fc.oneof(fc.integer(), fc.float()), percent: fc.double({ min: -100, max: 100 }), date: fc.oneof(fc.date(), fc.integer({ min: 1, max: 60_000 })), datetime: fc.date({ min: new Date('1970-01-01'), max: new Date('2200-01-01') }),
  rating: fc.constantFrom('3', '★★★', '★☆☆☆☆', '4星', '2/5', '3.4', '９', '⭐⭐'), boolean: fc.boolean(), choice: fc.constantFrom('vip客户', '成交', '潜在客户'), choices: fc.subarray(['VIP客户', '潜在客户', '成交客户', '成交']), tags: fc.array(fc.string()),
  phone: fc.oneof(fc.stringMatching(/^1[3-9]\d{9}$/), fc.stringMatching(/^0\d{2,3}-[1-9]\d{6,7}(-\d{1,4})?$/), fc.stringMatching(/^[48]00\d{7}$/), fc.stringMatching(/^\+\d{8,12}$/)),
  email: fc.emailAddress(), url: fc.webUrl(), region: fc.constantFrom('深圳', '广东省/深圳市/南山区', '朝阳区', '上海浦东', '海南'), person: fc.record({ id: fc.uuid() }), department: fc.uuid(), reference: fc.record({ id: fc.uuid(), label: fc.string() }),
}

const sample = (name: TypeName): fc.Arbitrary<unknown> => samples[name] ?? fc.string({ unit: 'grapheme' })
