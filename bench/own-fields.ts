import { uuidv7 } from 'uuidv7'
import type { ShapedField } from '#shared/api/fields.ts'
import { ident, sql } from '#server/db/sql.ts'
import { room, until } from './ask.ts'
import type { Bed } from './bed.ts'
import { clock, stopwatch } from './clock.ts'
import type { Figure, Row } from './table.ts'

/** A field that the company makes while others read and save; then the same questions to it and to a standard field, both through HTTP. */
export async function measureOwnFields(bed: Bed): Promise<{ rows: Row[]; figures: Figure[] }> {
  const { boss, database } = bed
  const others = watch(bed)
  const making = await stopwatch(async () => JSON.parse(await boss('POST', '/objects/customers/fields', { label: '年度预算', type: 'money' }, once())) as ShapedField)
  const waits = await others.end()
  const field = making.result
  const [row] = await database.owner.query<{ column: string }>(sql`select column_name as column from fields where object = 'customers' and name = ${field.name}`)
  const column = row?.column ?? ''
  await database.owner.query(sql`update customers set ${ident(column)} = total_amount`)
  await database.owner.query(sql`vacuum analyze customers`)
  await until(() => database.owner.query(sql`select from pg_index where indexrelid = to_regclass(${`customers_${column}_sorted`}) and indisvalid`), found => found.length > 0, 250)

  const ask = (body: (name: string) => unknown, path = 'query') => (name: string) => () => boss('POST', `/customers/${path}`, body(name))
  const compare = async (what: string, question: (name: string) => () => Promise<unknown>, rounds = 200): Promise<Row> => {
    await room(rounds + 60)
    return { what, clients: 1, ours: await clock(question(field.name), { rounds }), floor: await clock(question('totalAmount'), { rounds }) }
  }
  const filter = (name: string) => ({ and: [{ field: name, op: 'gte', value: '500000' }, { field: 'level', op: 'eq', value: '重点客户' }] })
  const rows = [
    await compare('sorted by it, 50', ask(name => ({ limit: 50, sort: `-${name}` }))),
    await compare('filtered and sorted by it, 50', ask(name => ({ limit: 50, filter: filter(name), sort: `-${name}` }))),
    await compare('its sum over a filter', ask(name => ({ filter: filter(name), measures: [{ op: 'sum', field: name, as: 'sum' }] }), 'aggregate'), 20),
  ]
  await boss('DELETE', `/objects/customers/fields/${field.name}`, undefined, once())
  return { rows, figures: [{ what: 'a new field, while one reads and one saves on and on', ours: `${(making.seconds * 1000).toFixed(0)} ms; the others waited ${waits.most.toFixed(0)} ms at most`, floor: `${waits.otherwise.toFixed(0)} ms at most otherwise`, ratio: `${(waits.most / waits.otherwise).toFixed(1)}×` }] }
}

const once = () => ({ 'idempotency-key': uuidv7() })

/** One who reads and one who saves: the longest that either waited, in ms. */
function watch({ boss, sample }: Bed) {
  const waited: { at: number; ms: number }[] = []
  const begun = performance.now()
  let isOver = false
  const loop = async (work: (n: number) => Promise<unknown>) => {
    for (let n = 0; !isOver; n++) {
      const start = performance.now()
      await work(n)
      waited.push({ at: start, ms: performance.now() - start })
    }
  }
  const loops = [
    loop(() => boss('GET', '/customers?limit=50')),
    loop(n => boss('PATCH', `/customers/${sample[n % sample.length]?.id}`, { values: { remark: `第 ${n} 次` } }, once())),
  ]
  return {
    async end() {
      const done = performance.now()
      await new Promise(resolve => { setTimeout(resolve, 500) })
      // The same length of time again, when nobody makes anything: what these two wait for anyway.
      const quiet = performance.now()
      await new Promise(resolve => { setTimeout(resolve, Math.max(1_000, done - begun)) })
      isOver = true
      await Promise.all(loops)
      const most = (from: number, to: number) => Math.max(...waited.filter(({ at, ms }) => at + ms > from && at < to).map(({ ms }) => ms))
      return { most: most(begun, done), otherwise: most(quiet, Infinity) }
    },
  }
}
