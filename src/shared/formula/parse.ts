import { tokensOf, type Token } from './tokens.ts'
import { limits, wrong, type Node, type Operator, type Place } from './tree.ts'

/** From the loosest binding to the closest: comparison, &, sums, products. */
const levels: readonly (readonly Operator[])[] = [['=', '<>', '<', '<=', '>', '>='], ['&'], ['+', '-'], ['*', '/']]

/** The tree of a formula, or `Wrong` at the place where it ends to make sense. */
export function parse(text: string): Node {
  const reader = readerOf(tokensOf(text))
  if (reader.now().is === 'end') wrong('formula.empty', { at: 0, length: 0 })
  const tree = operation(reader, 0, 0)
  const rest = reader.now()
  if (rest.is === 'end') return tree
  if (rest.is === 'sign' && rest.text === ')') wrong('formula.closeTooMany', rest)
  return wrong('formula.operatorMissing', rest, { text: text.slice(rest.at, rest.at + Math.min(rest.length, 30)) })
}

interface Reader { now(): Token; step(): Token; part(place: Place): void }

function readerOf(tokens: Token[]): Reader {
  let at = 0
  let parts = 0
  const end: Token = { is: 'end', at: 0, length: 0 }
  return {
    now: () => tokens[at] ?? end,
    step: () => tokens[at++] ?? end,
    part: place => { if (++parts > limits.parts) wrong('formula.tooLarge', place) },
  }
}

const isSign = (token: Token, ...signs: string[]) => token.is === 'sign' && signs.includes(token.text)

function operation(reader: Reader, level: number, depth: number): Node {
  const operators = levels[level]
  if (!operators) return factor(reader, depth)
  let left = operation(reader, level + 1, depth)
  for (let token = reader.now(); isSign(token, ...operators); token = reader.now()) {
    reader.step()
    reader.part(token)
    const right = operation(reader, level + 1, depth)
    left = { is: 'operation', operator: (token.is === 'sign' ? token.text : '=') as Operator, left, right, at: left.at, length: right.at + right.length - left.at }
  }
  return left
}

function factor(reader: Reader, depth: number): Node {
  const token = reader.now()
  if (depth > limits.depth) wrong('formula.tooDeep', token, { most: limits.depth })
  reader.part(token)
  if (isSign(token, '-', '+')) {
    reader.step()
    const of = factor(reader, depth + 1)
    return token.is === 'sign' && token.text === '+' ? of : { is: 'minus', of, at: token.at, length: of.at + of.length - token.at }
  }
  return primary(reader, depth)
}

function primary(reader: Reader, depth: number): Node {
  const token = reader.step()
  const { at, length } = token
  if (token.is === 'number') {
    const percent = reader.now()
    if (!isSign(percent, '%')) return { is: 'number', text: token.text, percent: false, at, length }
    reader.step()
    return { is: 'number', text: token.text, percent: true, at, length: percent.at + 1 - at }
  }
  if (token.is === 'text') return { is: 'text', text: token.text, at, length }
  if (token.is === 'field') return { is: 'field', name: token.text, at, length }
  if (token.is === 'word') return isSign(reader.now(), '(') ? call(reader, token, depth) : alone(token)
  if (isSign(token, '(')) {
    const inside = operation(reader, 0, depth + 1)
    if (!isSign(reader.now(), ')')) wrong('formula.bracketOpen', { at, length: 1 })
    reader.step()
    return inside
  }
  if (token.is === 'end') return wrong('formula.endsEarly', { at, length: 0 })
  return wrong('formula.valueMissing', token, { sign: token.is === 'sign' ? token.text : '' })
}

function alone(token: Token & { is: 'word' }): Node {
  const { at, length } = token
  const word = token.text.toUpperCase()
  return word === 'TRUE' || word === 'FALSE' ? { is: 'boolean', value: word === 'TRUE', at, length } : { is: 'field', name: token.text, at, length }
}

function call(reader: Reader, token: Token & { is: 'word' }, depth: number): Node {
  const open = reader.step()
  const of: Node[] = []
  while (!isSign(reader.now(), ')')) {
    of.push(operation(reader, 0, depth + 1))
    const behind = reader.now()
    if (isSign(behind, ')')) break
    if (behind.is === 'end') wrong('formula.bracketOpen', { at: open.at, length: 1 })
    if (!isSign(behind, ',')) wrong('formula.commaMissing', behind)
    reader.step()
    if (isSign(reader.now(), ')')) wrong('formula.argumentMissing', reader.now())
  }
  const close = reader.step()
  return { is: 'call', name: token.text.toUpperCase(), nameLength: token.length, of, at: token.at, length: close.at + close.length - token.at }
}
