/** Characters that no field keeps: controls, byte-order marks, zero-width spaces, bidirectional overrides. */
const invisible = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufffe\uffff]/g

/** Several lines, as typed: NFC, without invisible characters and without half surrogates, trimmed; a lone CR becomes a line feed. */
export const cleanLines = (text: string) => text.toWellFormed().normalize('NFC').replace(invisible, '').replace(/\r(?!\n)/g, '\n').trim()

/** One line: as `cleanLines`, and line ends and tabs become one space. */
export const cleanLine = (text: string) => cleanLines(text).replace(/\s*[\r\n\t\u2028\u2029]\s*/g, ' ')

/** Full-width letters, digits, signs and spaces as ASCII: for numbers, codes, phones and addresses of the net. */
export const halfWidth = (text: string) =>
  text.replace(/[\uff01-\uff5e]/g, letter => String.fromCharCode(letter.charCodeAt(0) - 0xfee0)).replace(/[\u3000\u00a0\u2002-\u200a\u202f]/g, ' ')

/** A text, or what has exactly one text; otherwise null. */
export function textOf(input: unknown): string | null {
  if (typeof input === 'string') return input
  if (typeof input === 'number') return Number.isFinite(input) ? String(input) : null
  return typeof input === 'bigint' || typeof input === 'boolean' ? String(input) : null
}

/** Characters as people and PostgreSQL count them: code points, not UTF-16 units. */
export const lengthOf = (text: string) => {
  let length = text.length
  for (let i = 0; i < text.length - 1; i++) {
    if (isHigh(text.charCodeAt(i)) && isLow(text.charCodeAt(i + 1))) { length--; i++ }
  }
  return length
}

/** The order of COLLATE "C" in UTF-8: by code point. JavaScript's own order puts 𠮷 (a surrogate pair) before ｆ (U+FF46). */
export function compareText(a: string, b: string): number {
  const end = Math.min(a.length, b.length)
  for (let i = 0; i < end; i++) {
    const x = a.charCodeAt(i)
    const y = b.charCodeAt(i)
    if (x !== y) return aboveSurrogates(x) - aboveSurrogates(y)
  }
  return a.length - b.length
}

const isHigh = (unit: number) => unit >= 0xd800 && unit <= 0xdbff
const isLow = (unit: number) => unit >= 0xdc00 && unit <= 0xdfff
const aboveSurrogates = (unit: number) => (unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit)
