import { startServer } from '#server/http/server.ts'
import { startJobs } from '#server/jobs/worker.ts'
import type { Config } from './config.ts'
import { open } from './open.ts'
import { say, sentence } from './say.ts'
import { onStop } from './signals.ts'
import { welcome } from './welcome.ts'

/** The whole product: database → schema → jobs → http. Ends in the reverse order: what was begun is finished, then the database stops. */
export async function serve(config: Config): Promise<void> {
  const print = (code: string, values: Record<string, string> = {}) => console.log(say(config.lang, code, values))
  const ends: (() => Promise<void>)[] = []
  const stop = async () => {
    for (const end of ends.splice(0).toReversed()) await end()
  }
  const starting = start(config, ends, print)
  onStop(async () => {
    print('start.stopping')
    await starting.catch(() => {})
    await stop()
    print('start.stopped')
  })
  try {
    await starting
  } catch (error) {
    await stop()
    throw error
  }
}

async function start(config: Config, ends: (() => Promise<void>)[], print: (code: string, values?: Record<string, string>) => void) {
  const onDead = (error: unknown) => {
    console.error(sentence(config.lang, error))
    process.exit(1)
  }
  const { db, owner, close } = await open(config, { say: print, onDead })
  ends.push(close)
  const jobs = await startJobs({ db, owner, config })
  ends.push(jobs.stop)
  const server = await startServer({ db, config })
  ends.push(server.close)
  await welcome(db, config, server.address, print)
}
