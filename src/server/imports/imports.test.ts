import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { after, before, test } from 'node:test'
import type { Viewer } from '#server/access/viewer.ts'
import { raw, sql } from '#server/db/sql.ts'
import { openFile } from '#server/files/read.ts'
import { useStore } from '#server/files/store.ts'
import { create } from '#server/records/create.ts'
import { findAll } from '#server/records/find.ts'
import { history } from '#server/records/history.ts'
import { matchRecords } from '#server/records/matches.ts'
import { objectOf } from '#server/catalog/catalog.ts'
import type { RecordOut } from '#shared/api/records.ts'
import { smallWorld, type World } from '../../../test/world.ts'
import { tryAgain, tryFile, write } from './bring.ts'
import { beginCommit, commitImport } from './commit.ts'
import { getImport, keepUpload, undoImport } from './handlers.ts'
import { nameKey, nameKeySql } from '#server/catalog/name-key.ts'
import { problemFile } from './problems.ts'
import { nextRows } from './stage.ts'
import { requireImport, saveImport, type Import } from './state.ts'
import { undoImported } from './undo.ts'
import { writeRows } from './write.ts'

const files = path.join(import.meta.dirname, '..', '..', '..', 'test', 'files')
let world: World
let folder: string
before(async () => {
  world = await smallWorld('imports')
  folder = await mkdtemp(path.join(tmpdir(), 'kebu-imports-'))
  useStore(folder)
})
after(() => world.db.end())

const around = (viewer: Viewer) => ({ db: world.db, viewerOf: async () => viewer })
const all = async <T>(pages: AsyncIterable<T[]>): Promise<T[]> => {
  const list: T[] = []
  for await (const page of pages) list.push(...page)
  return list
}
const customers = (query: Parameters<typeof findAll>[3] = {}): Promise<RecordOut[]> => all(findAll(world.db, world.boss, 'customers', query))
const named = async (name: string) => (await customers({ filter: { field: 'name', op: 'eq', value: name } }))[0]
async function given(text: string, name = 'list.csv'): Promise<string> {
  const file = path.join(folder, name)
  await writeFile(file, text)
  return file
}
const codesOf = (found: Import) => [...found.kinds.map(kind => kind.code), ...(found.refusal === null ? [] : [found.refusal.code])]
/** What the manifest calls a finding, in our words. */
const words: Record<string, string> = {
  CSV_UNCLOSED_QUOTE: 'csv.unclosedQuote', EMPTY_FILE: 'file.empty', HEADER_DUPLICATE: 'header.duplicate', PHONE_PRECISION_LOST: 'phone.precisionLost', PHONE_INVALID: 'phone.invalid',
  DATE_INVALID: 'date.invalid', DATE_AMBIGUOUS: 'date.ambiguous', DATE_IMPLAUSIBLE: 'date.implausible', NUMBER_INVALID: 'number.invalid', NUMBER_UNIT: 'number.unit',
  SENSITIVE_ID_CARD: 'secret.idCard', SENSITIVE_BANK_CARD: 'secret.bankCard', DUPLICATE_IN_FILE: 'row.duplicateInFile', FOOTER_ROW: 'row.footer', CELL_ERROR_VALUE: 'cell.errorValue',
  FORMULA_NO_CACHE: 'cell.formulaNoCache', ZIP_TRUNCATED: 'file.truncated', ZIP_CORRUPT: 'file.corrupt', ZIP_BOMB: 'file.bomb', XML_DTD: 'file.dtd', FILE_ENCRYPTED: 'file.encrypted', EXTENSION_MISMATCH: 'file.extensionMismatch',
}
interface OddFile { file: string; odd: string; expect: string; rows?: number | null; codes?: string[] }
const manifest: { cases: OddFile[] } = JSON.parse(readFileSync(path.join(files, 'odd', 'manifest.json'), 'utf8'))

for (const odd of manifest.cases) {
  test(`${odd.file}: ${odd.odd}`, async () => {
    const found = await tryFile(world.db, world.boss, path.join(files, 'odd', odd.file), { object: 'customers' })
    for (const code of odd.codes ?? []) assert.ok(codesOf(found).includes(words[code] ?? code), `${code} is not among ${codesOf(found).join(', ')}`)
    if (odd.expect === 'reject') return assert.equal(found.state, 'refused')
    assert.equal(found.state, 'ready')
    if (typeof odd.rows === 'number') assert.equal(found.counts.rows - (found.counts.refuse ?? 0), odd.rows)
  })
}

test('with its password a protected file has its rows, and the password is forgotten', async () => {
  const locked = await tryFile(world.db, world.boss, path.join(files, 'odd', 'b41-password.xlsx'), { object: 'customers' })
  assert.equal(locked.refusal?.code, 'file.encrypted')
  const open = await tryAgain(world.db, world.boss, locked.id, { password: 'Corpus#2024' })
  assert.deepEqual([open.state, open.counts.rows, open.password], ['ready', 3, null])
})

