import { timeZone } from '#shared/dates.ts'
import { boolean } from '#shared/fields/boolean.ts'
import type { FunctionName } from '#shared/formula/functions.ts'
import { isWrong, readFormula } from '#shared/formula/read.ts'
import type { Checked } from '#shared/formula/tree.ts'
import type { Field, ObjectType } from '#shared/object.ts'
import { ident, join, raw, sql, type Sql } from '../db/sql.ts'
import { labelSql, optionId } from './storage.ts'

/** What a formula field holds, as an expression over the columns of `record`. A formula that makes no sense any more is empty. */
export function formulaSql(object: ObjectType, field: Field): Sql {
  const known = made.get(object) ?? new Map<Field, Sql>()
  const found = known.get(field) ?? madeFrom(object, field)
  made.set(object, known.set(field, found))
  return found
}

/** An object of the catalog never changes; another takes its place. */
const made = new WeakMap<ObjectType, Map<Field, Sql>>()

function madeFrom(object: ObjectType, field: Field): Sql {
  const read = readFormula(field.formula ?? '', object.fields, 'names')
  if (isWrong(read)) return raw('null')
  return kept(field, read.kind, read.tree)
}

function kept(field: Field, kind: string, tree: Checked): Sql {
  if (kind === 'text') return sql`nullif(left(${valueOf(tree)}, ${raw(String(longest))}), '')`
  if (kind === 'date' || kind === 'boolean') return valueOf(tree)
  // A percent is kept in hundredths, whatever the formula makes of it.
  return keptNumber(field, field.type === 'percent' ? sql`${valueOf(tree)} * 100` : valueOf(tree))
}

/** To the places of the field; nothing beyond what a number field takes. */
export const keptNumber = (field: Field, value: Sql): Sql => sql`formula_kept(${value}, ${raw(String(field.decimals ?? 'null'))})`

/** The letters that a text of a formula keeps. */
const longest = 2_000
/** A zero with twenty places: a quotient has as many. */
const exact = raw('0e-20')
const today = () => sql`(now() at time zone ${timeZone()})::date`

/** Numbers are exact; a text is never '', a part that cannot be worked out is null. */
function valueOf(part: Checked): Sql {
  if (part.is === 'number') return part.percent ? sql`(${part.text}::numeric * 0.01)` : sql`${part.text}::numeric`
  if (part.is === 'text') return part.text === '' ? raw('null::text') : sql`${part.text.replaceAll('\0', '')}::text`
  if (part.is === 'boolean') return raw(String(part.value))
  if (part.is === 'nothing') return raw('null')
  if (part.is === 'minus') return sql`(- ${valueOf(part.of)})`
  if (part.is === 'field') return fieldValue(part.field)
  if (part.is === 'option') return sql`(record.${ident(part.field.column)} is ${raw(part.operator === '=' ? 'not distinct' : 'distinct')} from ${optionId(part.field, part.text)}::text)`
  return part.is === 'call' ? calls[part.name as FunctionName](part.of) : operation(part)
}

function fieldValue(field: Field): Sql {
  const column = sql`record.${ident(field.column)}`
  if (field.type === 'percent') return sql`(${column} * 0.01)`
  if (field.type === 'datetime') return sql`(${column} at time zone ${timeZone()})::date`
  return ['choice', 'choices', 'tags'].includes(field.type) ? sql`nullif(${labelSql(field, column)}, '')` : column
}

function operation({ operator, left, right }: Checked & { is: 'operation' }): Sql {
  if (operator === '&') return sql`nullif(concat(${textOf(left)}, ${textOf(right)}), '')`
  const [a, b] = [valueOf(left), valueOf(right)]
  if (operator === '=') return sql`(${a} is not distinct from ${b})`
  if (operator === '<>') return sql`(${a} is distinct from ${b})`
  if (operator === '+' && left.kind === 'date') return sql`formula_after(${a}, ${b})`
  if (operator === '+' && right.kind === 'date') return sql`formula_after(${b}, ${a})`
  if (operator === '-' && left.kind === 'date') return right.kind === 'date' ? sql`(${a} - ${b})::numeric` : sql`formula_after(${a}, - ${b})`
  if (operator === '/') return sql`((${a} + ${exact}) / nullif(${b}, 0))`
  if (operator === '+' || operator === '-' || operator === '*') return sql`(${a} ${raw(operator)} ${b})`
  return sql`coalesce(${a} ${raw(operator)} ${b}, false)`
}

const wordless: Field = { name: '', label: { 'zh-CN': '', en: '' }, type: 'boolean', column: '', group: '' }

/** As people read it: `85%`, `2024-05-10`, 是. */
function textOf(part: Checked | undefined): Sql {
  if (!part || part.is === 'nothing') return raw('null::text')
  const value = valueOf(part)
  if (part.kind === 'text') return value
  if (part.kind === 'date') return sql`to_char(${value}, 'YYYY-MM-DD')`
  if (part.kind === 'boolean') return sql`(${[false, true].map(word => boolean.format(word, wordless, 'zh-CN'))}::text[])[(${value})::int + 1]`
  return part.kind === 'percent' ? sql`trim_scale(round(${value} * 100, 10))::text || '%'` : sql`trim_scale(round(${value}, 10))::text`
}

const text = (part: Checked | undefined) => textOf(part)
const value = (part: Checked | undefined): Sql => (part ? valueOf(part) : raw('null'))
const isTrue = (part: Checked | undefined) => sql`coalesce(${value(part)}, false)`
const all = (of: Checked[]) => join(of.map(valueOf))
const noEmpty = (made: Sql) => sql`nullif(${made}, '')`
/** A count of letters. */
const count = (part: Checked | undefined, absent = 1) => (part ? sql`least(greatest(trunc(${valueOf(part)}), 0), 40000)::int` : raw(String(absent)))
const rows = (of: Checked[]) => sql`(values ${join(of.map(part => sql`(${valueOf(part)}::numeric)`))}) given(n)`

