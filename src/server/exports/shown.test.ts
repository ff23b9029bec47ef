import assert from 'node:assert/strict'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { isCovered, scopesOf } from '#server/access/scope.ts'
import type { Viewer } from '#server/access/viewer.ts'
import { objectOf } from '#server/catalog/catalog.ts'
import { sql } from '#server/db/sql.ts'
import { openFile } from '#server/files/read.ts'
import { create } from '#server/records/create.ts'
import { find, parsePage } from '#server/records/find.ts'
import { visibleColumns } from '#server/records/relation.ts'
import type { Grants } from '#shared/access.ts'
import type { RecordOut, RecordQuery } from '#shared/api/records.ts'
import type { Reference } from '#shared/fields/field.ts'
import type { Field } from '#shared/object.ts'
import { personOf, role, roles, smallWorld, type World } from '../../../test/world.ts'
import { writeList } from './run.ts'

let world: World
let folder = ''
before(async () => {
  world = await smallWorld('exports-shown')
  folder = await mkdtemp(path.join(tmpdir(), 'kebu-exports-shown-'))
  await fill(world)
})
after(() => world.db.end())

/** Something in every field, and in the texts whatever could break a row apart. */
async function fill({ db, boss, lilei, xiaohong, customers }: World) {
  const evil = '第一行\n第二行\t\\N "引号", \\. | ; \'单\' \r\n =1+1 \u0001\u3000'
  const all = {
    name: '样样齐全有限公司', shortName: '齐全', kind: '企业', website: 'https://example.com/?a=1,2', birthday: '1999-12-31', email: 'a@example.com', emailOptOut: true, vip: false,
    region: '上海市', address: '上海市浦东新区世纪大道1号', source: '转介绍', tags: ['老客户', '重点,跟进', '"引"'], preferences: ['电话'], preferredChannels: ['电话', '微信'],
    firstContactAt: '2024-02-29', totalAmount: '-0.5', orderCount: '3', averageOrderAmount: '12345678901234567.89', payment: '月结', nextFollowUpAt: '2026-01-01', phone: '13612345678',
  }
  const { id } = await create(db, lilei, 'customers', { values: all })
  await db.query(sql`update customers set remark = ${evil}, needs = ${'\\'}, industry = ${'－5'}, wechat = ${'sep=x'}, updated_at = '2024-06-30 16:00:00.999+00', updated_by = ${xiaohong.id}::uuid where id = ${id}::uuid`)
  await db.query(sql`update customers set tags = '{}', vip = true, owner_department_id = null where id = ${customers.C3.id}::uuid`)
  await db.query(sql`update customers set deleted_at = now() where id = ${(await create(db, boss, 'customers', { values: { name: '回收站公司', phone: '13511112222' } })).id}::uuid`)
  for (const [owner, customer] of [[lilei, customers.C1], [xiaohong, customers.C4]] as const) {
    await create(db, owner, 'contacts', { values: { customer: { id: customer.id }, name: `${owner.name}的联系人`, mobile: '13700000000', isPrimary: true, role: '决策人' } })
  }
}

const own: Grants = { view: 'own', export: 'own' }
const people = { users: { view: 'all' }, departments: { view: 'all' } } as const
const everything: Grants = { view: 'all', export: 'all' }
const masks = { customers: { name: 'masked', phone: 'masked', totalAmount: 'masked', vip: 'masked', tags: 'masked', preferredChannels: 'masked', updatedAt: 'masked', level: 'masked', birthday: 'masked', remark: 'hidden' }, contacts: { mobile: 'masked' } } as const

/** Who may take what out: everything, one's own, masked ones, one's own plain and the others masked, contacts of customers that one does not see. */
function viewers({ boss, lilei, departments: { east } }: World): Record<string, Viewer> {
  const masked = role('脱敏', { ...people, customers: everything, contacts: everything }, masks)
  const mine = role('自己的', { ...people, customers: own, contacts: own })
  return {
    boss, english: { ...boss, lang: 'en' },
    leader: { ...world.hanmeimei, roles: [roles.leader] },
    masked: personOf('脱敏的人', east, [masked]),
    mixed: { ...lilei, roles: [mine, masked] },
    narrow: { ...lilei, roles: [role('看全部导自己', { ...people, customers: { view: 'all', export: 'own' }, contacts: { view: 'all', export: 'own' } })] },
    blind: { ...lilei, roles: [role('看得见联系人', { ...people, customers: own, contacts: everything }, { customers: { owner: 'hidden' } })] },
  }
}

/** All that the screen shows, page by page. */
async function shownTo(viewer: Viewer, object: string, query: RecordQuery): Promise<RecordOut[]> {
  const all: RecordOut[] = []
  for (let cursor: string | null = ''; cursor !== null;) {
    const page = parsePage(await find(world.db, viewer, object, { ...query, limit: 2, ...(cursor && { cursor }) }))
    all.push(...page.records)
    cursor = page.next
  }
  return all
}

/** A value of the API as it stands in a cell. */
function written(field: Field, value: unknown, viewer: Viewer): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'boolean') return viewer.lang === 'en' ? (value ? 'Yes' : 'No') : value ? '是' : '否'
  if (Array.isArray(value)) return value.join('、')
  if (typeof value === 'object') return (value as Reference).label ?? ''
  const text = String(value)
  if (field.type !== 'datetime' || !/^\d{4}-\d\d-\d\dT/.test(text)) return text
  return new Date(Date.parse(text) + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')
}

async function exported(viewer: Viewer, object: string, sort: string): Promise<string[][]> {
  const place = path.join(folder, `${crypto.randomUUID()}.csv`)
  await writeList(world.db, viewer, { object, query: { sort }, format: 'csv' }, { path: place, flags: 'wx' })
  const rows: string[][] = []
  for await (const page of (await openFile(place, { name: 'a.csv' })).rows()) rows.push(...page.map(row => row.cells.map(cell => (cell === null ? '' : String(cell)))))
  return rows
}

const trimmed = (row: string[]) => row.slice(0, row.findLastIndex(cell => cell !== '') + 1)

test('what leaves in a file is what the screen shows to the same person, field by field and in the same order', async () => {
  for (const [name, viewer] of Object.entries(viewers(world))) {
    for (const [objectName, sort] of [['customers', '-createdAt'], ['customers', 'name'], ['customers', '-totalAmount,level'], ['contacts', 'customer']] as const) {
      const object = objectOf(objectName)
      const visible = visibleColumns(viewer, object).map(column => column.field)
      const fields = [...visible.filter(field => field.hidden !== true), ...visible.filter(field => field.hidden === true)]
      const owned = await world.db.query<{ id: string; owner_id: string | null; owner_department_id: string | null }>(sql`select id, owner_id, owner_department_id from ${objectName === 'customers' ? sql`customers` : sql`contacts`}`)
      const mayLeave = (record: RecordOut) => owned.some(row => row.id === record.id && isCovered(viewer, scopesOf(viewer, object, 'export'), row))
      const shown = (await shownTo(viewer, objectName, { sort })).filter(mayLeave)
      const expected = [fields.map(field => field.label[viewer.lang]), ...shown.map(record => fields.map(field => written(field, record[field.name], viewer)))]
      assert.deepEqual((await exported(viewer, objectName, sort)).map(trimmed), expected.map(trimmed), `${name}: ${objectName} by ${sort}`)
      if (name === 'boss' || name === 'masked') assert.ok(shown.length >= 2, `${name}: ${objectName}`)
    }
  }
})
