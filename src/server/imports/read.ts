import { uuidv7 } from 'uuidv7'
import { today, type Viewer } from '#server/access/viewer.ts'
import type { Pool } from '#server/db/connect.ts'
import type { OpenFile, SourceRow } from '#server/files/read.ts'
import { placeOf } from '#server/files/store.ts'
import { readInWorker } from '#server/files/worker.ts'
import { Problem } from '#shared/problem.ts'
import { importable } from './access.ts'
import { exclusively, goOn, Outdated, requireViewer, type Background } from './background.ts'
import { ruleInWords } from '#server/records/rules.ts'
import { finishTrial } from './trial.ts'
import { fixesOf } from './fixes.ts'
import { junkOf, type Junk } from './footer.ts'
import { Grouping } from './grouping.ts'
import { headRows, mapHead, readHead } from './head.ts'
import { Lookups } from './lookups.ts'
import { planOf } from './plan.ts'
import { understandRow, type Plan, type RowFinding } from './rows.ts'
import { withoutSecrets } from './secrets.ts'
import { clearStage, stageRows, type StagedRow } from './stage.ts'
import { findImport, rememberedMapping, saveImport, type Import } from './state.ts'

/** So many rows are staged, and reported as progress, at a time. */
const batch = 2000
/** Rows between two breaths of the event loop: others are served meanwhile. */
const breath = 100

/** Reads a file, understands every row and tries it against what is there. Nothing is written to the records. */
export async function readImport(around: Background, id: string, attempt: number): Promise<void> {
  await exclusively(around.db, id, async () => {
    const found = await findImport(around.db, id)
    if (found === null || found.attempt !== attempt || found.state !== 'reading') return
    try {
      const viewer = await requireViewer(around, found.viewerId, 'import')
      await stageFile(around, viewer, found)
      await finishTrial(around.db, viewer, id, attempt)
    } catch (error) {
      if (error instanceof Outdated) return
      if (!(error instanceof Problem)) throw error
      await refuseFile(around.db, found, error)
    }
  })
}

const refuseFile = (db: Pool, found: Import, { code, values }: Problem) => saveImport(db, found.id, { state: 'refused', refusal: { code, values }, password: null }, found.attempt)

/** Fills the stage from the file; also after a crash, with the same choices and so the same result. */
export async function stageFile(around: Background, viewer: Viewer, found: Import): Promise<void> {
  const { choices } = found
  await clearStage(around.db, found.id)
  const file = await readInWorker(placeOf('uploads', found.path), {
    name: found.file, ...(found.password !== null && { password: found.password }), ...(choices.sheet !== undefined && { sheet: choices.sheet }), ...(choices.encoding !== undefined && { encoding: choices.encoding }),
  })
  try {
    await stageOpened(around, viewer, found, file)
  } finally {
    file.close()
  }
}

async function stageOpened(around: Background, viewer: Viewer, found: Import, file: OpenFile) {
  const source = file.rows()[Symbol.asyncIterator]()
  const head = await firstRows(source)
  const work = await begin(around.db, viewer, found, file, head)
  try {
    for (let rows = head; rows.length > 0; rows = await nextBatch(source)) {
      goOn(around)
      await stageSome(work, rows)
    }
    await work.flush()
  } finally {
    await work.storing
  }
  if (work.seen === 0) throw new Problem('import.noRows')
  const { format, encoding, sheets, sheet, sha256, findings } = file.info
  await keep(work, { info: { format, encoding, sheets, sheet, sha256, findings: [...work.header.findings, ...findings] }, total: work.seen })
}

async function firstRows(source: AsyncIterator<SourceRow[]>): Promise<SourceRow[]> {
  const rows: SourceRow[] = []
  while (rows.length < headRows) {
    const next = await nextBatch(source)
    if (next.length === 0) break
    rows.push(...next)
  }

  return rows
}

async function nextBatch(source: AsyncIterator<SourceRow[]>): Promise<SourceRow[]> {
  const next = await source.next()
  return next.done === true ? [] : next.value
}

/** One reading at work. */
class Work {
  staged: StagedRow[] = []
  storing: Promise<void> = Promise.resolve()
  seen = 0
  readonly db: Pool
  readonly viewer: Viewer
  readonly found: Import
  readonly header: ReturnType<typeof readHead>['header']
  readonly plan: Plan
  readonly lookups: Lookups
  readonly grouping: Grouping

  constructor(db: Pool, viewer: Viewer, found: Import, header: Work['header'], plan: Plan, lookups: Lookups, matchField: string | null) {
    this.db = db
    this.viewer = viewer
    this.found = found
    this.header = header
    this.plan = plan
    this.lookups = lookups
    this.grouping = new Grouping(plan.object, matchField)
  }

