import type { RecordOut, SearchHit } from '#shared/api/records.ts'
import type { ObjectType } from '#shared/object.ts'
import type { Viewer } from '../access/viewer.ts'
import { allObjects } from '../catalog/catalog.ts'
import { pinyinColumn } from '../catalog/storage.ts'
import type { Db } from '../db/connect.ts'
import { and, ident, join, or, raw, sql, type Sql } from '../db/sql.ts'
import { outputList } from './json.ts'
import { relation, visibleColumns } from './relation.ts'
import { questionOf, readingsOf, soundQuestionOf } from './search-tokens.ts'

/** The words of a question; six are enough for anybody. */
export const wordsOf = (question: string) => question.normalize('NFKC').trim().split(/[\s,，、;；]+/).filter(word => word !== '').slice(0, 6)

/** Records that hold every word, somewhere this viewer may read; customers also through their contacts. */
export function matchSql(viewer: Viewer, object: ObjectType, question: string): Sql {
  const words = wordsOf(question)
  const through = belongings(viewer, object).map(({ other, link }) => sql`select ${ident(link)} from ${relation(viewer, other, { blind: true })} belonging where id in (${own(viewer, other, words)})`)
  return sql`id in (${join([own(viewer, object, words), ...through], ' union ')})`
}

/** Objects whose records belong to records of this one, as far as this viewer sees that they do: contacts to customers. */
const belongings = (viewer: Viewer, object: ObjectType) => allObjects().flatMap(other => {
  const link = visibleColumns(viewer, other).find(({ field }) => field.name === other.ownerFrom && field.target === object.name)
  return link ? [{ other, link: link.field.column }] : []
})

/** Ids of matching records: candidates by their lexemes, then looked at again through what the viewer reads. */
function own(viewer: Viewer, object: ObjectType, words: string[]): Sql {
  const readable = visibleColumns(viewer, object).filter(column => object.search.includes(column.field.name)).map(column => column.field.column)
  const parts = words.map(word => wordSql(object, readable, word))
  if (parts.length === 0 || parts.some(part => part === null)) return sql`select null::uuid where false`
  const found = parts.filter(part => part !== null)
  const question = found.map(part => part.question).join(' & ')
  return sql`select found.id from search_doc found join ${relation(viewer, object, { blind: true })} readable on readable.id = found.id
    where found.object = ${object.name} and found.tsv @@ ${question}::tsquery and ${and(found.map(part => part.recheck))}`
}

function wordSql(object: ObjectType, readable: string[], word: string): { question: string; recheck: Sql } | null {
  const plain = questionOf(word)
  if (plain === null || readable.length === 0) return null
  const pattern = `%${word.replace(/[\\%_]/g, mark => `\\${mark}`)}%`
  const checks = readable.map(column => sql`readable.${ident(column)} ilike ${pattern}`)
  const sounds = object.pinyin.flatMap((name, place) => {
    const column = object.fields.find(field => field.name === name)?.column
    const question = soundQuestionOf(word, place)
    return column && readable.includes(column) && question !== null ? [{ question, column: pinyinColumn(name, object) }] : []
  })
  return {
    question: `(${[plain, ...sounds.map(sound => sound.question)].join(' | ')})`,
    recheck: or([...checks, ...sounds.map(sound => sql`(readable.${ident(sound.column)} is not null and found.tsv @@ ${sound.question}::tsquery)`)]),
  }
}

/** One box over everything: the best hits of every searchable object, with where they matched. */
export async function searchAll(db: Db, viewer: Viewer, question: string, limit = 20): Promise<{ hits: SearchHit[] }> {
  const words = wordsOf(question)
  if (words.length === 0) return { hits: [] }
  const perObject: Ranked[][] = []
  for (const object of allObjects()) {
    if (visibleColumns(viewer, object).some(column => column.field.name === object.title)) perObject.push(await best(db, viewer, object, words, limit))
  }
  const ranked = perObject.flat().sort((a, b) => b.rank - a.rank)
  return { hits: ranked.slice(0, limit).map(({ hit }) => hit) }
}

interface Ranked { rank: number; hit: SearchHit }

/** At most this many candidates are ranked; whoever types so little gets the newest of them. */
const candidates = 500

async function best(db: Db, viewer: Viewer, object: ObjectType, words: string[], limit: number): Promise<Ranked[]> {
  const columns = visibleColumns(viewer, object)
  const rows = await db.query<{ json: RecordOut; rank: number }>(sql`
    select (select row_to_json(output) from (select ${outputList(viewer, columns, raw('chosen'))}) output) as json, rank
    from (select *, ${rankSql(viewer, object, words.join(' '))} as rank
      from (select * from ${relation(viewer, object, { blind: true })} visible where id in (${own(viewer, object, words)}) limit ${raw(String(candidates))}) matched
      order by rank desc, updated_at desc limit ${limit}) chosen`)
  return rows.map(row => ({ rank: row.rank, hit: hitOf(object, row.json, words) }))
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
