import type { ShapedField } from '#shared/api/fields.ts'
import type { FormulaProblem } from '#shared/formula/tree.ts'
import type { Field } from '#shared/object.ts'

/** A piece of a formula as it is drawn under what is typed. */
export interface Piece { text: string; is: 'plain' | 'name' | 'wrong' | 'gap' }

/** Fields in braces in their colour, what is wrong underlined; where something is missing, a mark stands in the gap. */
export function piecesOf(text: string, problem: FormulaProblem | null): Piece[] {
  if (problem === null) return named(text)
  const [from, to] = [problem.at, problem.at + problem.length]
  return [...named(text.slice(0, from)), problem.length === 0 ? { text: '\u200b', is: 'gap' as const } : { text: text.slice(from, to), is: 'wrong' as const }, ...named(text.slice(to))].filter(piece => piece.text !== '')
}

const named = (text: string): Piece[] => text.split(/([{｛][^{}｛｝]*[}｝])/).filter(part => part !== '').map(part => ({ text: part, is: /^[{｛]/.test(part) ? 'name' : 'plain' }))

/** Another text in the place of some letters, and where the caret stands behind it. `|` in it: there. */
export function put(text: string, from: number, to: number, given: string): { text: string; caret: number } {
  const at = given.indexOf('|')
  const plain = given.replace('|', '')
  return { text: text.slice(0, from) + plain + text.slice(to), caret: from + (at < 0 ? plain.length : at) }
}

/** The storage column is the server's business. */
export const asFields = (fields: readonly ShapedField[]): Field[] => fields.map(({ isStandard: _, version: __, retiredAt: ___, filling: ____, ...field }) => ({ ...field, column: '' }))
