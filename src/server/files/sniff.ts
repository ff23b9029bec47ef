import type { Bytes } from './bytes.ts'

export type Kind = 'empty' | 'zip' | 'ole2' | 'xmlSheet' | 'html' | 'text' | 'unknown'

const HEAD = 4096

/** What a file is by its first bytes; its name is not asked. */
export function sniff(bytes: Bytes): Kind {
  const head = bytes.read(0, HEAD)
  if (!head.length) return 'empty'
  if (head.length >= 4 && head.readUInt32LE(0) === 0x04034b50) return 'zip'
  if (head.length >= 8 && head.readUInt32BE(0) === 0xd0cf11e0) return 'ole2'

  const start = head.toString('latin1').replace(/^(\xef\xbb\xbf|\xff\xfe|\xfe\xff)/, '').replaceAll('\0', '').trimStart().toLowerCase()
  if (/^<(!doctype html|!--|html|table|meta|head|body|div|style)/.test(start)) return 'html'
  if (start.startsWith('<?xml')) return start.includes('urn:schemas-microsoft-com:office:spreadsheet') ? 'xmlSheet' : htmlInXml(start)
  return hasTextMark(head) || isTextual(head) ? 'text' : 'unknown'
}

const htmlInXml = (start: string) => (/<html[\s>]/.test(start) ? 'html' : 'unknown')

const hasTextMark = (head: Buffer) =>
  (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff) || (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf)

/** Text has no control characters but white space; UTF-16 without a mark has its zeros all on one side. */
function isTextual(head: Buffer) {
  const zeros = [0, 0]
  let controls = 0
  for (const [at, byte] of head.entries()) {
    if (byte === 0) zeros[at & 1] = (zeros[at & 1] ?? 0) + 1
    else if (byte < 9 || (byte > 13 && byte < 32 && byte !== 26 && byte !== 27)) controls++
  }
  const [even = 0, odd = 0] = zeros
  if (controls > head.length / 50) return even + odd > head.length / 8 && Math.min(even, odd) === 0
  return even + odd <= head.length / 50 || Math.min(even, odd) <= (even + odd) / 8
}
