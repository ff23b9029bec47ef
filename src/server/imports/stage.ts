import type { Cell } from '#server/files/read.ts'
import type { Db } from '#server/db/connect.ts'
import { copyIn, copyLine } from '#server/db/copy.ts'
import { sql } from '#server/db/sql.ts'
import type { RowFinding } from './rows.ts'

/** What will happen with a row. `contact`: one more contact for another row's record; `ignore`: a total or a footer. */
export type Outcome = 'create' | 'update' | 'contact' | 'skip' | 'refuse' | 'ignore'

export interface StagedRow {
  row: number
  outcome: Outcome
  isDoubtful: boolean
  recordId: string | null
  sameAs: number | null
  nameKey: string | null
  values: Record<string, unknown>
  contact: Record<string, unknown> | null
  kept: string[]
  cells: Cell[]
  findings: RowFinding[]
}

const columns = ['import_id', 'row', 'outcome', 'is_doubtful', 'record_id', 'same_as', 'name_key', 'values', 'contact', 'kept', 'cells', 'findings']

/** Appends rows to the stage with COPY, the fastest way in. */
export async function stageRows(db: Db, importId: string, rows: readonly StagedRow[]): Promise<void> {
  if (rows.length > 0) await db.transaction(tx => copyIn(tx, 'import_rows', columns, rows.map(row => lineOf(importId, row))))
}

const lineOf = (importId: string, row: StagedRow) => copyLine([
  importId, row.row, row.outcome, row.isDoubtful, row.recordId, row.sameAs, row.nameKey?.replaceAll('\u0000', ''), json(row.values), row.contact && json(row.contact),
  row.kept.length === 0 ? null : json(row.kept), json(row.cells), row.findings.length === 0 ? null : json(row.findings),
])

// PostgreSQL knows no NUL in a text.
const json = (value: unknown) => JSON.stringify(value).replaceAll('\\u0000', '')

export const clearStage = (db: Db, importId: string) => db.query(sql`delete from import_rows where import_id = ${importId}::uuid`)

export interface CommitRow {
  row: number
  outcome: Outcome
  recordId: string | null
  values: Record<string, unknown>
  contact: Record<string, unknown> | null
  kept: string[] | null
}

/** The next rows to write, in the order of the file. */
export const nextRows = (db: Db, importId: string, after: number, limit: number) =>
  db.query<CommitRow>(sql`
    select row, outcome, record_id as "recordId", "values", contact, kept from import_rows
    where import_id = ${importId}::uuid and row > ${after} order by row limit ${limit}`)

/** A crash of the database empties the stage: then it has to be filled again. */
export async function isStaged(db: Db, importId: string): Promise<boolean> {
  return (await db.query(sql`select from import_rows where import_id = ${importId}::uuid limit 1`)).length > 0
}
