/** A source of numbers that look random and are the same for the same seed. */
export interface Random {
  /** 0 ≤ x < 1 */
  next(): number
  /** 0 ≤ n < below */
  int(below: number): number
  chance(probability: number): boolean
  pick<T>(items: readonly T[]): T
  /** One of the keys of a table of weights. */
  weighted<T extends string>(weights: Record<T, number>): T
  /** Around `median`, now and then far above it: how amounts of money are spread. */
  logNormal(median: number, spread: number): number
  /** So many random hexadecimal digits. */
  hex(digits: number): string
}

/** sfc32 (Chris Doty-Humphrey's Small Fast Counter): one stream for each (seed, place), so that any part can be made on its own. */
export function randomOf(seed: number, place: number): Random {
  let [a, b, c, counter] = [seed | 0, place | 0, Math.floor(place / 2 ** 32) ^ 0x9e3779b9, 1]
  const bits = () => {
    const sum = (a + b + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (c << 21) | (c >>> 11)
    c = (c + sum) | 0
    return sum >>> 0
  }
  for (let i = 0; i < 12; i++) bits()
  const next = () => bits() / 2 ** 32
  const int = (below: number) => Math.floor(next() * below)

  return {
    next, int,
    chance: probability => next() < probability,
    pick: items => items[int(items.length)] as (typeof items)[number],
    weighted: weights => weightedOf(weights, next()),
    logNormal: (median, spread) => median * Math.exp(spread * Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())),
    hex: digits => Array.from({ length: digits }, () => int(16).toString(16)).join(''),
  }
}

function weightedOf<T extends string>(weights: Record<T, number>, at: number): T {
  const entries = Object.entries<number>(weights) as [T, number][]
  let left = at * entries.reduce((sum, [, weight]) => sum + weight, 0)
  for (const [item, weight] of entries) {
    left -= weight
    if (left < 0) return item
  }
  return (entries.at(-1) as [T, number])[0]
}

/** A uuidv7 of a moment, whose other bits come from the seed. */
export function idAt(random: Random, instant: number): string {
  const time = instant.toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${random.hex(3)}-${'89ab'[random.int(4)]}${random.hex(3)}-${random.hex(12)}`
}
