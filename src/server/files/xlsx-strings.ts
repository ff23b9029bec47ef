import { Problem } from '#shared/problem.ts'
import { type Blocks, richText } from './xml-text.ts'

const CACHE = 65_536
// Offsets are 32 bits, and one buffer must hold all of it.
const MAX_BYTES = 2_000_000_000

/** A workbook's shared strings as one buffer and their offsets: objects would need ten times the memory. */
export interface Strings {
  /** undefined when there is no such string. */
  get(index: number): string | undefined
}

export const noStrings: Strings = { get: () => undefined }

export async function readStrings(blocks: AsyncIterable<Blocks>): Promise<Strings> {
  const store = newStore()
  for await (const { prefix, xml } of blocks) for (const item of xml) store.push(richText(item, prefix))
  return store
}

function newStore() {
  let bytes = Buffer.allocUnsafe(1 << 20)
  let used = 0
  let offsets = new Uint32Array(1 << 14)
  let count = 0
  const cached = new Array<string>(CACHE)
  const cachedIndex = new Int32Array(CACHE).fill(-1)

  return {
    push(text: string) {
      const most = used + text.length * 3
      if (most > MAX_BYTES) throw new Problem('file.tooLarge', { limit: '2 GB' })
      if (most > bytes.length) bytes = Buffer.concat([bytes.subarray(0, used)], Math.min(MAX_BYTES, Math.max(bytes.length * 2, most)))
      if (count + 2 > offsets.length) {
        const larger = new Uint32Array(offsets.length * 2)
        larger.set(offsets)
        offsets = larger
      }
      used += bytes.write(text, used)
      offsets[++count] = used
    },
    get(index: number) {
      if (!(index >= 0 && index < count)) return undefined
      const slot = index % CACHE
      if (cachedIndex[slot] !== index) {
        cached[slot] = bytes.toString('utf8', offsets[index], offsets[index + 1])
        cachedIndex[slot] = index
      }
      return cached[slot]
    },
  }
}
