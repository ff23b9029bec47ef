import { createHash } from 'node:crypto'
import type { Db } from '#server/db/connect.ts'
import { sql } from '#server/db/sql.ts'
import { Problem } from '#shared/problem.ts'

/** How often something may go wrong freely, and how long the waits grow after that. Seconds. */
interface Patience { free: number; longest: number }

const perLogin: Patience = { free: 5, longest: 900 }
// An office behind one address shares this one, hence the wide margin and the short wait.
const perAddress: Patience = { free: 60, longest: 60 }

/**
 * Counts an attempt before it is checked, so that a hundred at once are a hundred; `forgive` takes it back after a success.
 * Per login *and* address: whoever guesses from elsewhere cannot lock the owner out.
 */
export async function countAttempt(db: Db, login: string, address: string) {
  await count(db, key('login', login.toLowerCase(), address), perLogin)
  await count(db, key('address', address), perAddress)
}

export async function forgive(db: Db, login: string, address: string) {
  await db.query(sql`delete from sign_in_failures where key = ${key('login', login.toLowerCase(), address)}`)
  await db.query(sql`update sign_in_failures set failures = greatest(failures - 1, 0) where key = ${key('address', address)}`)
}

/** The clock is read once the row is held: whoever waited for it began before the attempt that they come after, and is not blocked by it. */
async function count(db: Db, id: Buffer, { free, longest }: Patience) {
  const [counted] = await db.query<{ failures: number }>(sql`
    insert into sign_in_failures as f (key, failures, blocked_until) values (${id}, 1, now())
    on conflict (key) do update set last_at = now(),
      failures = case when f.last_at < now() - interval '1 day' then 1 else f.failures + 1 end,
      blocked_until = case when f.failures < ${free} or f.last_at < now() - interval '1 day' then now()
        else now() + least(${longest}::float8, power(2, least(f.failures - ${free}, 20)::float8)) * interval '1 second' end
    where f.blocked_until <= clock_timestamp() returning failures`)
  if (counted) return

  const [block] = await db.query<{ seconds: number }>(sql`
    select greatest(1, ceil(extract(epoch from blocked_until - now())))::int as seconds from sign_in_failures where key = ${id}`)
  throw new Problem('request.tooMany', { seconds: block?.seconds ?? 1 })
}

const key = (...parts: string[]) => createHash('sha256').update(parts.join('\0')).digest()
