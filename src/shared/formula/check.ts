import { isDay } from '../dates.ts'
import { boolean } from '../fields/boolean.ts'
import { isRefused, type TypeName } from '../fields/field.ts'
import { isFunction, countsOf, functionNames, functions, takenAt, type FormulaFunction, type FunctionName, type Taken } from './functions.ts'
import { nearest } from './nearest.ts'
import { wrong, type Checked, type Kind, type Node, type Operator, type Place } from './tree.ts'
import type { Field } from '../object.ts'

/** What a field is inside a formula; references are not: what they point to is looked up by a field of its own. */
const kindsOfTypes: Partial<Record<TypeName, Kind>> = {
  number: 'number', rating: 'number', money: 'money', percent: 'percent', date: 'date', datetime: 'date', boolean: 'boolean', text: 'text', longText: 'text', phone: 'text', email: 'text', url: 'text',
  region: 'text', address: 'text', numberRule: 'text', choice: 'text', choices: 'text', tags: 'text',
}
export const kindOfField = (field: Pick<Field, 'type'>): Kind | null => kindsOfTypes[field.type] ?? null

/** Finds a field by what is written, or says at the place what is near. */
export type FindField = (name: string, place: Place) => Field

type Given = Kind | 'nothing'
const isNumeric = (kind: Given) => kind === 'number' || kind === 'money' || kind === 'percent'

/** The same tree, knowing what each part gives; or `Wrong` at the part that does not fit. */
export function check(node: Node, find: FindField): Checked {
  const { at, length } = node
  if (node.is === 'number') return { ...node, kind: node.percent ? 'percent' : 'number' }
  if (node.is === 'text') return { ...node, kind: 'text' }
  if (node.is === 'boolean') return { ...node, kind: 'boolean' }
  if (node.is === 'minus') {
    const of = check(node.of, find)
    need(of, 'number')
    return { is: 'minus', of, kind: of.kind, at, length }
  }
  if (node.is === 'operation') return operation(node, find)
  if (node.is === 'call') return call(node, find)
  const field = find(node.name, node)
  const kind = kindOfField(field)
  if (kind === null) return wrong('formula.reference', node, { label: field.label['zh-CN'] })
  return { is: 'field', field, kind, at, length }
}

function operation(node: Node & { is: 'operation' }, find: FindField): Checked {
  const { operator, at, length } = node
  const [left, right] = [check(node.left, find), check(node.right, find)]
  if (operator === '&') return { is: 'operation', operator, left, right, kind: 'text', at, length }
  if (operator === '+' || operator === '-' || operator === '*' || operator === '/') return { is: 'operation', operator, left, right, kind: sumKind(operator, left, right), at, length }
  return comparison({ at, length }, operator, left, right)
}

/** Days may be added to and taken from a date; between two dates lie days. */
function sumKind(operator: '+' | '-' | '*' | '/', left: Checked, right: Checked): Kind {
  const [a, b] = [left.kind, right.kind]
  if (operator === '-' && a === 'date' && b === 'date') return 'number'
  if ((operator === '+' || operator === '-') && a === 'date') return need(right, 'number') && 'date'
  if (operator === '+' && b === 'date') return need(left, 'number') && 'date'
  need(left, 'number')
  need(right, 'number')
  if (operator === '/' && (a === b || b === 'money')) return 'number'
  if (operator === '/') return a === 'nothing' ? 'number' : a
  if (a === 'money' || b === 'money') return 'money'
  return a === 'percent' && b === 'percent' ? 'percent' : 'number'
}

function comparison(place: Place, operator: Exclude<Operator, '+' | '-' | '*' | '/' | '&'>, first: Checked, second: Checked): Checked {
  const left = likened(first, second.kind)
  const right = likened(second, first.kind)
  if ((operator === '=' || operator === '<>')) {
    const option = optionOf(left, right, operator, place) ?? optionOf(right, left, operator, place)
    if (option) return option
  }
  const fits = left.kind === right.kind || left.kind === 'nothing' || right.kind === 'nothing' || (isNumeric(left.kind) && isNumeric(right.kind))
  if (!fits) wrong('formula.compare', right, { left: `formula.kind.${left.kind}`, right: `formula.kind.${right.kind}` })
  if (left.kind === 'boolean' && operator !== '=' && operator !== '<>') wrong('formula.compareYesNo', place)
  return { is: 'operation', operator, left, right, kind: 'boolean', ...place }
}

const yesNo: Field = { name: '', label: { 'zh-CN': '', en: '' }, type: 'boolean', column: '', group: '' }

