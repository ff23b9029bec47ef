import { pipeline } from 'node:stream/promises'
import { from, to } from 'pg-copy-streams'
import { raw, sql } from '#server/db/sql.ts'
import { companyOf, type Plan } from '#server/demo/company.ts'
import { customerAt } from '#server/demo/customers.ts'
import { fromStored } from '#server/records/storage.ts'
import { equipFields } from '#shared/fields/equip.ts'
import { customer } from '#shared/objects/customer.ts'
import { until, type Ask } from './ask.ts'
import type { Bed } from './bed.ts'
import { stopwatch } from './clock.ts'
import type { Figure } from './table.ts'

interface State { state: string; counts: Record<string, number | string>; refusal: unknown }
export interface Imported { figures: Figure[]; perSecond: number; ofCopy: number }

/** What a company's own list holds: no numbers, no owners. */
const columns = customer.fields.filter(field => !['number', 'owner', 'department', 'createdAt', 'createdBy', 'updatedAt', 'updatedBy'].includes(field.name))

/** A file of new customers through upload, dry run and commit, beside COPY of the very same rows into the very same table. */
export async function measureImport(bed: Bed, rows: number, key: string): Promise<Imported> {
  const file = csvOf(rows)
  const { seconds, result } = await stopwatch(() => bringIn(bed, file, key))
  const floor = await copyAgain(bed, result.batchId)
  const perSecond = rows / seconds
  return {
    perSecond, ofCopy: floor.seconds / seconds,
    figures: [
      { what: `import of ${rows.toLocaleString('en')} rows (${(file.length / 1e6).toFixed(0)} MB csv): file → committed`, ours: `${seconds.toFixed(1)} s, ${perSecond.toFixed(0)} rows/s`, floor: `COPY ${floor.seconds.toFixed(1)} s, ${(rows / floor.seconds).toFixed(0)} rows/s`, ratio: `${(seconds / floor.seconds).toFixed(1)}×` },
      { what: 'of which reading, checking, looking for duplicates', ours: `${result.reading.toFixed(1)} s` },
      { what: 'of which writing with log, feed and batch', ours: `${result.writing.toFixed(1)} s` },
      { what: 'receipt', ours: JSON.stringify(result.counts) },
    ],
  }
}

function csvOf(rows: number): Buffer {
  equipFields()
  const plan: Plan = { seed: 11, customers: rows, today: Date.now(), rootId: '00000000-0000-7000-8000-000000000001' }
  const company = companyOf(plan)
  const lines = [columns.map(field => field.label['zh-CN']).join(',')]
  for (let n = 0; n < rows; n++) {
    const { values } = customerAt(plan, company, n)
    // Codes of another seed may be those of the customers that are there: they would rightly be refused.
    values.creditCode = null
    lines.push(columns.map(field => cell(fromStored(field, values[field.name]))).join(','))
  }
  return Buffer.from(`\ufeff${lines.join('\r\n')}\r\n`)
}

