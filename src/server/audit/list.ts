import type { AuditLine } from '#shared/api/audit.ts'
import type { Viewer } from '../access/viewer.ts'
import { Problem } from '#shared/problem.ts'
import type { Db } from '../db/connect.ts'
import { and, sql, type Sql } from '../db/sql.ts'

export interface AuditQuery { person?: string | undefined; object?: string | undefined; record?: string | undefined; action?: string | undefined; batch?: string | undefined; from?: string | undefined; to?: string | undefined; before?: string | undefined; limit?: string | undefined }

interface Row { id: string; at: string; viewer_id: string | null; viewer_name: string; action: string; object: string | null; record_id: string | null; fields: string[]; reason: string | null; source: string; batch_id: string | null }

/** The operation log, newest first: who, when, what, and the names of the fields; the values stay with the record's own history. */
export async function listAudit(db: Db, viewer: Viewer, query: AuditQuery): Promise<{ entries: AuditLine[]; next: string | null }> {
  if (!viewer.rights.includes('audit')) throw new Problem('right.missing')
  const limit = Math.min(Math.max(Number(query.limit ?? 50) || 50, 1), 500)
  const rows = await db.query<Row>(sql`
    select id, at, viewer_id, viewer_name, action, object, record_id, reason, source, batch_id,
      case jsonb_typeof(changes) when 'array' then array(select change->>'field' from jsonb_array_elements(changes) change) else '{}' end as fields
    from audit where ${and(conditionsOf(query))} order by at desc, id desc limit ${limit + 1}`)
  const last = rows[limit - 1]
  return { entries: rows.slice(0, limit).map(lineOf), next: rows.length > limit && last ? `${last.at}_${last.id}` : null }
}

function conditionsOf(query: AuditQuery): Sql[] {
  const [at, id] = (query.before ?? '').split('_')
  const given = (value: string | undefined, condition: (value: string) => Sql) => (value ? [condition(value)] : [])
  return [
    ...given(query.person, person => sql`viewer_id = ${person}::uuid`),
    ...given(query.object, object => sql`object = ${object}`),
    ...given(query.record, record => sql`record_id = ${record}::uuid`),
    ...given(query.action, action => sql`action = ${action}`),
    ...given(query.batch, batch => sql`batch_id = ${batch}::uuid`),
    ...given(query.from, from => sql`at >= ${from}::timestamptz`),
    ...given(query.to, to => sql`at < ${to}::timestamptz`),
    ...given(query.before, () => sql`(at, id) < (${at}::timestamptz, ${id}::uuid)`),
  ]
}

const lineOf = (row: Row): AuditLine => ({
  id: row.id, at: row.at, by: { id: row.viewer_id, label: row.viewer_name }, action: row.action, object: row.object, recordId: row.record_id,
  fields: row.fields, reason: row.reason, source: row.source, batchId: row.batch_id,
})
