import type { ColumnMapping, MappingReason } from '#shared/api/imports.ts'
import type { ObjectType } from '#shared/object.ts'
import { assign } from './assignment.ts'
import { brief } from './cells.ts'
import { contentOf, fit, type Content } from './content.ts'
import { headerWords, likeness, type HeaderWords } from './header-words.ts'
import type { Target } from './targets.ts'

export interface SourceColumn {
  column: number
  header: string
  /** The cells of the first rows as texts, secrets already masked. */
  texts: string[]
}

/** What a person decided, or decided last time for a file with this header. */
export type Choices = ReadonlyMap<number, { field: string | null; because: 'chosen' | 'remembered' }>

/** Below this a proposal would be a guess. */
const enough = 0.42
/** Types whose values alone say what they are. */
const telling = new Set(['phone', 'email', 'url', 'region', 'address', 'choice', 'numberRule'])

interface Score { value: number; because: MappingReason }

/**
 * Columns → fields by meaning: every field goes to one column, so that the sum of certainties is greatest.
 * A column that lost its field to a better one, or came twice, is kept as a line of the remark: nothing is lost silently.
 */
export function proposeMapping(columns: readonly SourceColumn[], targets: readonly Target[], object: ObjectType, choices: Choices = new Map()): ColumnMapping[] {
  const taken = new Set([...choices.values()].map(choice => choice.field))
  const open = columns.filter(column => !choices.has(column.column))
  const free = targets.filter(target => !taken.has(target.name))
  const scores = open.map(column => scoresOf(column, targets))
  const table = scores.map(row => free.map(target => ifEnough(row.get(target.name))))
  const chosen = assign(table, free.length)

  const proposed = open.map((column, i): ColumnMapping => {
    const target = free[chosen[i] ?? -1]
    const score = target === undefined ? undefined : scores[i]?.get(target.name)
    const lost = target === undefined && [...(scores[i]?.values() ?? [])].some(entry => entry.value >= 0.6)
    return shown(column, target?.name ?? (lost ? remarkOf(object) : null), score?.value ?? 0, score?.because ?? (lost ? 'kept' : 'none'))
  })
  const given = columns.flatMap(column => {
    const choice = choices.get(column.column)
    return choice === undefined ? [] : [shown(column, choice.field, 1, choice.because)]
  })

  return settled([...proposed, ...given].sort((a, b) => a.column - b.column), scores, open, object)
}

const ifEnough = (score: Score | undefined) => (score === undefined || score.value < enough ? 0 : score.value)

const shown = (column: SourceColumn, field: string | null, confidence: number, because: MappingReason): ColumnMapping => ({
  column: column.column, header: column.header, field, confidence: Math.round(Math.min(1, Math.max(0, confidence)) * 100) / 100, because,
  samples: column.texts.filter(text => text !== '').slice(0, 3).map(text => brief(text)),
})

/** The long text where what has no field of its own is kept. */
export const remarkOf = (object: ObjectType): string | null =>
  (object.fields.find(field => field.name === 'remark') ?? object.fields.findLast(field => field.type === 'longText'))?.name ?? null

function scoresOf(column: SourceColumn, targets: readonly Target[]): Map<string, Score> {
  const words = headerWords(column.header)
  const content = contentOf(column.texts)

  return new Map(targets.map(target => [target.name, score(words, content, target)]))
}

function score(words: HeaderWords, content: Content, target: Target): Score {
  const best = bestWord(words, target)
  const support = target.part === null ? fit(content, target.field) : 0
  if (best.value < 0.45) {
    const speaks = telling.has(target.field.type) || target.name === 'name' || target.name === 'creditCode'
    return speaks && !target.ofContact && support > 0.75 ? { value: support * 0.6, because: 'content' } : { value: 0, because: 'none' }
  }
  const weight = support >= 0 ? 0.15 : best.value > 0.9 ? 0.2 : 0.5

  return { value: best.value + support * weight, because: best.because }
}

function bestWord(words: HeaderWords, target: Target): Score {
  let best: Score = { value: 0, because: 'none' }
  words.keys.forEach((key, i) => {
    for (const entry of target.words) {
      // A part of a header with alternatives says a little less than the whole.
      const like = likeness(key, entry.word)
      const value = like * entry.worth * (i === 0 ? 1 : 0.97)
      if (value > best.value) best = { value, because: like === 1 ? entry.because : 'similar' }
    }
  })

  return best
}

/** Rules over the whole: a region is either one column or its parts, and a contact needs its name. */
function settled(mapping: ColumnMapping[], scores: readonly Map<string, Score>[], open: readonly SourceColumn[], object: ObjectType): ColumnMapping[] {
  const has = (field: string) => mapping.some(entry => entry.field === field)
  const remark = remarkOf(object)
  const scoreOf = (column: number, field: string) => scores[open.findIndex(entry => entry.column === column)]?.get(field)?.value ?? 0

  return mapping.map(entry => {
    if (entry.field === null || entry.because === 'chosen' || entry.because === 'remembered') return entry
    if (entry.field.startsWith('contacts.') && !has('contacts.name')) return { ...entry, field: remark, because: 'kept' }
    const parts = mapping.flatMap(other => (other.field?.startsWith(`${entry.field}.`) ? [other.field] : []))
    if (parts.length === 0) return entry
    const part = ['city', 'province', 'district'].map(name => `${entry.field}.${name}`)
      .filter(name => !parts.includes(name)).sort((a, b) => scoreOf(entry.column, b) - scoreOf(entry.column, a))[0]
    return part === undefined ? { ...entry, field: remark, because: 'kept' } : { ...entry, field: part }
  })
}