function cell(value: unknown): string {
  if (value === null || value === undefined) return ''
  const text = Array.isArray(value) ? value.join('、') : typeof value === 'boolean' ? (value ? '是' : '否') : String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

async function bringIn({ product, boss }: Bed, file: Buffer, key: string) {
  const form = new FormData()
  form.set('object', 'customers')
  form.set('file', new Blob([new Uint8Array(file)]), 'bench.csv')
  const begun = performance.now()
  const answer = await fetch(`${product.address}/api/v1/imports`, { method: 'POST', body: form, headers: { authorization: `Bearer ${key}` } })
  const { id } = await answer.json() as { id: string }
  if (!id) throw new Error(`upload: ${answer.status}`)
  const state = () => boss('GET', `/imports/${id}`).then(text => JSON.parse(text) as State & { batchId: string })
  const ready = await until(state, ({ state }) => state !== 'reading', 100)
  if (ready.state !== 'ready') throw new Error(`import: ${JSON.stringify(ready.refusal)}`)
  const read = performance.now()
  await boss('POST', `/imports/${id}/commit`, {})
  const done = await until(state, ({ state }) => state !== 'committing', 100)
  if (done.state !== 'done') throw new Error(`import: ${done.state} ${JSON.stringify(done.refusal)}`)
  const end = performance.now()
  return { reading: (read - begun) / 1000, writing: (end - read) / 1000, counts: done.counts, batchId: done.batchId }
}

/** The rows of a batch once more, as new records, by COPY alone: no checks, no log, no search. Taken away again. */
async function copyAgain({ database }: Bed, batchId: string) {
  const { owner } = database
  const all = (await owner.query<{ name: string }>(sql`select attname::text as name from pg_attribute where attrelid = 'customers'::regclass and attnum > 0 and not attisdropped order by attnum`)).map(row => row.name)
  const values: Record<string, string> = { id: 'gen_random_uuid()', number: `'F' || c.number`, remark: `'copied'` }
  const pieces: Buffer[] = []
  const client = await owner.pool.connect()
  try {
    const out = client.query(to(`copy (select ${all.map(name => values[name] ?? `c."${name}"`).join(', ')} from customers c join audit a on a.record_id = c.id and a.batch_id = '${batchId}' where a.action = 'create' and a.object = 'customers') to stdout`))
    for await (const piece of out) pieces.push(piece as Buffer)
    const timed = await stopwatch(() => pipeline(pieces, client.query(from(`copy customers (${all.map(name => `"${name}"`).join(', ')}) from stdin`))))
    await client.query(`delete from customers where remark = 'copied'`)
    await client.query('vacuum customers')
    return timed
  } finally {
    client.release()
  }
}

/** Waits until search has caught up with the imported rows, so that what follows is measured in peace. */
export const searchCaughtUp = ({ database }: Bed) =>
  stopwatch(() => until(async () => (await database.owner.query(sql`select ${raw('1')} from search_waiting limit 1`)).length, left => left === 0, 250))

export interface Exported { figures: Figure[]; seconds: Record<'csv' | 'xlsx', number> }

/** The whole list as a file, until it lies ready, beside COPY TO of the same columns. */
export async function measureExport({ boss, database, list }: Bed): Promise<Exported> {
  const names = customer.fields.map(field => `"${field.column}"`).join(', ')
  const total = (await list(boss, { limit: 1, total: 'exact' })).total
  const client = await database.owner.pool.connect()
  const floor = await stopwatch(async () => {
    let bytes = 0
    for await (const piece of client.query(to(`copy (select ${names} from customers where deleted_at is null order by created_at desc, id desc) to stdout with (format csv)`))) bytes += (piece as Buffer).length
    return bytes
  })
  client.release()
  const seconds = { csv: 0, xlsx: 0 }
  const rows: Figure[] = []
  for (const format of ['csv', 'xlsx'] as const) {
    const { seconds: took, result } = await stopwatch(() => takeOut(boss, format))
    seconds[format] = took
    rows.push({ what: `export of ${total.toLocaleString('en')} customers, all columns, as ${format}`, ours: `${took.toFixed(1)} s, ${(result.rows / took).toFixed(0)} rows/s, ${(result.bytes / 1e6).toFixed(0)} MB`, floor: `COPY TO ${floor.seconds.toFixed(1)} s`, ratio: `${(took / floor.seconds).toFixed(1)}×` })
  }
  return { figures: rows, seconds }
}

async function takeOut(boss: Ask, format: string) {
  const { id } = JSON.parse(await boss('POST', '/exports', { object: 'customers', format })) as { id: string }
  const done = await until(() => boss('GET', `/exports/${id}`).then(text => JSON.parse(text) as { state: string; rows: number; bytes: number; refusal: unknown }), ({ state }) => state !== 'running')
  if (done.state !== 'done') throw new Error(`export: ${JSON.stringify(done.refusal)}`)
  return done
}
