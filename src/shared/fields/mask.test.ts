import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { raw, sql } from '#server/db/sql.ts'
import { freshDatabase } from '../../../test/database.ts'
import { field } from '../../../test/field.ts'
import { fieldTypes } from './all.ts'
import type { MaskKind, TypeName } from './field.ts'
import { compareText } from './letters.ts'
import { maskText, maskTextSql } from './mask.ts'

const db = await freshDatabase('mask')
after(() => db.end())

const kinds: MaskKind[] = ['phone', 'name', 'email', 'address', 'number', 'all']

test('a mask leaves what is needed to recognise and no more', () => {
  const masks: [kind: MaskKind, value: string, shown: string][] = [
    ['phone', '13800138000', '138****8000'], ['phone', '010-12345678', '010-****5678'], ['phone', '0755-88886666-801', '0755-****6666'], ['phone', '400-123-4567', '400****4567'], ['phone', '+442071838750', '+44****8750'],
    ['phone', '10086', '***'], ['name', '张三', '张*'], ['name', '欧阳娜娜', '欧***'], ['name', '张', '*'], ['name', '王经理', '*经理'], ['name', '总经理', '总**'], ['name', '𠮷野', '𠮷*'], ['name', '北京示例科技有限公司', '北***'],
    ['email', 'zhang@example.com', 'z***@example.com'], ['email', 'x', '***'], ['email', '@x', '***'], ['address', '广东省深圳市南山区科技园路1号', '广东省深圳市南山区***'], ['address', '杭州市翠苑小区3幢', '杭州市***'],
    ['address', '苏州市吴中区', '苏州市吴中区***'], ['address', '幸福路1号', '***'], ['address', '内蒙古自治区阿克苏地区温宿县', '内蒙古自治区阿克苏地区温宿县***'], ['number', '110101199003074338', '110***'], ['number', '123456', '***'], ['all', '秘密', '***'],
  ]
  for (const [kind, value, shown] of masks) assert.equal(maskText(kind, value), shown, `${kind} ${value}`)
})

const words = ['广东', '深圳', '南山', '小', '社', '省', '市', '区', '县', '旗', '州', '盟', '自治', '地', '内蒙古', '新疆维吾尔', '香港特别行政', '张', '总', '经理', '𠮷', '👨‍👩‍👧', '😀', '@', '.', '-', '0', '1', '3800138000', '010-', '12345678', 'a', 'É', ' ', '\n', "'", '\\', '%', '总经理', 'ｆ']
const value = fc.oneof(fc.array(fc.constantFrom(...words), { maxLength: 9 }).map(parts => parts.join('')), fc.string({ unit: 'grapheme', maxLength: 20 }), fc.stringMatching(/^(1[3-9]\d{9}|0\d{2,3}-\d{7,8}(-\d{1,4})?)$/))
const values = fc.sample(value, 3000).map(text => text.toWellFormed().replaceAll('\u0000', ''))

test('PostgreSQL masks every text exactly as JavaScript does', async () => {
  for (const kind of kinds) {
    const rows = await db.query<{ value: string; masked: string }>(sql`select value, ${raw(maskTextSql(kind, 'value'))} as masked from unnest(${values}::text[]) value`)
    assert.equal(rows.length, values.length)
    for (const { value, masked } of rows) assert.equal(masked, maskText(kind, value), `${kind} ${JSON.stringify(value)}`)
  }
})

test('nothing stays nothing under a mask, and no type shows more than its mask', async () => {
  const samples: Record<string, string> = { text: 'x', 'text[]': '{x}', numeric: '5', date: '2024-05-10', timestamptz: '2024-05-10', boolean: 'true', uuid: '0190a5d0-1c2b-7c3d-8e4f-5a6b7c8d9e0f' }
  for (const name of Object.keys(fieldTypes) as TypeName[]) {
    const type = fieldTypes[name]
    const [row] = await db.query<{ masked: string; nothing: string | null }>(
      sql`select ${raw(type.maskSql('value', field(name)))} as masked, (select ${raw(type.maskSql('value', field(name)))} from (select null::${raw(type.sql)} as value) nothing) as nothing from (select ${samples[type.sql]}::${raw(type.sql)} as value) it`,
    )
    assert.equal(row?.nothing, null, name)
    if (type.sql !== 'text') assert.equal(row?.masked, type.mask(null, field(name)), name)
    else assert.equal(row?.masked, type.mask('x', field(name)), name)
  }
})

test('the order of texts, numbers and tags is the order of PostgreSQL', async () => {
  const texts = await db.query<{ value: string }>(sql`select value from unnest(${values}::text[]) value order by value collate "C"`)
  texts.slice(1).forEach((row, i) => assert.ok(compareText(texts[i]?.value ?? '', row.value) <= 0))
  const numbers = ['10', '9.5', '-1', '-1.50', '0.00', '1000000000000000000000.01', '9.49']
  const ordered = await db.query<{ value: string }>(sql`select n::text as value from unnest(${numbers}::numeric[]) n order by n`)
  assert.deepEqual(ordered.map(row => row.value), [...numbers].sort((a, b) => fieldTypes.money.compare(a, b, field('money'))))
  const lists = [['b'], ['a', 'b'], ['a'], ['𠮷'], ['ｆ', 'x']]
  const sorted = await db.query<{ value: string[] }>(sql`select (select array_agg(e) from jsonb_array_elements_text(value) e) as value from unnest(${lists.map(list => JSON.stringify(list))}::jsonb[]) value order by (select array_agg(e collate "C") from jsonb_array_elements_text(value) e)`)
  assert.deepEqual(sorted.map(row => row.value), [...lists].sort((a, b) => fieldTypes.tags.compare(a, b, field('tags'))))
})
