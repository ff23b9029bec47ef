import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { type Finding, Problem } from '#shared/problem.ts'
import type { FileInfo, OpenFile, OpenOptions, SourceRow } from './read.ts'

/** What the worker says. */
export type FromWorker =
  | { kind: 'opened'; info: FileInfo }
  | { kind: 'rows'; rows: SourceRow[] }
  | { kind: 'end'; findings: Finding[] }
  | { kind: 'refused'; code: string; values: Record<string, string | number> }
  | { kind: 'failed'; message: string }

export interface WorkerTask {
  path: string
  options: OpenOptions
}

// A reader keeps shared strings outside the heap; what it holds on the heap is one batch.
const resourceLimits = { maxOldGenerationSizeMb: 768, maxYoungGenerationSizeMb: 24 }
/** How long one step may take: opening reads the whole file once, a batch is at most some thousand cells. */
const patience = { open: 180_000, batch: 60_000 }
/** How long a caller may take over a batch before its place goes to somebody else. */
const IDLE = 600_000

/**
 * `openFile` in a worker thread of its own, with a memory cap and a time limit: a hostile file can hurt nothing but its own import.
 * At most one per core at a time, the others wait. Read the rows to their end, break out of the loop, or `close()`; a caller that forgets loses its place after ten minutes.
 */
export async function readInWorker(path: string, options: OpenOptions): Promise<OpenFile> {
  const leave = await enter()
  const task: WorkerTask = { path, options }
  // SheetJS warns on the console about formats that do not concern us; errors come as events.
  const worker = new Worker(new URL('./in-worker.ts', import.meta.url), { workerData: task, resourceLimits, name: 'kebu-read', stderr: true })
  const close = () => {
    leave()
    void worker.terminate()
  }
  try {
    const answers = listen(worker)
    const opened = await answers(patience.open)
    if (opened.kind !== 'opened') throw refusal(opened)
    const idle = setTimeout(close, IDLE).unref()
    return { info: opened.info, rows: () => rowsFrom(worker, answers, opened.info, close, idle), close }
  } catch (error) {
    close()
    throw error
  }
}

async function* rowsFrom(worker: Worker, answers: Answers, info: FileInfo, close: () => void, idle: NodeJS.Timeout): AsyncGenerator<SourceRow[]> {
  try {
    worker.postMessage('next')
    for (;;) {
      const answer = await answers(patience.batch)
      idle.refresh()
      if (answer.kind === 'end') {
        info.findings.splice(0, info.findings.length, ...answer.findings)
        return
      }
      if (answer.kind !== 'rows') throw refusal(answer)
      // Asked for before the caller works on this one, so that both cores are busy; more than that is never ahead.
      worker.postMessage('next')
      yield answer.rows
    }
  } finally {
    clearTimeout(idle)
    close()
  }
}

type Answers = (limit: number) => Promise<FromWorker>

/** The worker's messages in order, one per call; its death is an answer too. */
function listen(worker: Worker): Answers {
  const waiting: FromWorker[] = []
  let wake = () => {}
  const add = (message: FromWorker) => {
    waiting.push(message)
    wake()
  }
  worker.on('message', add)
  worker.on('error', error => add(deathOf(error)))
  worker.on('exit', () => add({ kind: 'failed', message: 'the reading worker ended' }))

  return async limit => {
    const ready = waiting.shift()
    if (ready) return ready
    const timer = setTimeout(() => add({ kind: 'refused', code: 'file.tooSlow', values: {} }), limit)
    await new Promise<void>(resolve => (wake = resolve))
    clearTimeout(timer)
    return waiting.shift() ?? { kind: 'failed', message: 'the reading worker said nothing' }
  }
}

function deathOf(error: unknown): FromWorker {
  if (error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY') {
    return { kind: 'refused', code: 'file.tooHeavy', values: {} }
  }
  return { kind: 'failed', message: String(error) }
}

const refusal = (answer: FromWorker) =>
  answer.kind === 'refused' ? new Problem(answer.code, answer.values) : new Error(answer.kind === 'failed' ? answer.message : `unexpected answer: ${answer.kind}`)

const places = availableParallelism()
let taken = 0
const queue: (() => void)[] = []

/** Waits for a place; the returned function gives it back, once. */
async function enter() {
  if (taken >= places) await new Promise<void>(resolve => queue.push(resolve))
  else taken++
  let isInside = true
  return () => {
    if (!isInside) return
    isInside = false
    const next = queue.shift()
    if (next) next()
    else taken--
  }
}
