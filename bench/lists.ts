import { pinyinKey } from '#server/records/search-tokens.ts'
import type { Bed } from './bed.ts'
import type { Ask } from './ask.ts'
import { room } from './ask.ts'
import { clock } from './clock.ts'
import { listed } from './columns.ts'
import type { Row } from './table.ts'

const newest = 'order by created_at desc, id desc limit 50'
const living = `select ${listed} from customers where deleted_at is null`

/** Lists of 50 through HTTP, as the administrator and as a seller, beside prepared SQL of the same rows. */
export async function measureLists(bed: Bed): Promise<Row[]> {
  const { boss, seller, list, floor, customers } = bed
  const middle = await list(boss, { limit: 50, offset: Math.floor(customers / 2) })
  const at = middle.records.at(-1)
  const next = encodeURIComponent(middle.next ?? '')
  const filter = { and: [{ field: 'level', op: 'eq', value: '重点客户' }, { field: 'lifecycle', op: 'eq', value: '成交客户' }] }
  const query = (ask: Ask, body: unknown) => () => ask('POST', '/customers/query', body)
  const jump = Math.floor(customers * 0.7)
  const mine = (await list(seller, { limit: 1 })).records[0]?.owner as { id: string } | undefined

  return [
    await one('newest 50, sees all', () => boss('GET', '/customers?limit=50'), floor('newest', `${living} ${newest}`)),
    await one('newest 50, sees their own', () => seller('GET', '/customers?limit=50'), () => floor('own', `${living} and owner_id = $1 ${newest}`)([mine?.id])),
    await one('50 at half depth, by cursor', () => boss('GET', `/customers?limit=50&cursor=${next}`),
      () => floor('after', `${living} and (created_at, id) < ($1, $2) ${newest}`)([at?.createdAt, at?.id])),
    await one('50 at 70 % depth, jumped to', query(boss, { limit: 50, offset: jump }),
      () => floor('jump', `${living} order by created_at desc, id desc limit 50 offset $1`)([jump])),
    await one('filter on two choices, by amount', query(boss, { limit: 50, filter, sort: '-totalAmount' }),
      () => floor('filter', `${living} and level = $1 and lifecycle = $2 order by total_amount desc nulls last, id desc limit 50`)(['key', 'won'])),
    await one('the same, a seller', query(seller, { limit: 50, filter, sort: '-totalAmount' }),
      () => floor('filterOwn', `${living} and level = $1 and lifecycle = $2 and owner_id = $3 order by total_amount desc nulls last, id desc limit 50`)(['key', 'won', mine?.id])),
    await one('sorted by name', query(boss, { limit: 50, sort: 'name' }), floor('name', `${living} order by name_py, id limit 50`)),
    await one('newest 50, 16 clients', () => boss('GET', '/customers?limit=50'), floor('newest', `${living} ${newest}`), 16),
    await one('filter, by amount, 16 clients', query(boss, { limit: 50, filter, sort: '-totalAmount' }),
      () => floor('filter', `${living} and level = $1 and lifecycle = $2 order by total_amount desc nulls last, id desc limit 50`)(['key', 'won']), 16),
  ]
}

/** Searches, on the list and in the box over everything; the floor looks through the same column with LIKE. */
export async function measureSearches(bed: Bed): Promise<Row[]> {
  const { boss, seller, floor, sample } = bed
  const words = wordsOf(sample.map(record => String(record.name)))
  const phone = sample.map(record => String(record.phone)).find(text => /^1\d{10}$/.test(text)) ?? ''
  const search = (ask: Ask, q: string) => () => ask('POST', '/customers/query', { q, limit: 50 })
  const box = (ask: Ask, q: string) => () => ask('GET', `/search?q=${encodeURIComponent(q)}`)
  const like = (column: string, pattern: string) => () => floor(`like ${column}`, `${living} and ${column} like $1 ${newest}`)([pattern])
  const [last4, initials] = [phone.slice(-4), words.initials]

  return [
    await one(`two characters 「${words.rare}」`, search(boss, words.rare), like('name', `%${words.rare}%`)),
    await one('the same, a seller', search(seller, words.rare), like('name', `%${words.rare}%`)),
    await one('two frequent characters 「科技」', search(boss, '科技'), like('name', '%科技%')),
    await one('the same as the sheet asks, 100 rows', () => boss('POST', '/customers/query', { q: '科技', limit: 100, offset: 0 }), like('name', '%科技%')),
    await one('the same, from its 1,000th row', () => boss('POST', '/customers/query', { q: '科技', limit: 100, offset: 1_000 }), () => floor('like name far', `${living} and name like $1 ${newest} offset 1000`)(['%科技%'])),
    await one(`pinyin initials 「${initials}」`, search(boss, initials), like('name_py', `%${initials}%`)),
    await one(`last four digits 「${last4}」`, search(boss, last4), like('phone', `%${last4}`)),
    await one(`the box: 「${words.rare}」`, box(boss, words.rare), like('name', `%${words.rare}%`)),
    await one('the box: 「科技」', box(boss, '科技'), like('name', '%科技%')),
    await one('the box: 「科」', box(boss, '科'), like('name', '%科%')),
    await one(`the box: ${last4}`, box(boss, last4), like('phone', `%${last4}`)),
    await one('two characters, 16 clients', search(boss, words.rare), like('name', `%${words.rare}%`), 16),
  ]
}

/** Two letters of a brand, and the initials of four letters around them. */
function wordsOf(names: string[]) {
  const name = names.find(each => /^[\p{Script=Han}]{10,}$/u.test(each)) ?? names[0] ?? ''
  return { rare: name.slice(2, 4), initials: initialsOf(name.slice(2, 6)) }
}

const initialsOf = (text: string) => pinyinKey(text)?.split('\u0001')[0]?.split(' ').map(syllable => syllable[0] ?? '').join('') ?? ''

export async function measureCounts({ boss, floor }: Bed): Promise<Row[]> {
  const filter = { field: 'level', op: 'eq', value: '重点客户' }
  const count = (body: unknown) => () => boss('POST', '/customers/aggregate', body)
  const measures = [{ op: 'count', as: 'n' }, { op: 'sum', field: 'totalAmount', as: 'sum' }]
  return [
    await one('exact count of all', count({ measures: [{ op: 'count', as: 'n' }] }), floor('count', 'select count(*) from customers where deleted_at is null'), 1, 40),
    await one('count and sum of a filter', count({ filter, measures }), () => floor('sum', 'select count(*), sum(total_amount) from customers where deleted_at is null and level = $1')(['key']), 1, 40),
    await one('count and sum by lifecycle', count({ group: ['lifecycle'], measures }), floor('group', 'select lifecycle, count(*), sum(total_amount) from customers where deleted_at is null group by lifecycle'), 1, 20),
  ]
}

/** One row of the table: ours, then the floor. Slow floors are asked less often. */
async function one(what: string, ours: () => Promise<unknown>, floor: () => Promise<unknown>, clients = 1, rounds = clients > 1 ? 600 : 150): Promise<Row> {
  await room(rounds + 140)
  // A program that has been running for a minute, not one that has just been compiled.
  const measured = await clock(ours, { rounds, clients, warm: 100 })
  const probe = await clock(() => floor(), { rounds: 3, warm: 2 })
  const below = await clock(() => floor(), { rounds: Math.max(5, Math.min(rounds, Math.floor(1_000 / Math.max(0.1, probe.p50)))), clients, warm: clients, most: 1_000 })
  return { what, clients, ours: measured, floor: below }
}
