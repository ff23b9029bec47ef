import type * as z from 'zod/mini'
import type { AuditLine, listAudit as endpoint } from '#shared/api/audit.ts'
import { Problem } from '#shared/problem.ts'
import type { Viewer } from '../access/viewer.ts'
import type { Db } from '../db/connect.ts'
import { and, sql, type Sql } from '../db/sql.ts'

type AuditQuery = z.infer<NonNullable<typeof endpoint.query>>

/** The operation log, newest first, for who holds the right to it. Says which fields changed and never their values: those are the door's business. */
export async function listAudit(db: Db, viewer: Viewer, query: AuditQuery): Promise<{ entries: AuditLine[]; next: string | null }> {
  if (!viewer.rights.includes('audit')) throw new Problem('right.missing')
  const limit = limitOf(query.limit)
  const rows = await db.query<AuditLine & { place: string }>(sql`
    select id, at, json_build_object('id', viewer_id, 'label', viewer_name) as by, action, object, record_id as "recordId",
      case when jsonb_typeof(changes) = 'array' then (select coalesce(json_agg(change ->> 'field'), '[]') from jsonb_array_elements(changes) change) else '[]' end as fields,
      reason, source, batch_id as "batchId", to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || ' ' || id as place
    from audit where ${and(conditions(query))} order by at desc, id desc limit ${limit + 1}`)
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return { entries: rows.slice(0, limit).map(({ place: _, ...line }) => line), next: last ? Buffer.from(last.place).toString('base64url') : null }
}

function conditions({ person, object, record, action, batch, from, to, before }: AuditQuery): Sql[] {
  const given = (value: string | undefined, condition: (value: string) => Sql) => (value === undefined ? [] : [condition(value)])
  return [
    ...given(person, value => sql`viewer_id = ${value}::uuid`),
    ...given(object, value => sql`object = ${value}`),
    ...given(record, value => sql`record_id = ${value}::uuid`),
    ...given(action, value => sql`action = ${value}`),
    ...given(batch, value => sql`batch_id = ${value}::uuid`),
    ...given(from, value => sql`at >= ${value}::timestamptz`),
    ...given(to, value => sql`at < ${value}::timestamptz`),
    ...given(before, after),
  ]
}

/** Instants are shown in milliseconds and stored in microseconds: the cursor keeps them whole, so that no entry falls between two pages. */
function after(cursor: string): Sql {
  const [, at, id] = /^(\d{4}-\d\d-\d\dT[\d:.]{15}Z) ([\da-f-]{36})$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? []
  if (!at || !id) throw new Problem('cursor.invalid')
  return sql`(at, id) < (${at}::timestamptz, ${id}::uuid)`
}

function limitOf(text = '50'): number {
  const limit = Number(text)
  if (!/^\d{1,3}$/.test(text) || limit < 1 || limit > 200) throw new Problem('request.malformed', { detail: 'limit: 1…200' })
  return limit
}
