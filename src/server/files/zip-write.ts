import { createHash } from 'node:crypto'
import { once } from 'node:events'
import type { TransformOptions, Writable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { crc32, createDeflateRaw, deflateRawSync, type ZlibOptions } from 'node:zlib'
import { Problem } from '#shared/problem.ts'
import { gather } from './gather.ts'

export interface ZipWriter {
  /** A part that fits in memory. */
  add(name: string, content: string | Buffer): Promise<void>
  /** A part of any length, as it comes. */
  addStream(name: string, texts: AsyncIterable<string>): Promise<void>
  /** Writes the directory, ends the stream and waits for it. */
  end(): Promise<{ sha256: string; size: number }>
}

// Bit 3: sizes follow the data; bit 11: names are UTF-8.
const SIZES_FOLLOW = 0x0808
const NAMES_UTF8 = 0x0800
// 1980-01-01, so that the same rows are the same file, byte for byte.
const DATE = 0x21
const MAX_SIZE = 0xffff_ffff
// So much waits for the compressor, so that it never waits for us.
const AHEAD = 1024 * 1024

/** A zip container, written straight to a stream in constant memory. */
export function zipWriter(out: Writable, level: number): ZipWriter {
  const hash = createHash('sha256')
  const directory: Buffer[] = []
  let at = 0
  // Listened to from the start: an error between two writes would otherwise end the process.
  out.on('error', () => {})

  async function write(bytes: Buffer) {
    if (out.errored) throw out.errored
    hash.update(bytes)
    at += bytes.length
    if (at > MAX_SIZE) throw new Problem('file.tooLarge', { limit: '4 GB' })
    if (!out.write(bytes)) await drained(out)
  }

  async function add(name: string, content: string | Buffer) {
    const plain = typeof content === 'string' ? Buffer.from(content) : content
    const packed = deflateRawSync(plain, { level })
    const entry: Entry = { name, flags: NAMES_UTF8, crc: crc32(plain), packed: packed.length, size: plain.length, at }
    await write(localHeader(entry))
    await write(packed)
    directory.push(directoryHeader(entry))
  }

  async function addStream(name: string, texts: AsyncIterable<string>) {
    const entry: Entry = { name, flags: SIZES_FOLLOW, crc: 0, packed: 0, size: 0, at }
    await write(localHeader(entry))
    for await (const piece of deflated(texts, entry, level)) {
      entry.packed += piece.length
      await write(piece)
    }
    if (entry.size > MAX_SIZE) throw new Problem('file.tooLarge', { limit: '4 GB' })
    await write(numbers([0x08074b50, 4], [entry.crc, 4], [entry.packed, 4], [entry.size, 4]))
    directory.push(directoryHeader(entry))
  }

  async function end() {
    const [begin, size] = [at, directory.reduce((sum, header) => sum + header.length, 0)]
    for (const header of directory) await write(header)
    await write(numbers([0x06054b50, 4], [0, 4], [directory.length, 2], [directory.length, 2], [size, 4], [begin, 4], [0, 2]))
    out.end()
    await finished(out)
    return { sha256: hash.digest('hex'), size: at }
  }

  return { add, addStream, end }
}

interface Entry {
  name: string
  flags: number
  crc: number
  packed: number
  size: number
  at: number
}

/** Compresses on another thread while the next rows are put together. */
async function* deflated(texts: AsyncIterable<string>, entry: Entry, level: number): AsyncGenerator<Buffer> {
  const options: ZlibOptions & TransformOptions = { level, chunkSize: 128 * 1024, highWaterMark: AHEAD }
  const deflate = createDeflateRaw(options)
  const feed = async () => {
    for await (const plain of gather(texts)) {
      entry.crc = crc32(plain, entry.crc)
      entry.size += plain.length
      if (!deflate.write(plain)) await once(deflate, 'drain')
    }
    deflate.end()
  }
  const feeding = feed().catch((error: Error) => void deflate.destroy(error))
  yield* deflate
  await feeding
}

/** The stream takes more, or says why it never will: a full disk must not look like patience. */
async function drained(out: Writable) {
  if (out.destroyed) throw out.errored ?? new Error('the file was closed while it was written')
  const stop = new AbortController()
  const closed = once(out, 'close', { signal: stop.signal }).then(() => {
    throw out.errored ?? new Error('the file was closed while it was written')
  })
  try {
    await Promise.race([once(out, 'drain', { signal: stop.signal }), closed])
  } finally {
    stop.abort()
    closed.catch(() => {})
  }
}

const localHeader = ({ name, flags, crc, packed, size }: Entry) =>
  Buffer.concat([numbers([0x04034b50, 4], [20, 2], [flags, 2], [8, 2], [0, 2], [DATE, 2], [crc, 4], [packed, 4], [size, 4], [Buffer.byteLength(name), 2], [0, 2]), Buffer.from(name)])

const directoryHeader = ({ name, flags, crc, packed, size, at }: Entry) =>
  Buffer.concat([
    numbers([0x02014b50, 4], [20, 2], [20, 2], [flags, 2], [8, 2], [0, 2], [DATE, 2], [crc, 4], [packed, 4], [size, 4], [Buffer.byteLength(name), 2]),
    numbers([0, 4], [0, 4], [0, 4], [at, 4]),
    Buffer.from(name),
  ])

/** Numbers of the given widths in bytes, little end first. */
function numbers(...fields: [value: number, width: 2 | 4][]) {
  const bytes = Buffer.alloc(fields.reduce((sum, [, width]) => sum + width, 0))
  let at = 0
  for (const [value, width] of fields) at = bytes.writeUIntLE(value, at, width)
  return bytes
}
