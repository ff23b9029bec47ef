import type { OptionIn } from '#shared/api/fields.ts'
import type { Field, Hue, ObjectType, Option } from '#shared/object.ts'
import type { Finding } from '#shared/problem.ts'
import type { Db } from '#server/db/connect.ts'
import { ident, sql } from '#server/db/sql.ts'
import { cleanLabel } from './traits.ts'
import { shortId } from './shaping.ts'

/** Tints in turn, so that a list that somebody pasted is told apart at once. */
const turn: Hue[] = ['blue', 'green', 'amber', 'violet', 'teal', 'orange', 'pink', 'slate', 'red', 'grey']

/** The list as it shall be. Who has an id keeps it, whatever it is called now; a label that was there before is the same option. */
export function optionsFrom(given: OptionIn[], before: Option[]): { options: Option[]; findings: Finding[] } {
  const findings: Finding[] = []
  const seen = new Set<string>()
  const options = given.map((each, i): Option => {
    const label = cleanLabel(each.label)
    if (label === '') findings.push({ field: 'options', code: 'shape.optionEmpty' })
    else if (seen.has(label.toLowerCase())) findings.push({ field: 'options', code: 'shape.optionTwice', values: { label }, value: label })
    else if (/[、,，;；|｜]/.test(label)) findings.push({ field: 'options', code: 'shape.optionMark', values: { label }, value: label, proposal: label.replace(/[、,，;；|｜]+/g, '/') })
    seen.add(label.toLowerCase())
    const known = before.find(option => option.id === each.id) ?? (each.id === undefined ? before.find(option => option.label === label) : undefined)
    if (each.id !== undefined && !known) findings.push({ field: 'options', code: 'shape.optionUnknown', values: { label }, value: each.id })
    const definition = each.definition ?? known?.definition
    const formerly = [...new Set([...known?.formerly ?? [], ...(known && known.label !== label ? [known.label] : [])])].filter(name => name !== label)
    return {
      id: known?.id ?? shortId(), label, color: each.color ?? known?.color ?? turn[i % turn.length] ?? 'grey',
      ...(definition !== undefined && definition !== '' && { definition }), ...((each.retired ?? known?.retired) === true && { retired: true }),
      ...(formerly.length > 0 && { formerly }),
    }
  })
  return { options: options.map(option => withoutOthers(option, options)), findings }
}

/** A former name that another option bears now means that one. */
function withoutOthers({ formerly, ...option }: Option, all: Option[]): Option {
  const own = formerly?.filter(name => !all.some(each => each.label === name)) ?? []
  return own.length > 0 ? { ...option, formerly: own } : option
}

/** Options that are to go but that records still have: they can be retired, or their records changed first. */
export async function optionsInUse(db: Db, object: ObjectType, field: Field, after: Option[]): Promise<Finding[]> {
  const gone = (field.options ?? []).filter(option => !after.some(each => each.id === option.id))
  if (gone.length === 0) return []
  const column = ident(field.column)
  const has = field.type === 'choices' ? sql`option.id = any(${column})` : sql`${column} = option.id`
  const used = await db.query<{ id: string; n: number }>(sql`
    select option.id, (select count(*)::int from ${ident(object.table)} where ${has}) as n from unnest(${gone.map(option => option.id)}::text[]) option(id)`)
  return used.filter(each => each.n > 0).map(({ id, n }) => {
    const label = gone.find(option => option.id === id)?.label ?? id
    return { field: 'options', code: 'shape.optionInUse', values: { label, count: n }, value: label }
  })
}

/** The words of a default follow the options that were renamed. */
export function renamed(value: unknown, before: Option[], after: Option[]): unknown {
  const one = (label: unknown) => {
    const id = before.find(option => option.label === label)?.id
    return after.find(option => option.id === id)?.label ?? label
  }
  return Array.isArray(value) ? value.map(one) : one(value)
}
