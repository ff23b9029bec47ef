/** What many runs of one thing took: milliseconds, and how many in a second. */
export interface Timing { p50: number; p99: number; perSecond: number }

/** Runs `work` so often, or for so many ms, by so many clients at once, after some rounds that do not count. `work` gets the number of its run. */
export async function clock(work: (n: number) => Promise<unknown>, { rounds = 200, clients = 1, warm = 20, most = 1_500 } = {}): Promise<Timing> {
  let n = 0
  await inParallel(clients, async () => { for (let i = 0; i < Math.ceil(warm / clients); i++) await work(n++) })
  const times: number[] = []
  const begun = performance.now()
  let left = rounds
  await inParallel(clients, async () => {
    while (left-- > 0 && (performance.now() - begun < most || times.length < 10)) {
      const start = performance.now()
      await work(n++)
      times.push(performance.now() - start)
    }
  })
  const seconds = (performance.now() - begun) / 1000
  times.sort((a, b) => a - b)
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0
  return { p50: at(0.5), p99: at(0.99), perSecond: times.length / seconds }
}

const inParallel = (clients: number, work: () => Promise<void>) => Promise.all(Array.from({ length: clients }, work))

/** How long one thing took, in seconds, and what it gave. */
export async function stopwatch<T>(work: () => Promise<T>): Promise<{ seconds: number; result: T }> {
  const begun = performance.now()
  const result = await work()
  return { seconds: (performance.now() - begun) / 1000, result }
}
