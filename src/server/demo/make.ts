import { once } from 'node:events'
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { Filling } from '#server/records/fill.ts'
import type { Plan } from './company.ts'

const chunk = 1_000

/** All customers with their contacts, in order, made by workers that are never far ahead of who writes them. */
export async function* makeAll(plan: Plan): AsyncGenerator<Filling[]> {
  const chunks = Math.ceil(plan.customers / chunk)
  const workers = Array.from({ length: Math.min(chunks, availableParallelism(), 8) }, () => new Worker(new URL('./worker.ts', import.meta.url), { workerData: plan }))
  const ask = lineUp(workers, plan.customers)
  const ahead: Promise<Filling[]>[] = []
  try {
    for (let next = 0; next < chunks || ahead.length > 0;) {
      while (next < chunks && ahead.length < workers.length * 3) ahead.push(ask(next++))
      yield await (ahead.shift() ?? [])
    }
  } finally {
    await Promise.all(workers.map(worker => worker.terminate()))
  }
}

/** Chunks go round the workers; each answers in the order in which it was asked. */
function lineUp(workers: Worker[], customers: number) {
  const last = workers.map((): Promise<unknown> => Promise.resolve())
  return (n: number): Promise<Filling[]> => {
    const turn = n % workers.length
    const worker = workers[turn]
    const answer = (last[turn] ?? Promise.resolve()).then(async () => {
      worker?.postMessage({ from: n * chunk, to: Math.min(customers, (n + 1) * chunk) })
      const [filling] = await once(worker as Worker, 'message')
      return filling as Filling[]
    })
    // Whoever takes the answer hears of a failure; the line goes on without it.
    last[turn] = answer.catch(() => {})
    return answer
  }
}
