import { startServer } from '#server/http/server.ts'
import { startJobs } from '#server/jobs/worker.ts'
import type { Config } from './config.ts'
import { open } from './open.ts'
import { say, sentence } from './say.ts'
import { onStop } from './signals.ts'
import { welcome } from './welcome.ts'

/** The whole product: database → schema → jobs → http. Ends in the reverse order: what was begun is finished, then the database stops. */
export async function serve(config: Config): Promise<void> {
  const print = (code: string, values: Record<string, string | number> = {}) => console.log(say(config.lang, code, values))
  const running = await open(config, {
    say: print,
    onDead: problem => {
      console.error(sentence(config.lang, problem))
      process.exit(1)
    },
  })
  const ends: (() => Promise<void>)[] = [running.close]
  const stop = async () => {
    for (const end of ends.toReversed()) await end()
  }
  try {
    const jobs = await startJobs({ ...running, config })
    ends.push(jobs.stop)
    const server = await startServer({ ...running, config })
    ends.push(server.close)
    await welcome(running.db, config, server.address, print)
  } catch (error) {
    await stop()
    throw error
  }
  onStop(async () => {
    print('start.stopping')
    await stop()
    print('start.stopped')
  })
}