test('a file becomes records with history, contacts, owners and a receipt; an undo takes everything back', async () => {
  const before = (await customers()).length
  const tried = await tryFile(world.db, world.boss, await given('客户名称,联系人,电话,负责人,首次接触,备注\n星河贸易有限公司,张伟,138 0013 9999,小明,2024/1/5,第一单\n星河贸易有限公司,李娜,13800139998,小明,2024/1/5,第一单\n月亮湾,王强,1385678,没有这人,,\n,赵六,13800139997,,,\n合计,3\n'), { object: 'customers' })
  assert.deepEqual({ ...tried.counts, sha256: '' }, { rows: 4, create: 3, update: 0, skip: 0, refuse: 1, ignored: 1, doubtful: 1, contacts: 3, sha256: '' })
  assert.equal((await customers()).length, before, 'a trial writes nothing')

  const done = await write(world.db, world.boss, tried.id)
  assert.deepEqual([done.state, done.counts.created, done.counts.refused, done.counts.contactsCreated], ['done', 3, 1, 3])
  const star = await named('星河贸易有限公司')
  assert.deepEqual([star?.['phone'], star?.['firstContactAt'], (star?.['owner'] as { label: string } | undefined)?.label], ['13800139999', '2024-01-05', '小明'])
  const moon = await named('月亮湾')
  assert.equal(moon?.['remark'], '电话: 1385678\n负责人: 没有这人')
  assert.equal((moon?.['owner'] as { id: string } | undefined)?.id, world.boss.id)
  const entries = (await history(world.db, world.boss, 'customers', star?.id ?? '', {})).entries
  assert.deepEqual(entries.map(entry => [entry.action, entry.source, entry.batchId]), [['create', 'import', done.batchId]])

  await world.db.transaction(tx => undoImport(tx, world.boss, tried.id))
  await undoImported(around(world.boss), tried.id)
  assert.deepEqual([(await customers()).length, (await requireImport(world.db, world.boss, tried.id)).state], [before, 'undone'])
})

test('the same number is the same customer: skipped when creating, changed when updating, and empty cells clear nothing', async () => {
  await create(world.db, world.boss, 'customers', { values: { number: 'K1', name: '不变科技有限公司', phone: '13700000001', remark: '不可被空值清掉' } })
  const file = await given('客户编号,客户名称,电话,备注\nk1,不变科技,13700000002,\nK2,新来的公司,13700000003,新\n')
  const counts = async (mode: Import['mode']) => {
    const { counts: found } = await tryFile(world.db, world.boss, file, { object: 'customers', mode })
    return [found.create, found.update, found.skip]
  }
  assert.deepEqual([await counts('create'), await counts('update'), await counts('upsert')], [[1, 0, 1], [0, 1, 1], [1, 1, 0]])

  const tried = await tryFile(world.db, world.boss, file, { object: 'customers', mode: 'upsert' })
  const done = await write(world.db, world.boss, tried.id)
  assert.deepEqual([done.counts.created, done.counts.updated], [1, 1])
  const [changed] = await customers({ filter: { field: 'number', op: 'eq', value: 'K1' } })
  assert.deepEqual([changed?.['phone'], changed?.['remark'], changed?.['name']], ['13700000002', '不可被空值清掉', '不变科技'])
})

test('two rows of one new customer in an upsert are one customer', async () => {
  const tried = await tryFile(world.db, world.boss, await given('客户编号,客户名称,电话,备注\nK7,孪生公司,13700000071,\nK7,孪生公司,13700000072,后来\n'), { object: 'customers', mode: 'upsert' })
  assert.deepEqual([tried.counts.create, tried.counts.update], [1, 1])
  await write(world.db, world.boss, tried.id)
  const twins = await customers({ filter: { field: 'number', op: 'eq', value: 'K7' } })
  assert.deepEqual(twins.map(twin => [twin['phone'], twin['remark']]), [['13700000072', '后来']])
})

test('what is there already is doubtful, by phone and by name however written, and never refused', async () => {
  const tried = await tryFile(world.db, world.boss, await given('客户名称,电话\n北京示例科技股份有限公司,13600000001\n别的名字,13800138000\n真的新,13600000002\n'), { object: 'customers' })
  assert.deepEqual([tried.counts.create, tried.counts.doubtful], [3, 2])
  assert.deepEqual(tried.kinds.map(kind => [kind.code, kind.field, kind.values['record']]), [['row.duplicateInDatabase', 'phone', '北京示例科技有限公司'], ['row.duplicateInDatabase', 'name', '北京示例科技有限公司']].sort((a, b) => tried.kinds.findIndex(kind => kind.field === a[1]) - tried.kinds.findIndex(kind => kind.field === b[1])))
})

