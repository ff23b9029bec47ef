import type { ColumnMapping, ImportCounts, ImportKind, ImportState } from '#shared/api/imports.ts'
import type { Finding } from '#shared/problem.ts'
import { Problem } from '#shared/problem.ts'
import type { Viewer } from '#server/access/viewer.ts'
import type { Db } from '#server/db/connect.ts'
import { ident, join, raw, sql } from '#server/db/sql.ts'
import { dropFile } from '#server/files/store.ts'
import type { Fix } from './fixes.ts'

export const modes = ['create', 'update', 'upsert'] as const
export type Mode = (typeof modes)[number]

/** What the reader found out about the file. */
export interface Info {
  format?: string
  encoding?: string | null
  sheets?: { name: string; hidden: boolean }[]
  sheet?: string | null
  sha256?: string
  findings?: Finding[]
}

/** What a person chose. */
export interface Choices {
  sheet?: string
  headerRow?: number
  encoding?: string
  columns?: { column: number; field: string | null }[]
  fixes?: Fix[]
}

export interface Import {
  id: string
  object: string
  viewerId: string
  state: ImportState
  file: string
  path: string
  info: Info
  choices: Choices
  password: string | null
  headerRow: number | null
  shape: string | null
  mapping: ColumnMapping[]
  mode: Mode
  matchField: string | null
  reason: string | null
  attempt: number
  counts: ImportCounts
  kinds: ImportKind[]
  done: number
  total: number
  committedRow: number
  refusal: Finding | null
  batchId: string | null
  isUndoing: boolean
  createdAt: string
}

const columns: Record<keyof Import, string> = {
  id: 'id', object: 'object', viewerId: 'viewer_id', state: 'state', file: 'file', path: 'path', info: 'info', choices: 'choices', password: 'password',
  headerRow: 'header_row', shape: 'shape', mapping: 'mapping', mode: 'mode', matchField: 'match_field', reason: 'reason', attempt: 'attempt', counts: 'counts',
  kinds: 'kinds', done: 'done', total: 'total', committedRow: 'committed_row', refusal: 'refusal', batchId: 'batch_id', isUndoing: 'is_undoing', createdAt: 'created_at',
}
const asJson = new Set<string>(['info', 'choices', 'mapping', 'counts', 'kinds', 'refusal'])
const list = join(Object.entries(columns).map(([name, column]) => sql`${ident(column)} as ${raw(`"${name}"`)}`))

/** One import, or null; for steps that run in the background. */
export async function findImport(db: Db, id: string, lock = false): Promise<Import | null> {
  const [row] = await db.query<Import>(sql`select ${list} from imports where id = ${id}::uuid ${raw(lock ? 'for update' : '')}`)
  return row ?? null
}

/** One's own import; anybody else's is not there. */
export async function requireImport(db: Db, viewer: Viewer, id: string, lock = false): Promise<Import> {
  const found = await findImport(db, id, lock)
  if (found === null || (viewer.kind === 'person' && found.viewerId !== viewer.id)) throw new Problem('import.notFound')
  return found
}

export const importsOf = (db: Db, viewer: Viewer): Promise<Import[]> =>
  db.query<Import>(sql`select ${list} from imports where viewer_id = ${viewer.id}::uuid order by created_at desc limit 50`)

/** Writes some facts; with `attempt`, only while nobody has changed the choices since. Tells whether it did. */
export async function saveImport(db: Db, id: string, facts: Partial<Import>, attempt?: number): Promise<boolean> {
  const sets = Object.entries(facts).map(([name, value]) => {
    const column = columns[name as keyof Import]
    return asJson.has(name) ? sql`${ident(column)} = ${value === null ? null : JSON.stringify(value)}::jsonb` : sql`${ident(column)} = ${value}`
  })
  const rows = await db.query(sql`update imports set ${join([...sets, raw('updated_at = now()')])} where id = ${id}::uuid ${attempt === undefined ? raw('') : sql`and attempt = ${attempt}`} returning id`)

  return rows.length > 0
}

/** What was chosen last time for a file with this header, by column. */
export async function rememberedMapping(db: Db, viewerId: string, object: string, shape: string): Promise<ColumnMapping[]> {
  const [row] = await db.query<{ mapping: ColumnMapping[] }>(sql`
    select mapping from imports where viewer_id = ${viewerId}::uuid and object = ${object} and shape = ${shape} and state in ('done', 'undone') order by created_at desc limit 1`)
  return row?.mapping ?? []
}

export const unfinishedImports = (db: Db) =>
  db.query<Pick<Import, 'id' | 'state' | 'attempt' | 'isUndoing'>>(sql`select id, state, attempt, is_undoing as "isUndoing" from imports where state in ('reading', 'committing') or is_undoing`)

/** Said when the work has failed as often as it may. */
export const giveUpImport = (db: Db, id: string) =>
  db.query(sql`update imports set state = 'failed', refusal = '{"code": "import.gaveUp"}', updated_at = now() where id = ${id}::uuid and state in ('reading', 'committing')`)

/** Files wait a month for whoever wants to look again; an import that nobody wrote is forgotten with its file. */
export async function dropOldImports(db: Db): Promise<void> {
  const old = await db.query<{ id: string; path: string }>(sql`
    select id, path from imports where updated_at < now() - interval '30 days' and path <> '' and state not in ('reading', 'committing') and not is_undoing`)
  for (const { id, path } of old) {
    await dropFile('uploads', path)
    await db.query(sql`delete from import_rows where import_id = ${id}::uuid`)
    await db.query(sql`update imports set path = '' where id = ${id}::uuid`)
  }
  await db.query(sql`delete from imports where path = '' and batch_id is null`)
}
