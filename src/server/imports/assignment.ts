/**
 * The best total assignment of rows to columns (Hungarian method, shortest augmenting paths): `scores[i][j]` ≥ 0 is how
 * well i goes with j. Gives for every i its j, or null where leaving it out is worth as much.
 */
export function assign(scores: readonly (readonly number[])[], columns: number): (number | null)[] {
  const rows = scores.length
  // Every row gets a column of its own that costs nothing: to stay out.
  const width = columns + rows
  const cost = (i: number, j: number) => (j < columns ? -(scores[i]?.[j] ?? 0) : 0)
  const owner = new Int32Array(width + 1).fill(-1)
  const rowPrice = new Float64Array(rows)
  const columnPrice = new Float64Array(width + 1)
  for (let i = 0; i < rows; i++) augment(i)

  const result: (number | null)[] = new Array(rows).fill(null)
  for (let j = 0; j < columns; j++) {
    const row = owner[j] ?? -1
    if (row >= 0 && (scores[row]?.[j] ?? 0) > 0) result[row] = j
  }

  return result

  function augment(start: number) {
    const least = new Float64Array(width).fill(Infinity)
    const cameFrom = new Int32Array(width).fill(-1)
    const used = new Uint8Array(width + 1)
    let at = width
    owner[width] = start
    do {
      used[at] = 1
      const row = owner[at] ?? -1
      let delta = Infinity
      let next = width
      for (let j = 0; j < width; j++) {
        if (used[j] === 1) continue
        const slack = cost(row, j) - (rowPrice[row] ?? 0) - (columnPrice[j] ?? 0)
        if (slack < (least[j] ?? Infinity)) {
          least[j] = slack
          cameFrom[j] = at
        }
        if ((least[j] ?? Infinity) < delta) {
          delta = least[j] ?? Infinity
          next = j
        }
      }
      for (let j = 0; j <= width; j++) {
        if (used[j] === 1) {
          const row = owner[j] ?? 0
          rowPrice[row] = (rowPrice[row] ?? 0) + delta
          columnPrice[j] = (columnPrice[j] ?? 0) - delta
        } else if (j < width) least[j] = (least[j] ?? Infinity) - delta
      }
      at = next
    } while (owner[at] !== -1)
    while (at !== width) {
      const before = cameFrom[at] ?? width
      owner[at] = owner[before] ?? -1
      at = before
    }
  }
}
