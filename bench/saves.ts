import { uuidv7 } from 'uuidv7'
import type { RecordOut } from '#shared/api/records.ts'
import { room } from './ask.ts'
import type { Bed } from './bed.ts'
import { clock } from './clock.ts'
import { listed } from './columns.ts'
import type { Row } from './table.ts'

/** Get, create and update through HTTP, with log, feed, search and operation id, beside a bare statement on the same table. */
export async function measureSaves(bed: Bed): Promise<Row[]> {
  return [...await at(bed, 1), ...await at(bed, 16)]
}

async function at({ boss, floor, sample }: Bed, clients: number): Promise<Row[]> {
  const rounds = clients > 1 ? 800 : 300
  const pick = (n: number) => sample[n % sample.length] as RecordOut
  const values = (n: number) => ({ name: `北京样本${n}科技有限公司`, phone: `139${String(10_000_000 + (n % 89_000_000))}`, level: '重点客户', lifecycle: '意向客户', industry: '信息技术', region: '北京市/海淀区', totalAmount: '12000.50', needs: '需要统一的客户资料库' })
  const body = (n: number) => Object.values(values(n))
  const once = () => ({ 'idempotency-key': uuidv7() })
  const measure = async (what: string, ours: (n: number) => Promise<unknown>, below: (n: number) => Promise<unknown>): Promise<Row> => {
    await room(rounds + 140)
    return { what, clients, ours: await clock(ours, { rounds, clients, warm: 100 }), floor: await clock(below, { rounds, clients }) }
  }
  const insert = floor('insert', 'insert into customers (id, name, phone, level, lifecycle, industry, region, total_amount, needs) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)')
  const update = floor('update', 'update customers set remark = $2, version = version + 1, updated_at = now() where id = $1')
  return [
    await measure('get one', n => boss('GET', `/customers/${pick(n).id}`), n => floor('get', `select ${listed} from customers where id = $1`)([pick(n).id])),
    await measure('create', n => boss('POST', '/customers', { values: values(n) }, once()), n => insert([uuidv7(), ...body(n)])),
    await measure('update', n => boss('PATCH', `/customers/${pick(n).id}`, { values: { remark: `第 ${n} 次跟进，客户希望先试用 ${clients}` } }, once()), n => update([pick(n).id, `第 ${n} 次跟进`])),
  ]
}
