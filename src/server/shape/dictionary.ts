import { PassThrough, type Readable } from 'node:stream'
import type { Dictionary, DictionaryField } from '#shared/api/fields.ts'
import { fieldTypes } from '#shared/fields/all.ts'
import { inWords } from '#shared/formula/read.ts'
import type { Lang, ObjectType } from '#shared/object.ts'
import { Problem } from '#shared/problem.ts'
import { scopesOf } from '#server/access/scope.ts'
import type { Viewer } from '#server/access/viewer.ts'
import { allObjects, objectOf, targetOf } from '#server/catalog/catalog.ts'
import type { Db } from '#server/db/connect.ts'
import type { Column } from '#server/files/table.ts'
import { writeXlsx } from '#server/files/write-xlsx.ts'
import { aggregate } from '#server/records/find.ts'
import { toldTo } from '#server/records/describe.ts'
import { visibleColumns } from '#server/records/relation.ts'
import { say } from '../say.ts'

/** An aggregate takes at most so many measures. */
const atOnce = 19

/** 字段字典, as this viewer may see it: fields that are hidden from them do not exist in it, and counts are of the records that they see. */
export async function readDictionary(db: Db, viewer: Viewer, name: string): Promise<Dictionary> {
  const object = objectOf(name)
  if (scopesOf(viewer, object, 'view').length === 0) throw new Problem('object.unknown', { name })
  const fields = visibleColumns(viewer, object).map(column => column.field)
  const counted = new Map<string, number>()
  let records = 0
  for (let i = 0; i < fields.length; i += atOnce) {
    const some = fields.slice(i, i + atOnce)
    const { rows } = await aggregate(db, viewer, name, { measures: [{ op: 'count', as: 'records' }, ...some.map((field, n) => ({ op: 'filled' as const, field: field.name, as: `f${n}` }))] })
    records = Number(rows[0]?.records ?? 0)
    some.forEach((field, n) => counted.set(field.name, Number(rows[0]?.[`f${n}`] ?? 0)))
  }
  return { records, fields: fields.map(field => toldTo(viewer, object, field)).map(({ column, ...field }): DictionaryField => ({ ...field, isStandard: !column.startsWith('f_'), isSearched: object.search.includes(field.name), filled: counted.get(field.name) ?? 0, ...madeOf(object, field, viewer.lang) })) }
}

export async function dictionaryFile(db: Db, viewer: Viewer, name: string): Promise<{ stream: Readable; name: string }> {
  const object = objectOf(name)
  const { records, fields } = await readDictionary(db, viewer, name)
  const { lang } = viewer
  const title = say(lang, 'dictionary.file', { object: object.label[lang] })
  const stream = new PassThrough()
  writeXlsx(stream, { sheet: object.label[lang], title, watermark: viewer.name, columns: columnsFor(lang), rows: rowsOf(object, fields, records, lang) }).catch((error: Error) => stream.destroy(error))
  return { stream, name: `${title}.xlsx` }
}

const heads = ['group', 'label', 'name', 'type', 'help', 'example', 'options', 'asks', 'use'] as const
const widths: Record<(typeof heads)[number], number> = { group: 14, label: 18, name: 20, type: 14, help: 40, example: 20, options: 48, asks: 24, use: 24 }

const columnsFor = (lang: Lang): Column[] => [
  ...heads.map(head => ({ header: say(lang, `dictionary.${head}`), kind: 'text' as const, width: widths[head] })),
  { header: say(lang, 'dictionary.filled'), kind: 'percent' as const, width: 10 },
]

async function* rowsOf(object: ObjectType, fields: DictionaryField[], records: number, lang: Lang) {
  yield fields.map(field => [
    object.groups.find(group => group.name === field.group)?.label[lang] ?? '', field.label[lang], field.name, typeOf(field, lang), [field.help?.[lang], field.made].filter(part => part !== undefined).join('\n'), field.example ?? '',
    (field.options ?? []).map(option => `${option.label}${option.definition === undefined ? '' : `: ${option.definition}`}${option.retired === true ? ` (${say(lang, 'dictionary.retired')})` : ''}`).join('\n'),
    asksOf(field).map(mark => say(lang, `dictionary.${mark}`)).join('、'), usesOf(field).map(mark => say(lang, `dictionary.${mark}`)).join('、'),
    records === 0 ? null : String(Math.round((field.filled / records) * 1000) / 10),
  ])
}

/** How it is computed, in words; each way is one text of the dictionary. */
function madeOf(object: ObjectType, field: Pick<DictionaryField, 'formula' | 'rollup' | 'lookup'>, lang: Lang): { made?: string } {
  const made = wordsOf(object, field, lang)
  return made === undefined ? {} : { made }
}

function wordsOf(object: ObjectType, { formula, rollup, lookup }: Pick<DictionaryField, 'formula' | 'rollup' | 'lookup'>, lang: Lang): string | undefined {
  if (formula !== undefined) return `= ${inWords(formula, object.fields, lang).replace(/^\s*[=＝]\s*/, '')}`
  if (rollup) {
    const other = allObjects().find(each => each.name === rollup.object)
    const of = other?.fields.find(each => each.name === rollup.field)
    return say(lang, of ? 'formula.made.rollup' : 'formula.made.count', { object: other?.label[lang] ?? rollup.object, field: of?.label[lang] ?? '', take: say(lang, `formula.take.${rollup.take}`) })
  }
  const through = object.fields.find(each => each.name === lookup?.through)
  const target = through && targetOf(through)
  return lookup && through ? say(lang, 'formula.made.lookup', { through: through.label[lang], field: target?.fields.find(each => each.name === lookup.field)?.label[lang] ?? lookup.field }) : undefined
}

function typeOf(field: DictionaryField, lang: Lang): string {
  const target = allObjects().find(each => each.name === field.target)
  return [say(lang, `shaping.of.${fieldTypes[field.type].name}`), target?.label[lang], field.unit].filter(part => part !== undefined).join(' · ')
}

/** What is asked of a value. */
const asksOf = (field: DictionaryField) => (['required', 'unique', 'needsReason', 'setOnce', 'computed'] as const).filter(mark => field[mark] === true)

/** Where people meet it. */
const usesOf = (field: DictionaryField) => [...(field.hidden === true ? [] : ['inSheet' as const]), ...(field.isSearched ? ['searched' as const] : []), ...(field.synonyms ? ['imported' as const] : [])]
