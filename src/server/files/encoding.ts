import { createReadStream } from 'node:fs'
import { Problem } from '#shared/problem.ts'

export interface Encoding {
  /** A name that TextDecoder knows. */
  name: string
  /** False when some bytes mean nothing in it and are read as �. */
  isExact: boolean
}

const SAMPLE = 1 << 20
// Measured: texts of more than 64 kB live in V8's large-object space, which is slower.
const PIECE = 64 * 1024

/** Mark → UTF-16 by its zeros → strict UTF-8 → strict GB18030 against Big5. The strict tests read the whole file. */
export async function detectEncoding(path: string, asked?: string): Promise<Encoding> {
  if (asked !== undefined) return askedEncoding(path, asked)
  const sample = await firstBytes(path, SAMPLE)
  const marked = byMark(sample) ?? utf16ByZeros(sample)
  if (marked) return { name: marked, isExact: await isStrictly(path, marked) }
  if (await isStrictly(path, 'utf-8')) return { name: 'utf-8', isExact: true }
  if (isNearlyUtf8(sample)) return { name: 'utf-8', isExact: false }
  return chineseEncoding(path, sample)
}

/** The text of a file in pieces, without its mark. */
export async function* decodeFile(path: string, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding.name)
  for await (const piece of createReadStream(path, { highWaterMark: PIECE })) yield decoder.decode(piece as Buffer, { stream: true })
  yield decoder.decode()
}

async function askedEncoding(path: string, asked: string): Promise<Encoding> {
  let name: string
  try {
    name = new TextDecoder(asked).encoding
  } catch {
    throw new Problem('file.encodingUnknown', { encoding: asked })
  }
  return { name, isExact: await isStrictly(path, name) }
}

async function firstBytes(path: string, length: number) {
  const pieces: Buffer[] = []
  for await (const piece of createReadStream(path, { end: length - 1 })) pieces.push(piece as Buffer)
  return Buffer.concat(pieces)
}

function byMark(head: Buffer) {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return 'utf-8'
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le'
  return head[0] === 0xfe && head[1] === 0xff ? 'utf-16be' : null
}

/** Without a mark, the commas, digits and line ends of UTF-16 have their zeros on one side only. */
function utf16ByZeros(sample: Buffer) {
  let even = 0
  let odd = 0
  for (let at = 0; at < sample.length; at++) {
    if (sample[at] !== 0) continue
    if (at & 1) odd++
    else even++
  }
  if (even + odd < sample.length / 50) return null
  if (even <= odd / 20) return 'utf-16le'
  return odd <= even / 20 ? 'utf-16be' : null
}

async function isStrictly(path: string, encoding: string) {
  const decoder = new TextDecoder(encoding, { fatal: true })
  try {
    for await (const piece of createReadStream(path, { highWaterMark: PIECE })) decoder.decode(piece as Buffer, { stream: true })
    decoder.decode()
    return true
  } catch (error) {
    if (error instanceof TypeError) return false
    throw error
  }
}

/** One damaged character in a UTF-8 file does not make it Chinese of another kind. */
function isNearlyUtf8(sample: Buffer) {
  const text = new TextDecoder('utf-8').decode(sample)
  const [broken, foreign] = [count(text, /\ufffd/g), count(text, /[^\x00-\x7f]/g)]
  return broken > 0 && broken <= foreign / 50
}

const count = (text: string, pattern: RegExp) => text.match(pattern)?.length ?? 0

async function chineseEncoding(path: string, sample: Buffer): Promise<Encoding> {
  const [isGb, isBig5] = [await isStrictly(path, 'gb18030'), await isStrictly(path, 'big5')]
  if (isBig5 && (!isGb || shareOf(sample, isCommonBig5) > shareOf(sample, isCommonGb))) return { name: 'big5', isExact: true }
  if (isGb) return { name: 'gb18030', isExact: true }

  const text = new TextDecoder('gb18030').decode(sample)
  if (count(text, /\ufffd/g) > text.length / 100) throw new Problem('file.unknown')
  return { name: 'gb18030', isExact: false }
}

/** How many of the two-byte characters are everyday ones if the bytes are paired this way. */
function shareOf(sample: Buffer, isCommon: (lead: number, trail: number) => boolean) {
  let pairs = 0
  let common = 0
  for (let at = 0; at + 1 < sample.length; at++) {
    const lead = sample[at] ?? 0
    if (lead < 0x81) continue
    pairs++
    if (isCommon(lead, sample[++at] ?? 0)) common++
  }
  return pairs ? common / pairs : 0
}

// The 3,755 everyday characters of GB 2312 level 1, and the 5,401 of Big5 level 1.
const isCommonGb = (lead: number, trail: number) => lead >= 0xb0 && lead <= 0xd7 && trail >= 0xa1
const isCommonBig5 = (lead: number, trail: number) => lead >= 0xa4 && lead <= 0xc6 && (trail >= 0xa1 || (trail >= 0x40 && trail <= 0x7e))
