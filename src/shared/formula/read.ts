import { langs } from '../i18n/messages.ts'
import type { Field, Lang } from '../object.ts'
import { check, kindOfField } from './check.ts'
import { nearest } from './nearest.ts'
import { parse } from './parse.ts'
import { Wrong, wrong, type Checked, type FormulaProblem, type Kind, type Node, type Place } from './tree.ts'

/** A formula that was understood. */
export interface ReadFormula {
  tree: Checked
  kind: Kind
  /** The formula with every field by its API name: how it is stored, so that renaming breaks nothing. */
  stored: string
  /** API names of the fields that it reads. */
  reads: string[]
  /** It tells something else tomorrow. */
  usesToday: boolean
}

/**
 * Understands a formula over these fields, written by labels or API names; of both, labels count first where a person types (`words`),
 * names where it is stored (`names`). Otherwise the problem, at its place.
 */
export function readFormula(text: string, fields: readonly Field[], first: 'words' | 'names'): ReadFormula | { problem: FormulaProblem } {
  try {
    const node = parse(text)
    const find = finder(fields, first)
    const tree = check(node, find)
    if (tree.kind === 'nothing') return wrong('formula.alwaysEmpty', tree)
    const places = fieldsIn(node).map(place => ({ ...place, field: find(place.name, place) }))
    return { tree, kind: tree.kind, stored: replaced(text, places, field => field.name), reads: [...new Set(places.map(({ field }) => field.name))], usesToday: hasToday(node) }
  } catch (error) {
    if (error instanceof Wrong) return { problem: error.problem }
    throw error
  }
}

export const isWrong = (read: ReadFormula | { problem: FormulaProblem }): read is { problem: FormulaProblem } => 'problem' in read

/** A stored formula with the labels that its fields have now; a field that is gone, or whose label would not be understood, stays a name. */
export function inWords(stored: string, fields: readonly Field[], lang: Lang): string {
  try {
    const byName = (name: string) => fields.find(field => field.name === name)
    const places = fieldsIn(parse(stored)).flatMap(place => {
      const field = byName(place.name)
      return field && isWritable(field, fields, lang) ? [{ ...place, field }] : []
    })
    return replaced(stored, places, field => field.label[lang])
  } catch (error) {
    if (error instanceof Wrong) return stored
    throw error
  }
}

/** The API names in a stored formula. */
export function namesIn(stored: string): string[] {
  try {
    return [...new Set(fieldsIn(parse(stored)).map(({ name }) => name))]
  } catch (error) {
    if (error instanceof Wrong) return []
    throw error
  }
}

const isWritable = (field: Field, fields: readonly Field[], lang: Lang) =>
  !/[{}｛｝]/.test(field.label[lang]) && field.label[lang].trim() === field.label[lang] && fields.find(each => langs.some(other => each.label[other] === field.label[lang])) === field

function replaced(text: string, places: (Place & { field: Field })[], word: (field: Field) => string): string {
  let result = ''
  let from = 0
  for (const { at, length, field } of places.toSorted((a, b) => a.at - b.at)) {
    result += `${text.slice(from, at)}{${word(field)}}`
    from = at + length
  }
  return result + text.slice(from)
}

function fieldsIn(node: Node): (Place & { name: string })[] {
  if (node.is === 'field') return [node]
  if (node.is === 'minus') return fieldsIn(node.of)
  if (node.is === 'operation') return [...fieldsIn(node.left), ...fieldsIn(node.right)]
  return node.is === 'call' ? node.of.flatMap(fieldsIn) : []
}

function hasToday(node: Node): boolean {
  if (node.is === 'minus') return hasToday(node.of)
  if (node.is === 'operation') return hasToday(node.left) || hasToday(node.right)
  return node.is === 'call' && (node.name === 'TODAY' || node.of.some(hasToday))
}

const finder = (fields: readonly Field[], first: 'words' | 'names') => (name: string, place: Place): Field => {
  const byLabel = fields.find(field => langs.some(lang => field.label[lang] === name)) ?? fields.find(field => langs.some(lang => same(field.label[lang], name)))
  const byName = fields.find(field => field.name === name)
  const found = first === 'words' ? byLabel ?? byName : byName ?? byLabel
  if (found) return found
  const usable = fields.filter(field => kindOfField(field) !== null)
  const near = nearest(name, [...new Set(usable.flatMap(field => [field.label['zh-CN'], field.label.en]))])
  return wrong('formula.fieldUnknown', place, { name: name.slice(0, 40), near: near.map(word => `{${word}}`).join(' ') }, near[0] === undefined ? undefined : `{${near[0]}}`)
}

const same = (a: string, b: string) => a.normalize('NFKC').toLowerCase().replace(/\s/g, '') === b.normalize('NFKC').toLowerCase().replace(/\s/g, '')