test('names have the same key here and in the database', async () => {
  const names = ['北京（海淀）示例 科技有限公司', 'ACME Co., Ltd.', '张三·李四（个体工商户）', '【甲】集团有限公司', '公司', 'Ａ－Ｂ_C']
  for (const name of names) await create(world.db, world.boss, 'customers', { values: { name } })
  const title = objectOf('customers').fields.find(field => field.name === 'name')
  assert.ok(title)
  const keys = sql`select ord::int as row, key from unnest(${names.map(nameKey)}::text[]) with ordinality given(key, ord)`
  const matches = await matchRecords(world.db, world.boss, 'customers', title, keys)
  assert.deepEqual(matches.map(match => match.row).sort((a, b) => a - b), names.map((_, i) => i + 1))
  const made = await world.db.query<{ key: string }>(sql`select ${nameKeySql(raw('name'))} as key from unnest(${names}::text[]) with ordinality given(name, place) order by place`)
  assert.deepEqual(made.map(row => row.key), names.map(nameKey))
})

test('a correction in the preview is understood anew, and remembered for the next file of this shape', async () => {
  const file = await given('单位,号头,客户来源\n甲一公司,13500000001,老客户复购\n甲二公司,1350000,老客户复购\n')
  const tried = await tryFile(world.db, world.boss, file, { object: 'customers' })
  const corrected = await tryAgain(world.db, world.boss, tried.id, {
    mapping: [{ column: 0, field: 'name' }, { column: 1, field: 'phone' }], fixes: [{ field: 'source', from: '老客户复购', to: '转介绍' }, { row: 3, field: 'phone', to: '13500000002' }],
  })
  assert.deepEqual([corrected.kinds, corrected.counts.create], [[], 2])
  await write(world.db, world.boss, tried.id)
  assert.equal((await named('甲二公司'))?.['phone'], '13500000002')
  const next = await tryFile(world.db, world.boss, file, { object: 'customers' })
  assert.deepEqual(next.mapping.map(entry => [entry.field, entry.because]), [['name', 'remembered'], ['phone', 'remembered'], ['source', 'remembered']])
})

test('owners who are not in the company are one note: rows are taken, the importer owns them, and a name can be given to a member', async () => {
  const file = await given('客户名称,负责人\n甲五公司,王芳\n甲六公司,王芳\n甲七公司,陈晨\n甲八公司,小明\n')
  const tried = await tryFile(world.db, world.boss, file, { object: 'customers' })
  assert.deepEqual([tried.counts.create, tried.counts.doubtful, tried.kinds.length], [4, 0, 1])
  const [note] = tried.kinds
  assert.deepEqual([note?.code, note?.severity, note?.count, note?.values['names']], ['row.ownerUnknown', 'noted', 3, 2])
  assert.deepEqual(note?.texts, [{ value: '王芳', count: 2, proposal: null }, { value: '陈晨', count: 1, proposal: null }])

  const answered = await tryAgain(world.db, world.boss, tried.id, { fixes: [{ field: 'owner', from: '王芳', to: 'lilei' }] })
  assert.deepEqual(answered.kinds.map(kind => [kind.code, kind.texts]), [['row.ownerAnswered', [{ value: '王芳', count: 2, proposal: 'lilei' }]], ['row.ownerUnknown', [{ value: '陈晨', count: 1, proposal: null }]]])
  const back = await tryAgain(world.db, world.boss, tried.id, { fixes: [{ field: 'owner', from: '王芳', to: '' }] })
  assert.deepEqual(back.kinds.map(kind => [kind.code, kind.count]), [['row.ownerUnknown', 3]])

  await tryAgain(world.db, world.boss, tried.id, { fixes: [{ field: 'owner', from: '王芳', to: 'lilei' }] })
  await write(world.db, world.boss, tried.id)
  const owners = await Promise.all(['甲五公司', '甲七公司', '甲八公司'].map(async name => ((await named(name))?.['owner'] as { id: string } | undefined)?.id))
  assert.deepEqual(owners, [world.lilei.id, world.boss.id, world.xiaoming.id])
  assert.equal((await named('甲七公司'))?.['remark'], '负责人: 陈晨')
})

