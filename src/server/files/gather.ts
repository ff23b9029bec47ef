const SIZE = 256 * 1024

/** Short texts as the bytes of a file, gathered into few buffers: each write costs as much as thousands of letters. */
export async function* gather(texts: AsyncIterable<string>): AsyncGenerator<Buffer> {
  let room = Buffer.allocUnsafeSlow(SIZE)
  let at = 0
  for await (const text of texts) {
    const most = text.length * 3
    if (most > room.length - at) {
      if (at > 0) yield room.subarray(0, at)
      room = Buffer.allocUnsafeSlow(Math.max(SIZE, most))
      at = 0
    }
    at += room.write(text, at)
  }
  if (at > 0) yield room.subarray(0, at)
}
