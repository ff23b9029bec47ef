import type { RecordQuery } from '#shared/api/records.ts'
import type { Db } from '../db/connect.ts'
import { raw, sql, type Sql } from '../db/sql.ts'

/** Above this a count is an estimate unless exactness is asked for: counting is nearly all of a naive list's cost. */
const cap = 10_000
/** Nor is counted what costs more than this, in the planner's units: some milliseconds. */
const cheap = 3_000

/** What the page tells already: so many rows it shows, so many there are, so many a walk would find. */
interface Known { shown: number; whole: number | undefined; walked: number | undefined }

/** How many rows a query has: known from a short page, estimated by the planner when large, exact on demand. */
export async function count(db: Db, plan: { from: Sql; where: Sql }, query: RecordQuery, { shown, whole, walked }: Known): Promise<{ value: number; isEstimate: boolean }> {
  if (whole !== undefined) return { value: whole, isEstimate: false }
  if (query.total === 'none') return { value: shown, isEstimate: true }
  if (query.total === 'exact') return { value: await exact(db, plan), isEstimate: false }
  // Words that are frequent were not collected, and are not for the sake of their number.
  if (walked !== undefined) return { value: Math.max(walked, shown), isEstimate: true }
  const guess = await guessOf(db, plan)
  if (guess.rows > cap || guess.cost > cheap) return { value: Math.max(guess.rows, shown), isEstimate: true }
  const [row] = await db.query<{ n: number }>(sql`select count(*)::int as n from (select 1 from ${plan.from} visible where ${plan.where} limit ${raw(String(cap + 1))}) capped`)
  const counted = row?.n ?? 0
  return counted > cap ? { value: Math.max(guess.rows, counted), isEstimate: true } : { value: counted, isEstimate: false }
}

async function exact(db: Db, plan: { from: Sql; where: Sql }): Promise<number> {
  const [row] = await db.query<{ n: number }>(sql`select count(*)::int as n from ${plan.from} visible where ${plan.where}`)
  return row?.n ?? 0
}

/** How many rows the planner expects. */
export const estimate = async (db: Db, plan: { from: Sql; where: Sql }): Promise<number> => (await guessOf(db, plan)).rows

/** The planner's own guess, of the rows and of what reading them costs: it takes a plan, not a scan. */
async function guessOf(db: Db, { from, where }: { from: Sql; where: Sql }): Promise<{ rows: number; cost: number }> {
  const [row] = await db.query<{ 'QUERY PLAN': [{ Plan: { 'Plan Rows': number; 'Total Cost': number } }] }>(sql`explain (format json) select 1 from ${from} visible where ${where}`)
  const plan = row?.['QUERY PLAN'][0].Plan
  return { rows: plan?.['Plan Rows'] ?? 0, cost: plan?.['Total Cost'] ?? 0 }
}
