import { pinyin } from 'pinyin-pro'
import type { ObjectType } from '#shared/object.ts'

/**
 * The lexemes of the search table. The database's own text parser sees no Chinese letters, so they are made here:
 * Han bigrams and the last single character, digit and Latin 3-grams, `^0` pinyin initials and `~0` pinyin syllables of the first
 * pinyin field (`^1` of the second: each counts only for who reads that field), `$` last four of a phone.
 * Runs shorter than a gram are kept whole, so that short questions find them as prefixes.
 */
export function tokensOf(object: ObjectType, values: Record<string, unknown>): string[] {
  const tokens = new Set<string>()
  for (const name of object.search) {
    const text = values[name]
    if (typeof text !== 'string' || text === '') continue
    grams(tokens, text.slice(0, 2000))
    if (object.fields.find(field => field.name === name)?.type === 'phone') lastFour(tokens, text)
    if (object.pinyin.includes(name)) soundTokens(tokens, text, object.pinyin.indexOf(name))
  }
  return [...tokens]
}

/** One word of a question as a tsquery: as it is written … */
export function questionOf(word: string): string | null {
  const plain = allOf(word)
  return plain !== null && /^\d{4}$/.test(word) ? `(${plain} | ${quote(`$${word}`)})` : plain
}

/** … or as the sound of the n-th pinyin field; null when it cannot be a sound. */
export function soundQuestionOf(word: string, place: number): string | null {
  if (!/^[a-z]+$/i.test(word)) return null
  const ways = [allOf(word, `~${place}`), allOf(word, `^${place}`)].filter(way => way !== null)
  return `(${ways.join(' | ')})`
}

function soundTokens(tokens: Set<string>, text: string, place: number) {
  for (const syllables of readingsOf(text)) {
    grams(tokens, syllables.join(''), `~${place}`)
    grams(tokens, syllables.map(syllable => syllable[0] ?? '').join(''), `^${place}`)
  }
}

/** Pinyin without tones, character by character and as words are read (重庆 is zhong qing and chong qing). Other letters sound like themselves. */
export function readingsOf(text: string): string[][] {
  const letters = [...text.normalize('NFKC').toLowerCase()].filter(letter => isHan(letter) || /[a-z0-9]/.test(letter))
  const single = letters.map(letter => (isHan(letter) ? syllableOf(letter) : letter))
  const read = pinyin(letters.join(''), { toneType: 'none', type: 'array', v: true })
  const words = read.length === letters.length ? read.map(clean) : single
  return words.join(' ') === single.join(' ') ? [single] : [single, words]
}

/** The order of names: pinyin, syllable by syllable, then the text itself so that homophones keep one order. */
export const pinyinKey = (text: string | null): string | null =>
  text === null ? null : `${[...text.toLowerCase()].map(letter => (isHan(letter) ? `${syllableOf(letter)} ` : letter)).join('')}\u0001${text}`.slice(0, 300)

const syllables = new Map<string, string>()
function syllableOf(letter: string): string {
  const known = syllables.get(letter)
  if (known !== undefined) return known
  const syllable = clean(pinyin(letter, { toneType: 'none', v: true }))
  syllables.set(letter, syllable)
  return syllable
}

const clean = (syllable: string) => syllable.replace(/[^a-z0-9]/g, '')

const isHan = (letter: string) => /\p{Script=Han}/u.test(letter)

/** Unbroken stretches of Han, or of letters and digits. */
function* runs(text: string): Generator<{ han: boolean; letters: string[] }> {
  let letters: string[] = []
  let han = false
  for (const letter of text.normalize('NFKC').toLowerCase()) {
    const nowHan = isHan(letter)
    const counts = nowHan || /[\p{L}\p{N}]/u.test(letter)
    if (letters.length > 0 && (!counts || nowHan !== han)) {
      yield { han, letters }
      letters = []
    }
    if (!counts) continue
    han = nowHan
    letters.push(letter)
  }
  if (letters.length > 0) yield { han, letters }
}

const size = (han: boolean) => (han ? 2 : 3)

function grams(tokens: Set<string>, text: string, mark = '') {
  for (const { han, letters } of runs(text)) {
    letters.forEach((_, i) => tokens.add(mark + letters.slice(i, i + size(han)).join('')))
  }
}

function lastFour(tokens: Set<string>, phone: string) {
  const digits = phone.split('-').filter(part => part.length > 4).at(-1)?.replace(/\D/g, '') ?? ''
  if (digits.length >= 4) tokens.add(`$${digits.slice(-4)}`)
}

const quote = (text: string) => `'${text.replace(/[\\']/g, mark => mark + mark)}'`

function allOf(word: string, mark = ''): string | null {
  const parts: string[] = []
  for (const { han, letters } of runs(word)) {
    const n = size(han)
    if (letters.length < n) parts.push(`${quote(mark + letters.join(''))}:*`)
    else for (let i = 0; i + n <= letters.length; i++) parts.push(quote(mark + letters.slice(i, i + n).join('')))
  }
  return parts.length === 0 ? null : `(${parts.join(' & ')})`
}
