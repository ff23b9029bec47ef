import type { ObjectType } from '#shared/object.ts'
import type { Viewer } from '../access/viewer.ts'
import { allObjects } from '../catalog/catalog.ts'
import { pinyinColumn } from '../catalog/storage.ts'
import type { Db } from '../db/connect.ts'
import { and, ident, join, or, raw, sql, type Sql } from '../db/sql.ts'
import { estimate } from './count.ts'
import { relation, visibleColumns } from './relation.ts'
import { questionOf, soundQuestionOf } from './search-tokens.ts'

/** The words of a question; six are enough for anybody. */
export const wordsOf = (question: string) => question.normalize('NFKC').replaceAll('\0', ' ').trim().split(/[\s,，、;；]+/).filter(word => word !== '').slice(0, 6)

/** Records that hold every word, somewhere this viewer may read; customers also through their contacts. */
export function matchSql(viewer: Viewer, object: ObjectType, question: string, candidates?: Candidates): Sql {
  const words = wordsOf(question)
  return sql`id in (${join([collected(viewer, object, words, 'id', candidates), ...belongings(viewer, object).map(belonging => through(viewer, belonging, words, candidates))], ' union ')})`
}

/** By the name of an object, the ids of its records whose lexemes match, whoever may read them. */
type Candidates = Map<string, string[]>
/** More than these are not looked at one by one where a walk can do. */
const many = 5_000

/** All that may match; null where they are too many. */
export async function candidatesOf(db: Db, viewer: Viewer, object: ObjectType, question: string): Promise<Candidates | null> {
  const candidates: Candidates = new Map()
  for (const each of [object, ...belongings(viewer, object).map(({ other }) => other)]) {
    const term = termOf(viewer, each, wordsOf(question))
    const rows = term === null ? [] : await db.query<{ id: string }>(sql`${docsSql(each, term)} limit ${raw(String(many + 1))}`)
    if (rows.length > many) return null
    candidates.set(each.name, rows.map(row => row.id))
  }
  return candidates
}

/** As much of the search table as matching costs. */
export const matchesOf = async (db: Db, viewer: Viewer, object: ObjectType, words: string[]): Promise<number> => {
  const term = termOf(viewer, object, words)
  return term === null ? 0 : estimate(db, { from: raw('search_doc'), where: sql`object = ${object.name} and tsv @@ ${term.question}::tsquery` })
}

/** So many matches are collected in no time, whatever the alternative. */
const few = 500
/**
 * How many rows a walk looks at: some first, to see how frequent the words really are (the planner guesses high what it has not counted),
 * then as many as a page should take. Null where that would be too many: then the matches are few enough to be collected.
 */
export const reaches = { first: 300, most: 10_000 }
export function nextReach(found: number, wanted: number): number | null {
  const needed = (wanted / found) * reaches.first * 1.5
  return needed > reaches.most ? null : Math.ceil(needed)
}

/** Whether looking at one row after the other fills a page before all matches would have been collected, be it from a half of `mine`: that costs the same. */
export const isFrequent = (matches: number, { mine, listed, wanted }: { mine: number; listed: number; wanted: number }) =>
  matches > few && (wanted / Math.max(1, listed)) * mine < Math.min(matches, mine / 2)

/** What a walk asks of each row of `visible`, and how many rows it would find in all, among how many. */
interface Walk { where: Sql; total: number; among: number }

/** Null where collecting is cheaper. */
export async function walkSql(db: Db, viewer: Viewer, object: ObjectType, question: string, list: { from: Sql; others: Sql }): Promise<Walk | null> {
  const words = wordsOf(question)
  const branches = await Promise.all([
    matchesOf(db, viewer, object, words).then(matches => ({ matches, walked: () => walked(viewer, object, words, raw('visible.id')), collected: () => collected(viewer, object, words) })),
    ...belongings(viewer, object).map(async belonging => ({
      matches: await matchesOf(db, viewer, belonging.other, words), walked: () => walkedThrough(viewer, belonging, words), collected: () => through(viewer, belonging, words),
    })),
  ])
  const matches = branches.reduce((sum, branch) => sum + branch.matches, 0)
  if (matches <= few) return null

  const [all = 0, mine = 0, others = 0] = await Promise.all([
    { from: ident(object.table), where: raw('deleted_at is null') }, { from: list.from, where: raw('true') }, { from: list.from, where: list.others },
  ].map(part => estimate(db, part)))
  const total = Math.min(others, Math.ceil((matches / Math.max(1, all)) * others))
  if (!isFrequent(matches, { mine, listed: total, wanted: 50 })) return null
  return { total, among: others, where: or(branches.map(branch => (branch.matches > few ? branch.walked() : sql`visible.id in (${branch.collected()})`))) }
}

