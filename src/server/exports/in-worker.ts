import { on } from 'node:events'
import { createWriteStream } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import { copyRows } from '#server/files/copy-rows.ts'
import { writeCopyAsCsv } from '#server/files/copy-to-csv.ts'
import { writeXlsx } from '#server/files/write-xlsx.ts'
import { Problem } from '#shared/problem.ts'
import type { FromWorker, Task } from './worker.ts'

const { path, flags, format, sheet, columns }: Task = workerData
const port = parentPort
if (!port) throw new Error('in-worker.ts runs only in a worker')

const say = (message: FromWorker) => port.postMessage(message)
const parcels = on(port, 'message')
let count = 0

/** Each parcel is answered when the next one is needed: nobody ever runs ahead. */
async function* arriving(): AsyncGenerator<Uint8Array> {
  for await (const [parcel] of parcels as AsyncIterable<[Uint8Array | 'end']>) {
    if (parcel === 'end') return
    yield parcel
    say({ kind: 'taken', rows: count })
  }
}

async function* rows() {
  for await (const page of copyRows(arriving())) {
    yield page
    count += page.length
  }
}

function write() {
  const stream = createWriteStream(path, { mode: 0o600, flags })
  return format === 'csv' ? writeCopyAsCsv(stream, { columns, pieces: arriving() }, taken => (count = taken)) : writeXlsx(stream, { sheet, columns, rows: rows() })
}

try {
  const written = await write()
  say({ kind: 'written', rows: written.rows, sha256: written.sha256 })
} catch (error) {
  if (!(error instanceof Problem)) throw error
  say({ kind: 'refused', code: error.code, values: error.values })
} finally {
  port.close()
}
