import { writeAudit } from '#server/audit/write.ts'
import type { Viewer } from '#server/access/viewer.ts'
import type { Db, Pool } from '#server/db/connect.ts'
import { enqueue } from '#server/db/queue.ts'
import { sql } from '#server/db/sql.ts'
import type { ImportCounts } from '#shared/api/imports.ts'
import { Problem } from '#shared/problem.ts'
import { uuidv7 } from 'uuidv7'
import { exclusively, goOn, requireViewer, type Background } from './background.ts'
import { stageFile } from './read.ts'
import { isStaged, nextRows, type CommitRow } from './stage.ts'
import { findImport, saveImport, type Import } from './state.ts'
import { tryRows } from './trial.ts'
import { writeRows } from './write.ts'

/** Rows in one transaction: short enough for everybody else, long enough to be fast. */
const batch = 2000

/** Writes the staged rows, batch by batch; each batch and the mark how far it is are one transaction, so that no row is lost or doubled, whatever stops. */
export async function commitImport(around: Background, id: string): Promise<void> {
  await exclusively(around.db, id, async () => {
    const found = await findImport(around.db, id)
    if (found === null || found.state !== 'committing') return
    try {
      const viewer = await requireViewer(around, found.viewerId, 'import')
      if (!(await isStaged(around.db, id))) await stageAgain(around, viewer, found)
      await commitRows(around, viewer, found)
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      await saveImport(around.db, id, { state: 'failed', refusal: { code: error.code, values: error.values } })
    }
  })
}

/** A crash of the database has emptied the stage: the same file and choices fill it again. */
async function stageAgain(around: Background, viewer: Viewer, found: Import) {
  await stageFile(around, viewer, found)
  await tryRows(around.db, viewer, found)
}

async function commitRows(around: Background, viewer: Viewer, found: Import) {
  const { db } = around
  let after = found.committedRow
  let coming = nextRows(db, found.id, after, batch)
  for (;;) {
    const rows = await coming
    const last = rows.at(-1)
    if (last === undefined) break
    goOn(around)
    // Read while the database writes the rows before.
    coming = nextRows(db, found.id, last.row, batch)
    coming.catch(() => {})
    if (!(await writeSome(db, viewer, found.id, after, rows))) return
    after = last.row
  }
  await db.transaction(tx => finish(tx, viewer, found.id))
}

/** One batch. What the database refuses as a whole is halved until the row is found that is to blame. Tells whether to go on. */
async function writeSome(db: Pool, viewer: Viewer, id: string, after: number, rows: CommitRow[]): Promise<boolean> {
  try {
    return await db.transaction(tx => writeBatch(tx, viewer, id, after, rows))
  } catch (error) {
    if (!isAboutRows(error)) throw error
    if (rows.length === 1) return db.transaction(tx => refuseRow(tx, id, after, rows, error))
    const half = Math.ceil(rows.length / 2)
    const first = rows.slice(0, half)
    return await writeSome(db, viewer, id, after, first) && writeSome(db, viewer, id, first.at(-1)?.row ?? after, rows.slice(half))
  }
}

/** A refusal of ours, or one of the database about data (22…) or rules (23…): not a lost connection or a full disk. */
const isAboutRows = (error: unknown): error is Error =>
  error instanceof Problem || (error instanceof Error && 'code' in error && typeof error.code === 'string' && /^2[23]/.test(error.code))

async function writeBatch(tx: Db, viewer: Viewer, id: string, after: number, rows: CommitRow[]): Promise<boolean> {
  const found = await findImport(tx, id, true)
  if (found === null || found.state !== 'committing' || found.committedRow !== after) return false
  const done = await writeRows(tx, viewer, found, rows)
  await mark(tx, found, rows, done)

  return true
}

async function refuseRow(tx: Db, id: string, after: number, rows: CommitRow[], error: Error): Promise<boolean> {
  const found = await findImport(tx, id, true)
  if (found === null || found.state !== 'committing' || found.committedRow !== after) return false
  const finding = error instanceof Problem ? { code: error.code, values: error.values } : { code: 'row.notStored' }
  await tx.query(sql`
    update import_rows set outcome = 'refuse', findings = coalesce(findings, '[]'::jsonb) || ${JSON.stringify([{ ...finding, severity: 'refused' }])}::jsonb
    where import_id = ${id}::uuid and row = ${rows[0]?.row ?? 0}`)
  await mark(tx, found, rows, { created: 0, updated: 0, refused: 1, skipped: 0, contacts: 0 })

  return true
}

/** How far it is and what was done, in the transaction that did it. */
async function mark(tx: Db, found: Import, rows: CommitRow[], done: Required<Pick<ImportCounts, 'created' | 'updated' | 'refused' | 'skipped' | 'contacts'>>) {
  const sum = (name: keyof typeof done) => (found.counts[name === 'contacts' ? 'contactsCreated' : name] ?? 0) + done[name]
  await saveImport(tx, found.id, {
    committedRow: rows.at(-1)?.row ?? found.committedRow, done: found.done + rows.length,
    counts: { ...found.counts, created: sum('created'), updated: sum('updated'), refused: sum('refused'), skipped: sum('skipped'), contactsCreated: sum('contacts') },
  })
}

/** The receipt: what came of the file, in the operation log too. Rows without findings are not needed any more. */
async function finish(tx: Db, viewer: Viewer, id: string) {
  const found = await findImport(tx, id, true)
  if (found === null || found.state !== 'committing') return
  const { created = 0, updated = 0, skipped = 0, refused = 0, contactsCreated = 0 } = found.counts
  const [now] = await tx.query<{ at: string }>(sql`select now() as at`)
  await saveImport(tx, id, { state: 'done', counts: { ...found.counts, created, updated, skipped, refused, contactsCreated, ...(now && { ended: now.at }) } })
  await writeAudit(tx, viewer, {
    action: 'import', object: found.object, reason: found.reason,
    changes: { batch: found.batchId, file: found.file, sha256: found.info.sha256 ?? null, mode: found.mode, rows: found.counts.rows, created, updated, skipped, refused, contactsCreated },
  })
  await tx.query(sql`delete from import_rows where import_id = ${id}::uuid and findings is null`)
  await enqueue(tx, 'search.catchUp', {}, 'search.catchUp')
}

/** Begins to write: the batch by which everything can be taken back comes first. */
export async function beginCommit(tx: Db, viewer: Viewer, found: Import): Promise<void> {
  if (found.state !== 'ready') throw new Problem('import.notReady')
  const batchId = uuidv7()
  const [batch] = await tx.query<{ at: string }>(sql`
    insert into batches (id, kind, object, viewer_id, reason, facts) values (${batchId}, 'import', ${found.object}, ${viewer.id}, ${found.reason}, ${JSON.stringify({ import: found.id, file: found.file })}::jsonb) returning at`)
  await saveImport(tx, found.id, { state: 'committing', batchId, counts: { ...found.counts, ...(batch && { began: batch.at }) }, done: 0, total: found.counts.rows + (found.counts.ignored ?? 0), committedRow: 0 })
}