interface Belonging { other: ObjectType; link: string }

/** Objects whose records belong to records of this one, as far as this viewer sees that they do: contacts to customers. */
const belongings = (viewer: Viewer, object: ObjectType): Belonging[] => allObjects().flatMap(other => {
  const link = visibleColumns(viewer, other).find(({ field }) => field.name === other.ownerFrom && field.target === object.name)
  return link ? [{ other, link: link.field.column }] : []
})

const through = (viewer: Viewer, { other, link }: Belonging, words: string[], candidates?: Candidates): Sql => collected(viewer, other, words, link, candidates)

const walkedThrough = (viewer: Viewer, { other, link }: Belonging, words: string[]): Sql =>
  sql`exists (select from ${relation(viewer, other, { blind: true })} belonging where belonging.${ident(link)} = visible.id and ${walked(viewer, other, words, raw('belonging.id'))} offset 0)`

/** Ids of matching records, or of those that a column of theirs names. */
const collected = (viewer: Viewer, object: ObjectType, words: string[], column = 'id', candidates?: Candidates): Sql =>
  sql`select ${ident(column)} from ${matched(viewer, object, words, candidates)} matched`

/** Matching records as a blind relation: candidates by their lexemes, then looked at again through what the viewer reads. */
export function matched(viewer: Viewer, object: ObjectType, words: string[], candidates?: Candidates): Sql {
  const term = termOf(viewer, object, words)
  if (term === null) return sql`(select * from ${relation(viewer, object, { blind: true })} readable where false)`
  const ids = candidates?.get(object.name)
  return sql`(select readable.* from ${foundSql(viewer, object, term, ids ? sql`select unnest(${ids}::uuid[]) as id` : docsSql(object, term))})`
}

/** Whether the record of this id matches. The offset keeps the planner from turning it into a join, which would collect. */
export function walked(viewer: Viewer, object: ObjectType, words: string[], id: Sql): Sql {
  const term = termOf(viewer, object, words)
  return term === null ? raw('false') : sql`exists (select from ${foundSql(viewer, object, term)} and found.id = ${id} offset 0)`
}

interface Term { question: string; recheck: Sql }

const docsSql = (object: ObjectType, { question }: Pick<Term, 'question'>): Sql => sql`select id from search_doc where object = ${object.name} and tsv @@ ${question}::tsquery`

const foundSql = (viewer: Viewer, object: ObjectType, term: Term, candidates = docsSql(object, term)): Sql =>
  sql`(${candidates}) found join ${relation(viewer, object, { blind: true })} readable on readable.id = found.id where ${term.recheck}`

/** All words together; null when one of them cannot be looked for. */
function termOf(viewer: Viewer, object: ObjectType, words: string[]): Term | null {
  const readable = visibleColumns(viewer, object).filter(column => object.search.includes(column.field.name)).map(column => column.field.column)
  const parts = words.map(word => wordSql(object, readable, word))
  const found = parts.filter(part => part !== null)
  if (found.length === 0 || found.length < parts.length) return null
  return { question: found.map(part => part.question).join(' & '), recheck: and(found.map(part => part.recheck)) }
}

function wordSql(object: ObjectType, readable: string[], word: string): Term | null {
  const plain = questionOf(word)
  if (plain === null || readable.length === 0) return null
  const pattern = `%${word.replace(/[\\%_]/g, mark => `\\${mark}`)}%`
  // What has no upper and lower case needs none folded, which costs ten times the looking.
  const like = raw(word.toLowerCase() === word.toUpperCase() ? 'like' : 'ilike')
  const checks = readable.map(column => sql`readable.${ident(column)} ${like} ${pattern}`)
  const sounds = object.pinyin.flatMap((name, place) => {
    const column = object.fields.find(field => field.name === name)?.column
    const question = soundQuestionOf(word, place)
    return column && readable.includes(column) && question !== null ? [{ question, column: pinyinColumn(name, object) }] : []
  })
  return {
    question: `(${[plain, ...sounds.map(sound => sound.question)].join(' | ')})`,
    recheck: or([...checks, ...sounds.map(sound => sql`(readable.${ident(sound.column)} is not null and exists (${docsSql(object, sound)} and id = readable.id offset 0))`)]),
  }
}
