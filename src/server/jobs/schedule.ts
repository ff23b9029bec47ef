import type { Pool } from '#server/db/connect.ts'
import { enqueue, type Step } from '#server/db/queue.ts'
import { sql } from '#server/db/sql.ts'
import { localTime } from '#shared/dates.ts'

/** Every timer of the product, on one page. `at`: local time of the company, once a day; `minutes`: every so many. */
export const timers: ({ name: string; step: Step } & ({ at: string } | { minutes: number }))[] = [
  { name: 'daily fields', step: 'field.daily', at: '00:01' },
  { name: 'upkeep', step: 'upkeep', at: '03:20' },
  // Imports order it themselves; this catches what a crash between commit and order left behind.
  { name: 'search', step: 'search.catchUp', minutes: 10 },
]

const tick = 60_000

/** Looks at the timers now and every minute. Gives the function that stops it, once the look under way has ended. */
export function startSchedule(db: Pool, timeZone: string): () => Promise<void> {
  let looking: Promise<void> = Promise.resolve()
  const look = () => { looking = runDue(db, timeZone, new Date()).then(() => {}, (error: Error) => console.error(error)) }
  look()
  const timer = setInterval(look, tick)

  return () => {
    clearInterval(timer)
    return looking
  }
}

/** Orders what is due. Whichever node comes first claims the slot; a slot missed in a pause is made up for, once. */
export async function runDue(db: Pool, timeZone: string, now: Date): Promise<string[]> {
  const { day, time } = localTime(now.toISOString(), timeZone)
  const ran: string[] = []
  for (const timer of timers) {
    const slot = 'at' in timer ? (time.slice(0, 5) >= timer.at ? day : null) : new Date(Math.floor(now.getTime() / tick / timer.minutes) * tick * timer.minutes).toISOString()
    if (slot === null) continue
    const claimed = await db.transaction(async tx => {
      const rows = await tx.query(sql`
        insert into schedule_runs (name, slot) values (${timer.name}, ${slot})
        on conflict (name) do update set slot = excluded.slot, at = now() where schedule_runs.slot < excluded.slot returning name`)
      if (rows.length > 0) await enqueue(tx, timer.step, {}, timer.step)
      return rows.length > 0
    })
    if (claimed) ran.push(timer.name)
  }

  return ran
}
