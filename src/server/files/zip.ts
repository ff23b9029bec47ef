import { Readable } from 'node:stream'
import { crc32, createInflateRaw } from 'node:zlib'
import { Problem } from '#shared/problem.ts'
import type { Bytes } from './bytes.ts'

/** One part of the container, as its central directory describes it. */
export interface Entry {
  name: string
  method: number
  isEncrypted: boolean
  crc: number
  /** Bytes in the file, and bytes that it says it becomes. */
  packed: number
  size: number
  at: number
}

export interface Zip {
  bytes: Bytes
  entries: Map<string, Entry>
}

const MAX_ENTRIES = 5000
const MAX_TOTAL = 4_000_000_000
// Real sheets inflate 5 to 60 times. What inflates more than 200 times, beyond a slack for tiny files, is an attack.
const MAX_RATIO = 200
const SLACK = 20_000_000
// Measured: texts of more than 64 kB live in V8's large-object space, where reading takes 2.5 times as long.
const PIECE = 64 * 1024

/** Reads the directory at the end of the file; nothing is inflated yet. */
export function openZip(bytes: Bytes): Zip {
  const { count, size, at } = findDirectory(bytes)
  if (count > MAX_ENTRIES) throw new Problem('file.bomb')
  if (at + size > bytes.size) throw new Problem('file.corrupt')

  const entries = readDirectory(bytes.read(at, size), count)
  const total = entries.reduce((sum, entry) => sum + entry.size, 0)
  if (total > MAX_TOTAL || total > bytes.size * MAX_RATIO + SLACK) throw new Problem('file.bomb')
  return { bytes, entries: new Map(entries.map(entry => [entry.name.toLowerCase(), entry])) }
}

export const findEntry = (zip: Zip, name: string) => zip.entries.get(name.toLowerCase())

/** The content in pieces, checked against its declared size and checksum; whoever reads to the end has read what was written. */
export async function* inflate(zip: Zip, entry: Entry): AsyncGenerator<Buffer> {
  if (entry.isEncrypted) throw new Problem('file.encrypted')
  if (entry.method !== 0 && entry.method !== 8) throw new Problem('file.corrupt')

  const limit = Math.min(entry.size, entry.packed * MAX_RATIO + SLACK)
  let size = 0
  let crc = 0
  for await (const piece of unpack(zip, entry)) {
    size += piece.length
    if (size > limit) throw new Problem('file.bomb')
    crc = crc32(piece, crc)
    yield piece
  }
  if (size !== entry.size || crc !== entry.crc) throw new Problem('file.corrupt')
}

async function* unpack(zip: Zip, entry: Entry): AsyncGenerator<Buffer> {
  const packed = Readable.from(packedPieces(zip.bytes, entry), { objectMode: false })
  if (entry.method === 0) return yield* packed

  const inflater = createInflateRaw({ chunkSize: PIECE })
  packed.on('error', error => inflater.destroy(error))
  try {
    yield* packed.pipe(inflater)
  } catch (error) {
    throw error instanceof Error && 'code' in error && String(error.code).startsWith('Z_') ? new Problem('file.corrupt') : error
  } finally {
    packed.destroy()
    inflater.destroy()
  }
}

function* packedPieces(bytes: Bytes, entry: Entry) {
  const header = bytes.read(entry.at, 30)
  if (header.length < 30 || header.readUInt32LE(0) !== 0x04034b50) throw new Problem('file.corrupt')
  let at = entry.at + 30 + header.readUInt16LE(26) + header.readUInt16LE(28)
  const end = at + entry.packed
  while (at < end) {
    const piece = bytes.read(at, Math.min(PIECE, end - at))
    if (!piece.length) return
    at += piece.length
    yield piece
  }
}

function findDirectory(bytes: Bytes) {
  const tailAt = Math.max(0, bytes.size - 65_557)
  const tail = bytes.read(tailAt, bytes.size - tailAt)
  const end = lastSignature(tail)
  if (end < 0) throw new Problem('file.truncated')

  const count = tail.readUInt16LE(end + 10)
  const at = tail.readUInt32LE(end + 16)
  if (count !== 0xffff && at !== 0xffffffff) return { count, size: tail.readUInt32LE(end + 12), at }
  return findLargeDirectory(bytes, tailAt + end)
}

function lastSignature(tail: Buffer) {
  for (let at = tail.length - 22; at >= 0; at--) if (tail.readUInt32LE(at) === 0x06054b50) return at
  return -1
}

/** Zip64: the real numbers stand in a second record before the first. */
function findLargeDirectory(bytes: Bytes, end: number) {
  const locator = bytes.read(Math.max(0, end - 20), 20)
  if (locator.length < 20 || locator.readUInt32LE(0) !== 0x07064b50) throw new Problem('file.corrupt')
  const record = bytes.read(Number(locator.readBigUInt64LE(8)), 56)
  if (record.length < 56 || record.readUInt32LE(0) !== 0x06064b50) throw new Problem('file.corrupt')
  return { count: Number(record.readBigUInt64LE(32)), size: Number(record.readBigUInt64LE(40)), at: Number(record.readBigUInt64LE(48)) }
}

function readDirectory(directory: Buffer, count: number): Entry[] {
  const entries: Entry[] = []
  let at = 0
  for (let index = 0; index < count; index++) {
    if (at + 46 > directory.length || directory.readUInt32LE(at) !== 0x02014b50) throw new Problem('file.corrupt')
    const nameEnd = at + 46 + directory.readUInt16LE(at + 28)
    const extraEnd = nameEnd + directory.readUInt16LE(at + 30)
    const entry: Entry = {
      name: directory.toString('utf8', at + 46, nameEnd).replaceAll('\\', '/').replace(/^\//, ''),
      method: directory.readUInt16LE(at + 10),
      isEncrypted: (directory.readUInt16LE(at + 8) & 1) === 1,
      crc: directory.readUInt32LE(at + 16),
      packed: directory.readUInt32LE(at + 20),
      size: directory.readUInt32LE(at + 24),
      at: directory.readUInt32LE(at + 42),
    }
    readLargeSizes(directory.subarray(nameEnd, extraEnd), entry)
    entries.push(entry)
    at = extraEnd + directory.readUInt16LE(at + 32)
  }
  return entries
}

/** Zip64's extra field holds, in this order, only the numbers that did not fit in 32 bits. */
function readLargeSizes(extra: Buffer, entry: Entry) {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== 1) continue
    let next = at + 4
    for (const key of ['size', 'packed', 'at'] as const) {
      if (entry[key] !== 0xffffffff || next + 8 > extra.length) continue
      entry[key] = Number(extra.readBigUInt64LE(next))
      next += 8
    }
  }
}
