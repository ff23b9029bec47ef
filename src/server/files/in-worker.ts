import { parentPort, workerData } from 'node:worker_threads'
import { Problem } from '#shared/problem.ts'
import { openFile } from './read.ts'
import type { FromWorker, WorkerTask } from './worker.ts'

const { path, options }: WorkerTask = workerData
const port = parentPort
if (!port) throw new Error('in-worker.ts runs only in a worker')

const say = (message: FromWorker) => port.postMessage(message)

// One 'next' of the reader's caller is one batch of ours: nobody ever runs ahead.
let asked = 0
let wake = () => {}
port.on('message', () => {
  asked++
  wake()
})
port.unref()

async function turn() {
  if (asked === 0) await new Promise<void>(resolve => (wake = resolve))
  asked--
}

try {
  const file = await openFile(path, options)
  say({ kind: 'opened', info: file.info })
  port.ref()
  for await (const rows of file.rows()) {
    await turn()
    say({ kind: 'rows', rows })
  }
  say({ kind: 'end', findings: file.info.findings })
} catch (error) {
  if (!(error instanceof Problem)) throw error
  say({ kind: 'refused', code: error.code, values: error.values })
} finally {
  port.close()
}
