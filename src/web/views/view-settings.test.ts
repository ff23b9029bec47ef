import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Filter } from '#shared/filter.ts'
import type { ViewSettings } from '#shared/view.ts'
import { readListAddress } from '#web/records/list-address.ts'
import { daysOf } from './calendar-days.ts'
import { knownOnly } from './known-only.ts'
import { differencesOf, readColumns, withDifferences } from './view-settings.ts'

const key: Filter = { field: 'level', op: 'eq', value: '重点客户' }
const view: ViewSettings = { filter: key, sort: '-totalAmount', columns: { hidden: ['needs'], widths: { name: 200, phone: 120 } } }

test('what differs from a view stands in the address, and what it takes away as null', () => {
  assert.deepEqual(differencesOf(view, { filter: undefined, sort: 'name' }), { filter: null, sort: 'name' })
  assert.deepEqual(differencesOf(view, { filter: key, sort: '-totalAmount', columns: { widths: { phone: 120, name: 200 }, hidden: ['needs'] } }), { filter: undefined, sort: undefined, columns: undefined })
  assert.deepEqual(differencesOf({}, { columns: {}, colours: [], q: '' }), { columns: undefined, colours: undefined, q: undefined })
  assert.deepEqual(withDifferences(view, { filter: null, q: '星河' }), { q: '星河', sort: '-totalAmount', columns: view.columns })
})

test('an address says a view and what differs; nonsense in it breaks no list', () => {
  assert.deepEqual(readListAddress({ view: 'v1', kind: 'board', filter: null, lines: 2, open: null, by: 'level' }), { view: 'v1', kind: 'board', filter: null, lines: 2, by: 'level' })
  assert.deepEqual(readListAddress({ view: 3, kind: 'circus', lines: 7, columns: 'x', colours: {}, filter: { and: 1 } }), {})
  assert.deepEqual(readColumns({ order: 'name', hidden: [1, 'name'], widths: { name: 'wide', phone: 90 } } as unknown as ViewSettings['columns']), { hidden: ['name'], widths: { phone: 90 } })
})

test('habits that are older than the end of a field are not saved with a view', () => {
  const isKnown = (name: string) => name !== 'needs'
  const colours = [{ filter: key, color: 'red' as const }, { filter: { field: 'needs', op: 'empty' as const }, color: 'blue' as const }]
  assert.deepEqual(knownOnly({ ...view, filter: { and: [key, { field: 'needs', op: 'notEmpty' }] }, sort: 'needs,name', colours, by: 'needs' }, isKnown),
    { filter: key, sort: 'name', columns: { hidden: [], widths: { name: 200, phone: 120 } }, colours: [colours[0]] })
})

test('a month is shown in whole weeks from Monday on, a week alone', () => {
  assert.deepEqual([daysOf('month', '2026-11-25')[0], daysOf('month', '2026-11-25').length], ['2026-10-26', 42])
  assert.deepEqual([daysOf('month', '2027-02-10')[0], daysOf('month', '2027-02-10').length], ['2027-02-01', 28])
  assert.deepEqual([daysOf('month', '2026-12-31').length, daysOf('month', '2026-12-31').at(-1)], [35, '2027-01-03'])
  assert.deepEqual([daysOf('week', '2026-11-25')[0], daysOf('week', '2026-11-25').at(-1)], ['2026-11-23', '2026-11-29'])
})
