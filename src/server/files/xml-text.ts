import { TextDecoder } from 'node:util'
import { Problem } from '#shared/problem.ts'

const MAX_BLOCK = 32_000_000
const MAX_PROLOG = 1_000_000
const MAX_PART = 64_000_000

/** Decodes in pieces. A document type is refused: entities are how XML reads other files and how it explodes. */
export async function* decodeXml(pieces: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let decoder: TextDecoder | null = null
  let prolog: string | null = ''
  for await (const piece of pieces) {
    decoder ??= new TextDecoder(xmlEncoding(piece), { fatal: true })
    const text = decode(decoder, piece)
    if (prolog !== null) prolog = checkProlog(prolog + text)
    yield text
  }
  if (decoder) yield decode(decoder)
}

/** A small part as one text; an absent part is empty. */
export async function wholeXml(pieces: AsyncIterable<Buffer>) {
  let whole = ''
  for await (const text of decodeXml(pieces)) {
    whole += text
    if (whole.length > MAX_PART) throw new Problem('file.tooLarge', { limit: '64 MB' })
  }
  return whole
}

export interface Blocks {
  /** The namespace prefix of the document with its colon, often empty. */
  prefix: string
  xml: string[]
}

/** The elements `block` inside the one element `container`, whole, as many at a time as a piece of text completes. */
export async function* xmlBlocks(texts: AsyncIterable<string>, container: string, block: string): AsyncGenerator<Blocks> {
  let rest = ''
  let tags: BlockTags | null = null
  let isEnded = false
  for await (const text of texts) {
    if (isEnded) continue // read on: the checksum stands at the end
    rest += text
    if (!tags) {
      const begin = findContainer(rest, container, block)
      if (!begin) continue
      tags = begin.tags
      isEnded = begin.isEmpty
      rest = rest.slice(begin.next)
      if (isEnded) continue
    }
    const cut = cutBlocks(rest, tags)
    if (cut.xml.length) yield { prefix: tags.prefix, xml: cut.xml }
    rest = rest.slice(cut.next)
    isEnded = cut.isEnded
    if (rest.length > MAX_BLOCK) throw new Problem('file.tooLarge', { limit: '32 MB' })
  }
  if (!isEnded) throw new Problem('file.corrupt')
}

/** The attributes of one tag, without care for namespaces. */
export function attributes(tag: string): Record<string, string | undefined> {
  const found: Record<string, string | undefined> = {}
  for (const [, name, double, single] of tag.matchAll(/([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)) {
    if (name) found[name] = unescapeXml(double ?? single ?? '')
  }
  return found
}

const entities: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

export function unescapeXml(text: string) {
  if (!text.includes('&')) return text
  return text.replace(/&(?:#x([0-9a-fA-F]+)|#(\d+)|(\w+));/g, (whole, hex?: string, decimal?: string, name?: string) => {
    if (hex) return character(parseInt(hex, 16))
    if (decimal) return character(Number(decimal))
    return entities[name ?? ''] ?? whole
  })
}

export const character = (code: number) =>
  code === 0 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff) ? '\ufffd' : String.fromCodePoint(code)

/** The text of a cell: XML's escapes and line ends, then Excel's own `_xHHHH_` for what XML cannot hold. */
export function cellText(raw: string) {
  const text = unescapeXml(raw.includes('\r') ? raw.replace(/\r\n?/g, '\n') : raw)
  if (!text.includes('_x')) return text
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
}

/** The texts of all runs of an `si` or `is`. Phonetic guides (`rPh`) are no part of the value; LibreOffice and WPS cut 中英文 into runs. */
export function richText(xml: string, prefix: string) {
  const isPlain = xml.startsWith('><t', 3) && xml.endsWith('</t></', xml.length - 3) && xml.indexOf('<', 5) === xml.length - 9
  if (isPlain) return cellText(xml.slice(xml.indexOf('>', 5) + 1, -9))

  let text = ''
  for (const [, run] of xml.matchAll(runsOf(prefix))) if (run) text += run.replace(/<!\[CDATA\[([\s\S]*?)\]\]>/g, (_, data: string) => data.replaceAll('&', '&amp;'))
  return cellText(text)
}

const runPatterns = new Map<string, RegExp>()

function runsOf(prefix: string) {
  const known = runPatterns.get(prefix)
  if (known) return known
  const pattern = new RegExp(`<${prefix}rPh[\\s>][\\s\\S]*?</${prefix}rPh>|<${prefix}t(?:\\s[^>]*)?(?<!/)>([\\s\\S]*?)</${prefix}t>`, 'g')
  runPatterns.set(prefix, pattern)
  return pattern
}

/** Whether a tag's name ends at this character: `<c>` and `<c r=…>`, but not `<col>`. */
export const endsName = (code: number) => code <= 32 || code === 62 || code === 47

function xmlEncoding(head: Buffer) {
  if ((head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0x3c && head[1] === 0)) return 'utf-16le'
  if ((head[0] === 0xfe && head[1] === 0xff) || (head[0] === 0 && head[1] === 0x3c)) return 'utf-16be'
  return 'utf-8'
}

function decode(decoder: TextDecoder, piece?: Buffer) {
  try {
    return piece ? decoder.decode(piece, { stream: true }) : decoder.decode()
  } catch {
    throw new Problem('file.corrupt')
  }
}

/** What stands before the first element, or null once that element has been seen. */
function checkProlog(prolog: string) {
  const first = prolog.search(/<[A-Za-z_]/)
  if (/<!(DOCTYPE|ENTITY)/i.test(first < 0 ? prolog : prolog.slice(0, first))) throw new Problem('file.dtd')
  if (first < 0 && prolog.length > MAX_PROLOG) throw new Problem('file.corrupt')
  return first < 0 ? prolog : null
}

interface BlockTags {
  prefix: string
  open: string
  close: string
  containerClose: string
}

function findContainer(text: string, container: string, block: string) {
  const found = new RegExp(`<(?:([\\w.-]{1,40}):)?${container}(?:\\s[^>]*?)?(/?)>`).exec(text)
  if (!found) {
    if (text.length > MAX_PROLOG) throw new Problem('file.corrupt')
    return null
  }
  const prefix = found[1] ? `${found[1]}:` : ''
  const tags: BlockTags = { prefix, open: `<${prefix}${block}`, close: `</${prefix}${block}>`, containerClose: `</${prefix}${container}>` }
  return { tags, next: found.index + found[0].length, isEmpty: found[2] === '/' }
}

function cutBlocks(text: string, tags: BlockTags) {
  const xml: string[] = []
  const containerEnd = text.indexOf(tags.containerClose)
  let at = 0
  for (;;) {
    const start = text.indexOf(tags.open, at)
    if (start < 0 || (containerEnd >= 0 && start > containerEnd)) break
    const head = text.indexOf('>', start)
    if (head < 0) return { xml, next: start, isEnded: false }
    if (!endsName(text.charCodeAt(start + tags.open.length))) {
      at = start + tags.open.length
      continue
    }
    const isEmpty = text.charCodeAt(head - 1) === 47
    const close = isEmpty ? head : text.indexOf(tags.close, head)
    if (close < 0) return { xml, next: start, isEnded: false }
    at = isEmpty ? head + 1 : close + tags.close.length
    xml.push(text.slice(start, at))
  }
  // A tag may be cut in two by the end of this piece.
  return { xml, next: Math.max(at, text.length - 100), isEnded: containerEnd >= 0 }
}