const calls: Record<FunctionName, (of: Checked[]) => Sql> = {
  IF: ([condition, then, otherwise]) => sql`case when ${isTrue(condition)} then ${value(then)} else ${value(otherwise)} end`,
  IFS: of => sql`case ${join(of.flatMap((part, i) => (i % 2 === 0 ? [sql`when ${isTrue(part)} then ${value(of[i + 1])}`] : [])), ' ')} end`,
  AND: of => sql`(${join(of.map(isTrue), ' and ')})`,
  OR: of => sql`(${join(of.map(isTrue), ' or ')})`,
  NOT: ([of]) => sql`(not ${isTrue(of)})`,
  ISBLANK: ([of]) => sql`(${value(of)} is null)`,
  IFBLANK: of => sql`coalesce(${all(of)})`,
  BLANK: () => raw('null'),
  SUM: of => sql`(select sum(n) from ${rows(of)})`,
  AVERAGE: of => sql`(select (sum(n) + ${exact}) / nullif(count(n), 0) from ${rows(of)})`,
  MIN: of => sql`least(${all(of)})`,
  MAX: of => sql`greatest(${all(of)})`,
  ROUND: ([of, places]) => sql`round(${value(of)}, ${places ? sql`least(greatest(trunc(${valueOf(places)}), -20), 10)::int` : raw('0')})`,
  ABS: ([of]) => sql`abs(${value(of)})`,
  INT: ([of]) => sql`floor(${value(of)})`,
  MOD: ([of, by]) => sql`formula_mod(${value(of)}, ${value(by)})`,
  VALUE: ([of]) => sql`formula_number(${text(of)})`,
  CONCAT: of => noEmpty(sql`concat(${join(of.map(text))})`),
  LEFT: ([of, n]) => noEmpty(sql`left(${text(of)}, ${count(n)})`),
  RIGHT: ([of, n]) => noEmpty(sql`right(${text(of)}, ${count(n)})`),
  MID: ([of, from, n]) => noEmpty(sql`substr(${text(of)}, greatest(${count(from)}, 1), ${count(n)})`),
  LEN: ([of]) => sql`coalesce(length(${text(of)}), 0)::numeric`,
  UPPER: ([of]) => sql`upper(${text(of)})`,
  LOWER: ([of]) => sql`lower(${text(of)})`,
  TRIM: ([of]) => noEmpty(sql`btrim(regexp_replace(${text(of)}, '\s+', ' ', 'g'))`),
  // What is put in is short, so that no text grows without end.
  SUBSTITUTE: ([of, old, fresh]) => noEmpty(sql`left(replace(${text(of)}, coalesce(${text(old)}, chr(1)), coalesce(left(${text(fresh)}, 500), '')), 40000)`),
  CONTAINS: ([of, part]) => sql`coalesce(strpos(lower(${text(of)}), lower(${text(part)})) > 0, false)`,
  TEXT: ([of, format]) => (of && format?.is === 'text' ? formatted(of, format.text) : text(of)),
  TODAY: () => today(),
  DATE: of => sql`formula_date(${all(of)})`,
  YEAR: ([of]) => sql`extract(year from ${value(of)}::date)`,
  MONTH: ([of]) => sql`extract(month from ${value(of)}::date)`,
  DAY: ([of]) => sql`extract(day from ${value(of)}::date)`,
  WEEKDAY: ([of]) => sql`extract(isodow from ${value(of)}::date)`,
  DAYS: ([until, since]) => sql`(${value(until)}::date - ${value(since)}::date)::numeric`,
  DATEDIF: ([since, until, unit]) => {
    const letter = unit?.is === 'text' ? unit.text.toUpperCase() : 'D'
    if (letter === 'D') return sql`(${value(until)}::date - ${value(since)}::date)::numeric`
    const months = sql`formula_months_between(${value(since)}::date, ${value(until)}::date)`
    return letter === 'M' ? months : sql`trunc(${months} / 12)`
  },
  EDATE: ([of, months]) => sql`formula_months(${value(of)}::date, ${value(months)}, false)`,
  EOMONTH: ([of, months]) => sql`formula_months(${value(of)}::date, ${value(months)}, true)`,
}

/** `YYYY年M月`, `#,##0.00`, `0.0%`: checked when the formula was made. */
function formatted(of: Checked, format: string): Sql {
  if (of.kind === 'date') return noEmpty(sql`to_char(${valueOf(of)}, ${datePattern(format)}::text)`)
  const places = /\.(0+)/.exec(format)?.[1] ?? ''
  const digits = format.startsWith('#') ? '999,999,999,999,999,999,999,999,999,990' : '9'.repeat(39) + '0'
  const number = format.endsWith('%') ? sql`${valueOf(of)} * 100` : valueOf(of)
  return sql`to_char(${number}, ${`FM${digits}${places === '' ? '' : `.${places}`}`}::text)${format.endsWith('%') ? raw(" || '%'") : raw('')}`
}

const dateParts: Record<string, string> = { YYYY: 'YYYY', YY: 'YY', MM: 'MM', M: 'FMMM', DD: 'DD', D: 'FMDD' }
const datePattern = (format: string) =>
  format.replaceAll(/["\\\0]/g, '').replace(/YYYY|YY|MM|M|DD|D|[^YMD]+|Y/gi, part => dateParts[part.toUpperCase()] ?? `"${part}"`)
