/** Of these words those that may have been meant: the same letters otherwise written, a part of it, or a slip of few letters. The best first, at most three. */
export function nearest(typed: string, words: readonly string[]): string[] {
  const wanted = letters(typed)
  const most = Math.max(1, Math.floor([...wanted].length / 3))
  return words.map(word => ({ word, distance: distanceOf(wanted, letters(word)) })).filter(({ distance }) => distance <= most)
    .sort((a, b) => a.distance - b.distance || a.word.length - b.word.length).slice(0, 3).map(({ word }) => word)
}

const letters = (word: string) => word.normalize('NFKC').toLowerCase().replace(/[\s_·-]/g, '')

function distanceOf(a: string, b: string): number {
  if (a === b) return 0
  if (a !== '' && b !== '' && (a.includes(b) || b.includes(a))) return 0.5
  const [left, right] = [[...a], [...b]]
  if (left.length > 60 || right.length > 60) return Infinity
  let row = Array.from({ length: right.length + 1 }, (_, i) => i)
  for (const [i, letter] of left.entries()) {
    const above = row
    row = [i + 1]
    for (const [j, other] of right.entries()) row.push(Math.min((above[j + 1] ?? 0) + 1, (row[j] ?? 0) + 1, (above[j] ?? 0) + (letter === other ? 0 : 1)))
  }
  return row[right.length] ?? Infinity
}
