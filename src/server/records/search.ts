import type { RecordOut, SearchHit } from '#shared/api/records.ts'
import type { ObjectType } from '#shared/object.ts'
import type { Viewer } from '../access/viewer.ts'
import { allObjects } from '../catalog/catalog.ts'
import { pinyinColumn } from '../catalog/storage.ts'
import type { Db } from '../db/connect.ts'
import { ident, join, raw, sql, type Sql } from '../db/sql.ts'
import { estimate } from './count.ts'
import { dress } from './dress.ts'
import { isFrequent, matched, matchesOf, nextReach, reaches, walked, wordsOf } from './match.ts'
import { relation, visibleColumns } from './relation.ts'
import { freshenSearch } from './search-index.ts'
import { pinyinKey, readingsOf } from './search-tokens.ts'

/** One box over everything: the best hits of every searchable object, with where they matched. */
export async function searchAll(db: Db, viewer: Viewer, question: string, limit = 20): Promise<{ hits: SearchHit[] }> {
  const words = wordsOf(question)
  if (words.length === 0) return { hits: [] }
  await freshenSearch(db)
  const objects = allObjects().filter(object => visibleColumns(viewer, object).some(column => column.field.name === object.title))
  const ranked: Ranked[] = []
  // One after the other: two at a time keep both cores busy, and whoever else asks waits.
  for (const object of objects) ranked.push(...await best(db, viewer, object, words, limit))
  const chosen = ranked.sort((a, b) => b.rank - a.rank).slice(0, limit)

  const records = new Map<string, RecordOut>()
  for (const object of objects) {
    const ids = chosen.filter(hit => hit.object === object).map(hit => hit.id)
    const text = await dress(db, { viewer, columns: visibleColumns(viewer, object), from: relation(viewer, object, { blind: true }) }, ids)
    for (const record of JSON.parse(`[${text}]`) as RecordOut[]) records.set(record.id, record)
  }
  return { hits: chosen.flatMap(({ object, id }) => { const record = records.get(id); return record ? [hitOf(object, record, words)] : [] }) }
}

interface Ranked { object: ObjectType; id: string; rank: number }

/** The best of few matches; of many the number, the names that begin so, and the newest: nobody wants to see the rest ranked. */
async function best(db: Db, viewer: Viewer, object: ObjectType, words: string[], limit: number): Promise<Ranked[]> {
  const from = relation(viewer, object, { blind: true })
  const question = words.join(' ')
  const [matches, all, mine] = await Promise.all([
    matchesOf(db, viewer, object, words), estimate(db, { from: ident(object.table), where: raw('deleted_at is null') }), estimate(db, { from, where: raw('true') }),
  ])
  const looked = (rows: Sql, where: Sql, tail: Sql) => sql`(select id, updated_at, ${rankSql(viewer, object, question)} as rank from ${rows} visible where ${where} ${tail})`
  if (isFrequent(matches, { mine, listed: (matches / Math.max(1, all)) * mine, wanted: limit })) {
    const newest = (reach: number) => sql`(select * from ${from} visible order by created_at desc, id desc limit ${raw(String(reach))})`
    const near = (reach: number) => looked(newest(reach), walked(viewer, object, words, raw('visible.id')), sql`order by created_at desc, id desc limit ${raw(String(limit))}`)
    for (let reach: number | null = reaches.first; reach !== null;) {
      const found = await rankedOf(db, object, [near(reach), ...heads(viewer, object, from, question, limit)], limit)
      if (found.length === limit) return found
      reach = reach === reaches.first ? nextReach(found.length, limit) : null
    }
  }
  return rankedOf(db, object, [looked(matched(viewer, object, words), raw('true'), sql`limit ${raw(String(most))}`)], limit)
}

/** At most so many are ranked. */
const most = 2_000

async function rankedOf(db: Db, object: ObjectType, candidates: Sql[], limit: number): Promise<Ranked[]> {
  const rows = await db.query<{ id: string; rank: number }>(sql`select id, rank from (${join(candidates, ' union ')}) matched order by rank desc, updated_at desc limit ${raw(String(limit))}`)
  return rows.map(row => ({ object, ...row }))
}

/** What can be found by an index at once: the very number, and the names that begin with the question. */
function heads(viewer: Viewer, object: ObjectType, from: Sql, question: string, limit: number): Sql[] {
  const visible = visibleColumns(viewer, object).filter(column => column.shown === 'plain').map(column => column.field)
  const number = visible.find(field => field.name === object.numberField)
  const title = visible.find(field => field.name === object.title && object.indexed?.includes(field.name) === true && object.pinyin.includes(field.name))
  const sound = pinyinKey(question)?.split('\u0001')[0] ?? ''
  const those = (where: Sql, most: number) => sql`(select id, updated_at, ${rankSql(viewer, object, question)} as rank from ${from} visible where ${where} limit ${raw(String(most))})`
  const name = title && ident(pinyinColumn(title.name, object))
  return [
    ...(number ? [those(sql`${ident(number.column)} = ${question.toUpperCase()}`, 1)] : []),
    ...(title && name && sound !== '' ? [those(sql`${name} >= ${sound} and ${name} < ${`${sound}\u{10ffff}`} and starts_with(lower(${ident(title.column)}), ${question.toLowerCase()})`, limit)] : []),
  ]
}

/** Number first, then the name as a whole, its start, its middle; everything else by date. Our customers before people and departments. */
function rankSql(viewer: Viewer, object: ObjectType, question: string): Sql {
  const visible = visibleColumns(viewer, object).map(column => column.field)
  const title = visible.find(field => field.name === object.title)
  const number = visible.find(field => field.name === object.numberField)
  const cases = [
    ...(number ? [sql`when lower(${ident(number.column)}) = ${question.toLowerCase()} then 100`] : []),
    ...(title ? [sql`when ${ident(title.column)} = ${question} then 90`, sql`when starts_with(lower(${ident(title.column)}), ${question.toLowerCase()}) then 80`, sql`when strpos(lower(${ident(title.column)}), ${question.toLowerCase()}) > 0 then 60`] : []),
  ]
  return sql`case ${join(cases, ' ')} else 20 end + ${raw(object.owned ? '5' : '0')}`
}

function hitOf(object: ObjectType, record: RecordOut, words: string[]): SearchHit {
  const reference = object.ownerFrom ? (record[object.ownerFrom] as { label: string | null } | null) : null
  return {
    object: object.name,
    id: record.id,
    title: String(record[object.title] ?? ''),
    number: object.numberField ? (record[object.numberField] as string | null) ?? null : null,
    subtitle: reference?.label ?? (record.phone as string | null) ?? null,
    why: words.flatMap(word => whyOf(object, record, word)),
  }
}

/** The first field that shows the word; else the name that sounds like it. */
function whyOf(object: ObjectType, record: RecordOut, word: string): SearchHit['why'] {
  const low = word.toLowerCase()
  const shown = object.search.find(name => String(record[name] ?? '').normalize('NFKC').toLowerCase().includes(low))
  if (shown) return [{ field: shown, text: around(String(record[shown]), low) }]
  const sounding = object.pinyin.find(name => readingsOf(String(record[name] ?? '')).some(reading => reading.join('').includes(low) || reading.map(syllable => syllable[0]).join('').includes(low)))
  return sounding ? [{ field: sounding, text: String(record[sounding]) }] : []
}

/** Some letters around the match, for long texts. */
function around(text: string, low: string): string {
  const at = Math.max(0, text.toLowerCase().indexOf(low) - 12)
  return (at > 0 ? '…' : '') + text.slice(at, at + 60)
}
