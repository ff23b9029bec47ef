import type { RecordQuery } from '#shared/api/records.ts'
import type { Db } from '../db/connect.ts'
import { raw, sql, type Sql } from '../db/sql.ts'

/** Above this a count is an estimate unless exactness is asked for: counting is nearly all of a naive list's cost. */
const cap = 10_000

/** How many rows a query has: known from a short page, estimated by the planner when large, exact on demand. */
export async function count(db: Db, plan: { from: Sql; where: Sql }, query: RecordQuery, shown: number, isWhole: boolean, walked?: number): Promise<{ value: number; isEstimate: boolean }> {
  if (isWhole) return { value: shown, isEstimate: false }
  if (query.total === 'none') return { value: shown, isEstimate: true }
  if (query.total === 'exact') return { value: await exact(db, plan), isEstimate: false }
  // Words that are frequent were not collected, and are not for the sake of their number.
  if (walked !== undefined) return { value: Math.max(walked, shown), isEstimate: true }
  const guess = await estimate(db, plan)
  if (guess > cap) return { value: guess, isEstimate: true }
  const [row] = await db.query<{ n: number }>(sql`select count(*)::int as n from (select 1 from ${plan.from} visible where ${plan.where} limit ${raw(String(cap + 1))}) capped`)
  const counted = row?.n ?? 0
  return counted > cap ? { value: Math.max(guess, counted), isEstimate: true } : { value: counted, isEstimate: false }
}

async function exact(db: Db, plan: { from: Sql; where: Sql }): Promise<number> {
  const [row] = await db.query<{ n: number }>(sql`select count(*)::int as n from ${plan.from} visible where ${plan.where}`)
  return row?.n ?? 0
}

/** The planner's own guess: it costs a plan, not a scan. */
export async function estimate(db: Db, plan: { from: Sql; where: Sql }): Promise<number> {
  const [row] = await db.query<{ 'QUERY PLAN': [{ Plan: { 'Plan Rows': number } }] }>(sql`explain (format json) select 1 from ${plan.from} visible where ${plan.where}`)
  return row?.['QUERY PLAN'][0].Plan['Plan Rows'] ?? 0
}
