import type { Computing } from '#shared/api/fields.ts'
import { fieldTypes } from '#shared/fields/all.ts'
import type { TypeName } from '#shared/fields/field.ts'
import { isWrong, readFormula } from '#shared/formula/read.ts'
import { fieldOf, type Field, type ObjectType, type Rollup } from '#shared/object.ts'
import { Problem, type Finding } from '#shared/problem.ts'
import { system } from '#server/access/viewer.ts'
import { allObjects, targetOf } from '#server/catalog/catalog.ts'
import { circleOf } from '#server/catalog/computed.ts'
import { filterSql } from '#server/records/filter.ts'

/** What a computed field would be, or why it cannot be, at the trait. */
export type Understood = { traits: Pick<Field, 'type'> & Partial<Field> } | { findings: Finding[] }

const amounts: TypeName[] = ['number', 'money', 'percent']
const refusal = (field: string, code: string, values?: Record<string, string | number>): { findings: Finding[] } => ({ findings: [{ field, code, ...(values && { values }) }] })

/** Understands a formula, rollup or lookup for a field of this name (null: a new one), as it would be stored. */
export function understandComputed(object: ObjectType, name: string | null, given: Computing): Understood {
  const understood = given.formula !== undefined ? formulaTraits(object, given) : given.rollup ? rollupTraits(object, asRollup(given.rollup)) : given.lookup ? lookupTraits(object, given.lookup) : refusal('formula', 'formula.empty')
  if ('findings' in understood) return understood
  const field: Field = { name: name ?? '', label: { 'zh-CN': '', en: '' }, column: '', group: '', ...understood.traits }
  const circle = circleOf(allObjects(), object, field)
  const way = circle?.map(each => (fieldOf(object, each.name) ?? each).label['zh-CN']).join(' → ') ?? ''
  return circle ? refusal(given.formula !== undefined ? 'formula' : given.rollup ? 'rollup' : 'lookup', 'formula.circle', { way }) : understood
}

function formulaTraits(object: ObjectType, { formula = '', shownAs }: Computing): Understood {
  const read = readFormula(formula, object.fields, 'names')
  if (isWrong(read)) {
    const { code, values, proposal, at, length } = read.problem
    return { findings: [{ field: 'formula', code, values: { ...values, at, length }, value: formula, ...(proposal !== undefined && { proposal }) }] }
  }
  const type = amounts.includes(read.kind) ? shownAs ?? read.kind : read.kind
  return { traits: { type, formula: read.stored, computed: true, ...(type !== 'number' && amounts.includes(type) && { decimals: 2 }) } }
}

function rollupTraits(object: ObjectType, rollup: NonNullable<Field['rollup']>): Understood {
  const other = allObjects().find(each => each.name === rollup.object)
  const link = other && fieldOf(other, rollup.link)
  if (!other || !link || targetOf(link)?.name !== object.name) return refusal('rollup', 'formula.rollupLink')
  const wrong = filterFinding(other, rollup)
  if (wrong) return wrong
  if (rollup.take === 'count') return { traits: { type: 'number', decimals: 0, computed: true, rollup: { object: rollup.object, link: rollup.link, take: 'count', ...(rollup.filter && { filter: rollup.filter }) } } }
  const of = rollup.field === undefined ? undefined : fieldOf(other, rollup.field)
  const sqlType = of && fieldTypes[of.type].sql
  if (!of || !fitting[rollup.take].includes(sqlType ?? 'text')) return refusal('rollup', 'formula.rollupField')
  const decimals = of.decimals ?? (rollup.take === 'average' || of.type === 'money' ? 2 : undefined)
  // Half a star is a number.
  const type = of.type === 'rating' && (rollup.take === 'sum' || rollup.take === 'average') ? 'number' : of.type
  return { traits: { type, computed: true, rollup, ...(type === 'rating' && of.max !== undefined && { max: of.max }), ...(of.unit !== undefined && { unit: of.unit }), ...(decimals !== undefined && sqlType === 'numeric' && { decimals: rollup.take === 'average' ? Math.max(2, decimals) : decimals }) } }
}

/** Without what was left out. */
const asRollup = ({ field, filter, ...rest }: NonNullable<Computing['rollup']>): Rollup => ({ ...rest, ...(field !== undefined && { field }), ...(filter && { filter }) })

const days = ['date', 'timestamptz']
const fitting = { sum: ['numeric'], average: ['numeric'], min: ['numeric', ...days], max: ['numeric', ...days], latest: days, earliest: days }

function filterFinding(other: ObjectType, { filter }: NonNullable<Field['rollup']>): Understood | null {
  try {
    if (filter) filterSql(system('rollup'), other, filter)
    return null
  } catch (error) {
    if (error instanceof Problem) return refusal('rollup', error.code, error.values)
    throw error
  }
}

function lookupTraits(object: ObjectType, lookup: NonNullable<Field['lookup']>): Understood {
  const through = fieldOf(object, lookup.through)
  const target = through && targetOf(through)
  if (!through || !target) return refusal('lookup', 'formula.lookupThrough')
  const of = fieldOf(target, lookup.field)
  if (!of) return refusal('lookup', 'formula.lookupField')
  const type: TypeName = ['choice', 'choices', 'numberRule'].includes(of.type) ? 'text' : of.type
  const { unit, decimals, mask, max, target: points } = of
  return { traits: { type, computed: true, lookup, ...(unit !== undefined && { unit }), ...(decimals !== undefined && { decimals }), ...(mask !== undefined && { mask }), ...(type === 'rating' && max !== undefined && { max }), ...(points !== undefined && { target: points }) } }
}