test('the problem file has the original cells and the reasons, and no secret', async () => {
  const tried = await tryFile(world.db, world.boss, await given('客户名称,电话,备注\n甲三公司,1385678,身份证110101199003070038\n,13500000009,没有名字\n甲四公司,13500000008,好\n'), { object: 'customers' })
  const file = path.join(folder, 'problems.xlsx')
  await writeFile(file, await buffer((await problemFile(world.db, world.boss, tried.id)).stream))
  const opened = await openFile(file, { name: 'problems.xlsx' })
  const rows = (await all(opened.rows())).map(row => row.cells)
  assert.deepEqual(rows[0], ['行号', '客户名称', '电话', '备注', '原因'])
  assert.deepEqual(rows.slice(1).map(cells => cells.slice(0, 4)), [[2, '甲三公司', '1385678', '身份证110101********0038'], [3, null, '13500000009', '没有名字']])
  assert.match(String(rows[1]?.[4]), /手机号要 11 位/)
})

test('an upload that breaks off leaves nothing behind and harms nobody', async () => {
  const broken = new Readable({ read() { this.destroy(new Error('the line is gone')) } })
  await assert.rejects(keepUpload({ name: 'x.csv', stream: broken }))
  await assert.rejects(tryFile(world.db, world.boss, path.join(folder, 'nothing.csv'), { object: 'customers' }), { code: 'import.noFile' })
})

test('nobody imports without the right, and nobody sees the import of another', async () => {
  await assert.rejects(tryFile(world.db, world.lilei, await given('客户名称\n甲\n'), { object: 'customers' }), { code: 'import.forbidden' })
  const mine = await tryFile(world.db, world.boss, await given('客户名称\n甲\n'), { object: 'customers' })
  await assert.rejects(getImport(world.db, world.hanmeimei, mine.id), { code: 'import.notFound' })
})

test('a leader gives customers to her people only: other rows are refused, none is lost', async () => {
  const tried = await tryFile(world.db, world.hanmeimei, await given('客户名称,负责人\n给李雷的公司,李雷\n给小红的公司,小红\n'), { object: 'customers' })
  const done = await write(world.db, world.hanmeimei, tried.id)
  assert.deepEqual([done.state, done.counts.created, done.counts.refused], ['done', 1, 1])
  const { problems } = await getImport(world.db, world.hanmeimei, tried.id)
  assert.deepEqual(problems.first.map(problem => [problem.row, problem.code]), [[3, 'record.forbidden']])
})

test('a commit goes on exactly where it stopped, also when the crash emptied the stage', async () => {
  const lines = Array.from({ length: 5000 }, (_, i) => `R${i},断点公司${i},139${String(10_000_000 + i)}`)
  const tried = await tryFile(world.db, world.boss, await given(`客户编号,客户名称,电话\n${lines.join('\n')}\n`), { object: 'customers' })
  await world.db.transaction(async tx => beginCommit(tx, world.boss, await requireImport(tx, world.boss, tried.id, true)))
  // The first batch is committed, then everything dies: the stage of an unlogged table is empty after that.
  await world.db.transaction(async tx => {
    const found = await requireImport(tx, world.boss, tried.id, true)
    const rows = await nextRows(tx, tried.id, 0, 2000)
    await writeRows(tx, { ...world.boss, source: 'import' }, found, rows)
    await saveImport(tx, tried.id, { committedRow: rows.at(-1)?.row ?? 0, done: rows.length, counts: { ...found.counts, created: rows.length } })
  })
  await world.db.query(sql`delete from import_rows where import_id = ${tried.id}::uuid`)

  // Two workers at once: one waits, and finds nothing left to do.
  await Promise.all([commitImport(around(world.boss), tried.id), commitImport(around(world.boss), tried.id)])
  const done = await requireImport(world.db, world.boss, tried.id)
  assert.deepEqual([done.state, done.counts.created, done.counts.refused], ['done', 5000, 0])
  const numbers = (await customers({ filter: { field: 'number', op: 'startsWith', value: 'R' }, fields: ['number'] })).map(record => String(record['number']))
  assert.deepEqual([numbers.length, new Set(numbers).size], [5000, 5000])
})

for (const [file, rows, refused] of [['customers-5000-messy.xlsx', 5000, 0], ['customers-5000-gbk.csv', 5015, 39]] as const) {
  test(`${file} comes in whole`, async () => {
    const tried = await tryFile(world.db, world.hanmeimei, path.join(files, file), { object: 'customers' })
    assert.deepEqual([tried.counts.rows, tried.counts.refuse, tried.counts.skip], [rows, refused, 0])
    const mapped = tried.mapping.filter(entry => entry.field === null).map(entry => entry.header)
    assert.deepEqual(mapped, [], 'every column has its field')
    const done = await write(world.db, world.hanmeimei, tried.id)
    assert.equal((done.counts.created ?? 0) + (done.counts.refused ?? 0), rows)
    const [leak] = await world.db.query(sql`select row from import_rows where import_id = ${tried.id}::uuid and cells::text ~ '110101199003074338|6222020200112233445' limit 1`)
    assert.equal(leak, undefined)
  })
}
