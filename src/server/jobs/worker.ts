import { setTimeout as sleep } from 'node:timers/promises'
import { Logger, run, type Task } from 'graphile-worker'
import { isDiskFull, type Pool } from '#server/db/connect.ts'
import { installQueue } from '#server/db/queue.ts'
import { useStore } from '#server/files/store.ts'
import { keepSearchFresh } from '#server/records/search-index.ts'
import { keepFieldsIndexed } from '#server/shape/field-indexes.ts'
import type { Config } from '../config.ts'
import { resume } from './resume.ts'
import { startSchedule } from './schedule.ts'
import { stepsOf, type Surroundings } from './steps.ts'

export interface Jobs { stop(): Promise<void> }

/** Several imports and exports at once would only slow each other and everybody else down. */
const concurrency = 2
const attempts = 5
/** ms that work has to come to a good place when the program stops. */
const patience = 3_000

/** Background work and timers of this process. What was begun and not finished, whatever stopped it, goes on. */
export async function startJobs({ db, owner, config }: { db: Pool; owner: Pool; config: Pick<Config, 'data' | 'lang' | 'timeZone'> }): Promise<Jobs> {
  useStore(config.data)
  await installQueue(db)
  const stopping = new AbortController()
  const around: Surroundings = { db, owner, defaults: { lang: config.lang, timeZone: config.timeZone }, signal: stopping.signal }
  const stopResuming = await resumeSoon(db)
  const runner = await run({ pgPool: db.pool, taskList: tasksOf(around), concurrency, parsedCronItems: [], noHandleSignals: true, logger: quiet, gracefulShutdownAbortTimeout: 1_000 })
  // Its end is ours to order; a queue that dies by itself (the database restarts) must not end the program unheard.
  runner.promise.catch((error: Error) => console.error(error))
  const stopSchedule = startSchedule(db, config.timeZone)
  const stopSearch = keepSearchFresh(db)
  const stopIndexing = keepFieldsIndexed(owner)

  return {
    stop: async () => {
      stopResuming()
      await stopSchedule()
      await stopSearch()
      await Promise.race([stopIndexing(), sleep(patience, undefined, { ref: false })])
      stopping.abort()
      // Work in the middle of a long statement does not hear of it: the end of its connection tells it.
      await Promise.race([runner.stop().catch(() => {}), sleep(patience, undefined, { ref: false })])
    },
  }
}

/** On a full disk nothing can be ordered: the program starts all the same, to be read, and tries again every minute. */
async function resumeSoon(db: Pool): Promise<() => void> {
  let timer: NodeJS.Timeout | undefined
  const attempt = () => resume(db).catch((error: unknown) => {
    if (!isDiskFull(error)) throw error
    timer = setTimeout(() => { attempt().catch((problem: Error) => console.error(problem)) }, 60_000)
  })
  await attempt()
  return () => clearTimeout(timer)
}

function tasksOf(around: Surroundings): Record<string, Task> {
  return Object.fromEntries(Object.entries(stepsOf(around)).map(([name, step]) => [name, async (payload, { job }) => {
    try {
      await step.work(payload as Record<string, unknown>)
    } catch (error) {
      if (around.signal.aborted) throw error
      console.error(`${name}:`, error)
      if (job.attempts >= attempts) await step.giveUp(payload as Record<string, unknown>)
      throw error
    }
  }] satisfies [string, Task]))
}

/** The queue's own talk is no news; what fails is reported above. */
const quiet = new Logger(() => () => {})