  /** Hands the rows to the database once it has taken those before: it stores while the next are being understood. */
  async flush() {
    await this.storing
    const [rows, done] = [this.staged, this.seen]
    this.staged = []
    this.storing = stageRows(this.db, this.found.id, rows).then(() => keep(this, { done }))
    this.storing.catch(() => {})
  }
}

/** Saves facts, unless the choices have changed meanwhile. */
async function keep(work: Work, facts: Partial<Import>) {
  if (!(await saveImport(work.db, work.found.id, facts, work.found.attempt))) throw new Outdated()
}

async function begin(db: Pool, viewer: Viewer, found: Import, file: OpenFile, rows: readonly SourceRow[]): Promise<Work> {
  const { object, contact, targets } = importable(viewer, found.object)
  const head = readHead(rows, targets, found.choices.headerRow)
  if (head.columns.length === 0) throw new Problem('import.noRows')
  const remembered = found.choices.columns === undefined ? await rememberedMapping(db, found.viewerId, found.object, head.shape) : []
  const mapping = mapHead(head, targets, object, found.choices.columns ?? [], remembered)
  const lookups = new Lookups()
  await lookups.addPeople(db, viewer)
  const context = { today: today(viewer), timeZone: viewer.timeZone, lookup: lookups.find, fromFile: true }
  const plan = planOf(object, contact, mapping, targets, { mode: found.mode, fixes: fixesOf(found.choices.fixes ?? []), context, ruleOf: field => ruleInWords(viewer, object, field) })
  const matchField = matchFieldOf(found, plan)
  const work = new Work(db, viewer, found, head.header, plan, lookups, found.mode === 'create' ? null : matchField)
  await keep(work, { mapping, headerRow: head.header.row, shape: head.shape, matchField, info: { format: file.info.format, encoding: file.info.encoding, sheets: file.info.sheets, sheet: file.info.sheet, sha256: file.info.sha256 } })

  return work
}

/** The field by which rows find their records: what was chosen, else the number, else another unique field of the file. */
function matchFieldOf(found: Import, plan: Plan): string | null {
  const mapped = new Set(plan.columns.filter(column => !column.spot.ofContact).map(column => column.spot.field.name))
  if (found.matchField !== null && mapped.has(found.matchField)) return found.matchField
  const unique = plan.object.fields.filter(field => field.unique === true && mapped.has(field.name))

  return (unique.find(field => field.name === plan.object.numberField) ?? unique[0])?.name ?? null
}

async function stageSome(work: Work, rows: readonly SourceRow[]) {
  await lookUpReferences(work, rows)
  for (const [i, row] of rows.entries()) {
    if (row.row <= work.header.lastRow) continue
    stageOne(work, row)
    if (work.staged.length >= batch) await work.flush()
    else if (i % breath === breath - 1) await new Promise(resolve => setImmediate(resolve))
  }
}

/** What columns of references name is brought in, one question for a batch. */
async function lookUpReferences(work: Work, rows: readonly SourceRow[]) {
  for (const column of work.plan.columns) {
    const { field } = column.spot
    if (field.type !== 'reference' || field.target === undefined) continue
    await work.lookups.addRecords(work.db, work.viewer, field.target, rows.map(row => String(row.cells[column.column] ?? '')))
  }
}

function stageOne(work: Work, source: SourceRow) {
  const junk = junkOf(source.cells, work.header.columns.map(column => column.header))
  if (junk === 'blank') return
  work.seen++
  work.staged.push(junk === null ? understood(work, source) : ignored(source, junk))
}

function understood(work: Work, source: SourceRow): StagedRow {
  const row = understandRow(source, work.plan)
  const relation = work.grouping.place(row)
  const isDoubtful = row.findings.some(finding => finding.severity === 'doubtful')

  return {
    row: row.row, outcome: row.isRefused ? 'refuse' : relation.isContact ? 'contact' : 'create', isDoubtful, recordId: relation.sameAs === null ? uuidv7() : null, sameAs: relation.sameAs,
    nameKey: relation.nameKey, values: row.values, contact: row.contact, kept: row.kept, cells: row.cells, findings: row.findings,
  }
}

function ignored(source: SourceRow, junk: Junk): StagedRow {
  const finding: RowFinding = { code: junk === 'header' ? 'row.headerAgain' : 'row.footer', severity: 'noted' }
  return { row: source.row, outcome: 'ignore', isDoubtful: false, recordId: null, sameAs: null, nameKey: null, values: {}, contact: null, kept: [], cells: withoutSecrets(source.cells).cells, findings: [finding] }
}
