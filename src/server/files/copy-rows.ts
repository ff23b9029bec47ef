/** Pieces of a COPY that may break anywhere, as pieces that end where a row does. */
export async function* wholeRows(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let begun: Uint8Array[] = []
  for await (const piece of pieces) {
    const end = piece.lastIndexOf(LINE_END) + 1
    if (end > 0) {
      const whole = piece.subarray(0, end)
      yield begun.length === 0 ? whole : Buffer.concat([...begun, whole])
      begun = []
    }
    if (end < piece.length) begun.push(piece.subarray(end))
  }
  if (begun.length > 0) throw new Error('a COPY ended in the middle of a row')
}

/**
 * Rows of PostgreSQL's COPY in its text format with `null ''`: a line is a row, tabs part its cells, and inside a cell a backslash stands
 * before whatever could be mistaken for either.
 */
export async function* copyRows(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<string[][]> {
  for await (const bytes of wholeRows(pieces)) yield rowsOf(decoder.decode(bytes))
}

/** One cell, from its bytes. */
export const copyCell = (bytes: Uint8Array) => unescape(decoder.decode(bytes))

const LINE_END = 10
// PostgreSQL sends no broken UTF-8, and a decoder that refuses it is twice as fast as one that repairs it.
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

function rowsOf(text: string): string[][] {
  const lines = text.split('\n')
  lines.pop()
  if (!text.includes('\\')) return lines.map(line => line.split('\t'))
  return lines.map(line => (line.includes('\\') ? line.split('\t').map(unescape) : line.split('\t')))
}

const marks: Record<string, string> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' }
const unescape = (cell: string) => (cell.includes('\\') ? cell.replace(/\\(.)/gs, (_, mark: string) => marks[mark] ?? mark) : cell)