/** A text that was written beside a date or a yes/no means one. */
function likened(part: Checked, other: Given): Checked {
  if (part.is !== 'text') return part
  const { at, length } = part
  if (other === 'boolean') {
    const word = boolean.parse(part.text, yesNo, { today: '', timeZone: '' })
    return !isRefused(word) && word.value !== null ? { is: 'boolean', value: word.value, kind: 'boolean', at, length } : part
  }
  if (other !== 'date') return part
  const day = part.text.trim().replace(/[/.\p{Script=Han}]/gu, '-').replace(/-$/, '').replace(/-(\d)(?=-|$)/g, '-0$1')
  if (!isDay(day)) return wrong('formula.dateText', part, { text: part.text.slice(0, 40) })
  const [year = '', month = '', date = ''] = day.split('-')
  const numbers = [year, month, date].map(text => ({ is: 'number' as const, text: String(Number(text)), percent: false, kind: 'number' as const, at, length }))
  return { is: 'call', name: 'DATE', of: numbers, kind: 'date', at, length }
}

function optionOf(field: Checked, text: Checked, operator: '=' | '<>', place: Place): Checked | null {
  if (field.is !== 'field' || field.field.type !== 'choice' || text.is !== 'text' || text.text === '') return null
  const options = field.field.options ?? []
  if (!options.some(option => option.label === text.text || option.formerly?.includes(text.text))) {
    const labels = options.filter(option => option.retired !== true).map(option => option.label)
    const [near] = nearest(text.text, labels)
    wrong('formula.optionUnknown', text, { text: text.text.slice(0, 40), allowed: labels.slice(0, 12).join('、') }, near === undefined ? undefined : `"${near}"`)
  }
  return { is: 'option', field: field.field, text: text.text, operator, kind: 'boolean', ...place }
}

function call(node: Node & { is: 'call' }, find: FindField): Checked {
  const { name, at, length } = node
  const head = { at, length: node.nameLength }
  if (!isFunction(name)) {
    const [near] = nearest(name, functionNames)
    return wrong('formula.functionUnknown', head, { name: name.slice(0, 40) }, near)
  }
  const { least, most, inGroups } = countsOf(name)
  const given = node.of.length
  if (given < least || given > most || given % inGroups !== 0) wrong('formula.arguments', head, { name, least, most, given })
  const of = node.of.map((part, i) => (takenAt(name, i) === 'date' ? likened(check(part, find), 'date') : check(part, find)))
  of.forEach((part, i) => need(part, takenAt(name, i)))
  checkWords(name, of)
  if (name === 'BLANK') return { is: 'nothing', kind: 'nothing', at, length }
  return { is: 'call', name, of, kind: givenBy(name, of), at, length }
}

function givenBy(name: FunctionName, of: Checked[]): Given {
  const { gives }: FormulaFunction = functions[name]
  if (gives === 'first') return of[0]?.kind ?? 'number'
  if (gives !== 'same') return gives
  const kind = of.filter((_, i) => takenAt(name, i) !== 'boolean').reduce((all: Given, part) => together(all, part), 'nothing')
  if ((name === 'MIN' || name === 'MAX') && !isNumeric(kind) && kind !== 'date') wrong('formula.needs.number', of[0] ?? { at: 0, length: 0 })
  return kind
}

/** What may come out when it is one or the other. */
function together(kind: Given, part: Checked): Given {
  if (kind === 'nothing' || kind === part.kind) return part.kind
  if (part.kind === 'nothing') return kind
  if (isNumeric(kind) && isNumeric(part.kind)) return kind === 'money' || part.kind === 'money' ? 'money' : 'number'
  return wrong('formula.mixed', part, { first: `formula.kind.${kind}`, other: `formula.kind.${part.kind}` })
}

/** Texts that steer a function are written out, so that they can be checked. */
function checkWords(name: FunctionName, of: Checked[]) {
  if (name === 'DATEDIF') {
    const unit = of[2]
    if (unit?.is !== 'text' || !/^[YMD]$/i.test(unit.text)) wrong('formula.unit', unit ?? { at: 0, length: 0 })
  }
  const format = of[1]
  if (name !== 'TEXT' || !format) return
  const kind = of[0]?.kind ?? 'nothing'
  const isFine = format.is === 'text' && (kind === 'date' ? /[YMD]/i.test(format.text) && format.text.length <= 40 : isNumeric(kind) && /^(?:#,##)?0(?:\.0{1,10})?%?$/.test(format.text))
  if (!isFine) wrong('formula.format', format)
}

function need(part: Checked, taken: Taken): true {
  const { kind } = part
  const fits = taken === 'value' || taken === 'same' || kind === 'nothing' || kind === taken || (taken === 'number' && isNumeric(kind))
  return fits || wrong(`formula.needs.${taken}`, part, { given: `formula.kind.${kind}` })
}
