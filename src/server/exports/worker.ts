import { Worker } from 'node:worker_threads'
import type { Column } from '#server/files/table.ts'
import type { ExportFormat } from '#shared/api/exports.ts'
import { Problem } from '#shared/problem.ts'

/** What is to be written, and where: `flags` as `open` knows them. */
export interface Task {
  path: string
  flags: 'w' | 'wx'
  format: ExportFormat
  sheet: string
  columns: Column[]
}

/** Rows in the file, and its checksum. */
export interface Written { rows: number; sha256: string }

/** What the worker says. */
export type FromWorker =
  | { kind: 'taken'; rows: number }
  | ({ kind: 'written' } & Written)
  | { kind: 'refused'; code: string; values: Record<string, string | number> }

const resourceLimits = { maxOldGenerationSizeMb: 512 }
/** Bytes of a message: less would cost more than it carries, and letters of more would be too large for the quick part of the heap. */
const PARCEL = 64 * 1024
/** So many messages may wait for the worker. */
const AHEAD = 24

/** Rows of a COPY as a file, written by a thread of its own: whoever else asks this process for something waits for nothing but the passing on of bytes. */
export async function writeInWorker(task: Task, rows: AsyncIterable<Buffer>, progress: (rows: number) => unknown): Promise<Written> {
  const worker = new Worker(new URL('./in-worker.ts', import.meta.url), { workerData: task, resourceLimits, name: 'kebu-export' })
  const line = lineTo(worker)
  try {
    for await (const parcel of parcels(rows)) {
      await line.send(parcel)
      await progress(line.written())
    }
    return await line.end()
  } finally {
    await worker.terminate()
  }
}

/** Messages to the worker, never more than it can take. */
function lineTo(worker: Worker) {
  let underway = 0
  let written = 0
  let isOver = false
  let wake = () => {}
  const done = new Promise<Written>((resolve, reject) => {
    worker.on('message', (message: FromWorker) => {
      if (message.kind === 'written') return resolve(message)
      if (message.kind === 'refused') return reject(new Problem(message.code, message.values))
      underway--
      written = message.rows
      wake()
    })
    worker.on('error', reject)
    worker.on('exit', () => reject(new Error('the writing worker ended')))
  })
  done.catch(() => {}).finally(() => {
    isOver = true
    wake()
  })

  return {
    written: () => written,
    async send(parcel: Buffer<ArrayBuffer>) {
      while (underway >= AHEAD && !isOver) await new Promise<void>(resolve => (wake = resolve))
      // Over before the end can only mean that it failed.
      if (isOver) await done
      underway++
      worker.postMessage(parcel, [parcel.buffer])
    },
    end() {
      worker.postMessage('end')
      return done.then(({ rows, sha256 }) => ({ rows, sha256 }))
    },
  }
}

/** The same bytes in parcels, each in memory of its own, so that it can be handed over. */
async function* parcels(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer<ArrayBuffer>> {
  let parcel = Buffer.allocUnsafeSlow(PARCEL)
  let at = 0
  for await (const piece of pieces) {
    for (let from = 0; from < piece.length;) {
      const copied = piece.copy(parcel, at, from)
      from += copied
      at += copied
      if (at < PARCEL) continue
      yield parcel
      parcel = Buffer.allocUnsafeSlow(PARCEL)
      at = 0
    }
  }
  if (at > 0) yield parcel.subarray(0, at)
}
