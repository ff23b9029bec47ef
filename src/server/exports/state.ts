import type { ExportFormat, ExportQuery, ExportState } from '#shared/api/exports.ts'
import type { Finding } from '#shared/problem.ts'
import { Problem } from '#shared/problem.ts'
import type { Viewer } from '#server/access/viewer.ts'
import type { Db } from '#server/db/connect.ts'
import { sql } from '#server/db/sql.ts'
import { dropFile } from '#server/files/store.ts'

/** One list on its way into a file. */
export interface Export {
  id: string
  object: string
  viewerId: string
  state: ExportState
  format: ExportFormat
  query: ExportQuery
  /** How the file is called when it is fetched. */
  name: string
  path: string | null
  rows: number
  bytes: number | null
  sha256: string | null
  refusal: Finding | null
  createdAt: string
}

const columns = sql`id, object, viewer_id as "viewerId", state, format, query, name, path, rows, bytes, sha256, refusal, created_at as "createdAt"`

export async function findExport(db: Db, id: string): Promise<Export | null> {
  const [row] = await db.query<Export>(sql`select ${columns} from exports where id = ${id}::uuid`)
  return row ?? null
}

/** One's own export; anybody else's is not there. */
export async function requireExport(db: Db, viewer: Viewer, id: string): Promise<Export> {
  const found = await findExport(db, id)
  if (found === null || found.viewerId !== viewer.id) throw new Problem('export.notFound')
  return found
}

/** One's own of the last seven days, newest first. */
export const exportsOf = (db: Db, viewer: Viewer): Promise<Export[]> =>
  db.query<Export>(sql`select ${columns} from exports where viewer_id = ${viewer.id}::uuid and created_at > now() - interval '7 days' order by created_at desc, id desc limit 50`)

export async function addExport(db: Db, wanted: Pick<Export, 'id' | 'object' | 'viewerId' | 'format' | 'query' | 'name'>): Promise<void> {
  await db.query(sql`
    insert into exports (id, object, viewer_id, state, format, query, name)
    values (${wanted.id}, ${wanted.object}, ${wanted.viewerId}, 'running', ${wanted.format}, ${JSON.stringify(wanted.query)}::jsonb, ${wanted.name})`)
}

export const saveProgress = (db: Db, id: string, rows: number) => db.query(sql`update exports set rows = ${rows} where id = ${id}::uuid and state = 'running'`)

export const endExport = (db: Db, id: string, facts: { path: string; rows: number; bytes: number; sha256: string }) =>
  db.query(sql`update exports set state = 'done', path = ${facts.path}, rows = ${facts.rows}, bytes = ${facts.bytes}, sha256 = ${facts.sha256}, finished_at = now() where id = ${id}::uuid`)

export const refuseExport = (db: Db, id: string, refusal: Finding) =>
  db.query(sql`update exports set state = 'failed', refusal = ${JSON.stringify(refusal)}::jsonb, finished_at = now() where id = ${id}::uuid and state = 'running'`)

export const unfinishedExports = async (db: Db) => (await db.query<{ id: string }>(sql`select id from exports where state = 'running'`)).map(row => row.id)

/** Exported files are personal data outside of everybody's permissions: they lie here for a day. */
export async function dropOldExports(db: Db): Promise<void> {
  const old = await db.query<{ id: string; path: string }>(sql`select id, path from exports where path is not null and created_at < now() - interval '1 day'`)
  for (const { id, path } of old) {
    await dropFile('exports', path)
    await db.query(sql`update exports set path = null where id = ${id}::uuid`)
  }
}
