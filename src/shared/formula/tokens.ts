import { limits, wrong, type Place } from './tree.ts'

export type Token = Place & (
  | { is: 'number'; text: string }
  | { is: 'text'; text: string }
  /** In braces: a field by its label or name. */
  | { is: 'field'; text: string }
  /** A function, TRUE or FALSE, or a field without braces. */
  | { is: 'word'; text: string }
  | { is: 'sign'; text: string }
  | { is: 'end' }
)

/** Marks of a Chinese keyboard, one for one, so that every place stays what it is. */
const halves: Record<string, string> = {
  '（': '(', '）': ')', '，': ',', '、': ',', '；': ',', ';': ',', '＋': '+', '－': '-', '−': '-', '–': '-', '×': '*', '＊': '*', '÷': '/', '／': '/', '＝': '=', '＜': '<', '《': '<', '＞': '>', '》': '>',
  '＆': '&', '％': '%', '｛': '{', '｝': '}', '＂': '"', '“': '"', '”': '"', '„': '"', '＇': "'", '‘': "'", '’': "'", '．': '.', '　': ' ', '！': '!',
}
const half = (letter: string) => halves[letter] ?? (/[０-９Ａ-Ｚａ-ｚ]/.test(letter) ? String.fromCharCode(letter.charCodeAt(0) - 0xfee0) : letter)
const relations: Record<string, string> = { '≥': '>=', '≤': '<=', '≠': '<>' }

/** The words and signs of a formula. Chinese punctuation is as good as English; a leading `=` is a habit from Excel. */
export function tokensOf(text: string): Token[] {
  if (text.length > limits.length) wrong('formula.tooLong', { at: limits.length, length: text.length - limits.length }, { most: limits.length })
  const tokens: Token[] = []
  let at = 0
  while (at < text.length) {
    const token = next(text, at)
    if (token && !(token.is === 'sign' && token.text === '=' && tokens.length === 0)) tokens.push(token)
    at += token?.length ?? 1
  }
  return [...tokens, { is: 'end', at: text.length, length: 0 }]
}

function next(text: string, at: number): Token | null {
  const letter = text.charAt(at)
  const sign = half(letter)
  if (/\s/.test(sign)) return null
  if (sign === '"' || sign === "'") return quoted(text, at, sign)
  if (sign === '{') return braced(text, at)
  if (/[0-9.]/.test(sign)) return number(text, at)
  const relation = relations[letter]
  if (relation) return { is: 'sign', text: relation, at, length: 1 }
  const two = sign + half(text.charAt(at + 1))
  if (['<=', '>=', '<>', '!=', '=='].includes(two)) return { is: 'sign', text: two === '!=' ? '<>' : two === '==' ? '=' : two, at, length: 2 }
  if ('+-*/&=<>(),%'.includes(sign)) return { is: 'sign', text: sign, at, length: 1 }
  return word(text, at)
}

/** A doubled quotation mark is one inside the text. */
function quoted(text: string, at: number, mark: string): Token {
  let inside = ''
  for (let i = at + 1; i < text.length; i++) {
    if (half(text.charAt(i)) !== mark || isOpening(text.charAt(i))) inside += text.charAt(i)
    else if (text.charAt(i + 1) === text.charAt(i) && !/[”’]/.test(text.charAt(i))) inside += text.charAt(i++)
    else return { is: 'text', text: inside, at, length: i + 1 - at }
  }
  return wrong('formula.textOpen', { at, length: text.length - at }, undefined, `${text.slice(at)}${text.charAt(at) === '“' ? '”' : text.charAt(at) === '‘' ? '’' : text.charAt(at)}`)
}

const isOpening = (letter: string) => letter === '“' || letter === '‘'

function braced(text: string, at: number): Token {
  for (let i = at + 1; i < text.length; i++) {
    if (half(text.charAt(i)) === '}') return { is: 'field', text: text.slice(at + 1, i).trim(), at, length: i + 1 - at }
    if (half(text.charAt(i)) === '{') break
  }
  return wrong('formula.braceOpen', { at, length: 1 })
}

function number(text: string, at: number): Token {
  let digits = ''
  let end = at
  for (; end < text.length && /[0-9.]/.test(half(text.charAt(end))); end++) digits += half(text.charAt(end))
  const place = { at, length: end - at }
  if (!/^(?:\d+\.?\d*|\.\d+)$/.test(digits) || digits.replace('.', '').length > 30) wrong('formula.number', place, { text: digits.slice(0, 40) })
  return { is: 'number', text: digits.startsWith('.') ? `0${digits}` : digits.replace(/\.$/, ''), ...place }
}

function word(text: string, at: number): Token {
  const found = /^[\p{L}_][\p{L}\p{N}\p{M}_·]*/u.exec(text.slice(at))?.[0]
  if (found === undefined) {
    const sign = String.fromCodePoint(text.codePointAt(at) ?? 32)
    return wrong('formula.sign', { at, length: sign.length }, { sign })
  }
  return { is: 'word', text: [...found].map(half).join(''), at, length: found.length }
}
