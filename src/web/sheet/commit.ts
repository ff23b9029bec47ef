import { undoBatch } from '#shared/api/records.ts'
import type { RecordOut } from '#shared/api/records.ts'
import { editRecords, fillRange, redoBatch, type Edited } from '#shared/api/sheet.ts'
import type { ObjectOut } from '#shared/api/objects.ts'
import { isRefused } from '#shared/fields/field.ts'
import { Problem, type Finding } from '#shared/problem.ts'
import { call } from '#web/api.ts'
import { findingText, problemText, t } from '#web/i18n.ts'
import { toast } from '#web/ui/toast.tsx'
import type { CellEdit, CellProblem, RangeEdit } from '#web/ui/grid/types.ts'
import { attempt, undoMany } from '#web/records/acts.ts'
import { changedHere } from '#web/records/changes-here.ts'
import { fieldNamed, isSame } from '#web/records/shape.ts'
import type { Surroundings } from '#web/records/sheet-acts.ts'
import { isBlank } from '#web/records/sheet-added.ts'
import { lookUp } from '#web/records/look-up.ts'
import { understand } from '#web/records/values.ts'

type Values = Record<string, unknown>

/** The changes of one record among the edits of a paste. */
interface RowChange { record: RecordOut; values: Values }

/** Saves edited cells as one batch, shown at once; what is refused comes back with its reason and stays as typed. */
export async function commitCells(around: Surroundings, edits: CellEdit<RecordOut>[]): Promise<CellProblem[]> {
  const { object, added, saving } = around
  const isNew = (row: RecordOut) => added.stateOf(row) !== undefined
  const { changes, problems } = await understood(object, edits)
  for (const { record, values } of changes.filter(change => isNew(change.record))) added.put(record.id, values)
  const pasted = edits.length > 1 ? new Set(edits.filter(edit => isNew(edit.row)).map(edit => edit.row.id)) : new Set<string>()
  const wrong = new Set(problems.map(problem => problem.rowId))
  const create = added.rows.get().filter(row => pasted.has(row.id) && !wrong.has(row.id) && !isBlank(row))
  const old = changes.filter(change => !isNew(change.record))
  const reason = await saving.reasonFor(old)
  if (reason === null) return [...problems, ...old.flatMap(change => refusals(change, { code: 'reason.needed' }))]
  problems.push(...await save(around, create, old, reason))
  if (edits.length > 1) summarise(problems)
  return problems
}

/** One batch: what was made, what was changed. */
async function save(around: Surroundings, create: RecordOut[], changes: RowChange[], reason: string | undefined): Promise<CellProblem[]> {
  if (create.length + changes.length === 0) return []
  const { object, store, added, acts } = around
  const patches = changes.map(({ record, values }) => ({ id: record.id, patch: store.patch(record.id, row => ({ ...row, ...values })) }))
  try {
    const edited = await call(editRecords, {
      params: { object: object.name },
      body: { ...bodyOf(create, changes), ...(reason === undefined ? {} : { reason }) },
    })
    const saved = new Map(edited.records.map(record => [record.id, record]))
    patches.forEach(({ id, patch }) => { if (saved.has(id)) patch.settle(saved.get(id)); else patch.rollback() })
    const made = create.filter(({ id }) => saved.has(id))
    made.forEach(({ id }) => added.saved.add(id))
    if (edited.batchId !== null) acts.push(edited.batchId)
    changedHere(object.name, edited.records.map(record => record.id))
    tell(around, made.length, changes, edited)
    return await refusalsOf(around, changes, edited, reason)
  } catch (error) {
    patches.forEach(({ patch }) => patch.rollback())
    if (!(error instanceof Problem)) throw error
    return [...changes, ...create.map(record => ({ record, values: valuesOf(record) }))]
      .flatMap(change => Object.keys(change.values).map(column => ({ rowId: change.record.id, column, message: problemText(error) })))
  }
}

const bodyOf = (create: RecordOut[], changes: RowChange[]) => ({
  ...(create.length > 0 && { create: create.map(record => ({ id: record.id, values: valuesOf(record) })) }),
  ...(changes.length > 0 && { change: changes.map(({ record, values }) => ({ id: record.id, version: record.version, values })) }),
})

const valuesOf = ({ id: _id, version: _version, ...values }: RecordOut): Values => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null))

/** One cell says itself that it was saved; more of them are worth a word and a way back. */
function tell(around: Surroundings, made: number, changes: RowChange[], { records, batchId }: Edited) {
  const saved = new Set(records.map(record => record.id))
  const cells = changes.filter(({ record }) => saved.has(record.id)).reduce((sum, { values }) => sum + Object.keys(values).length, 0)
  if (batchId === null || (made === 0 && cells <= 1)) return
  const text = [...(made > 0 ? [t('sheet.added', { count: made })] : []), ...(cells > 0 ? [t('sheet.cellsSaved', { count: cells })] : [])].join(' · ')
  toast({ text, undo: () => takeBackThis(around, batchId) })
}

/** The bad cells of a paste in one sentence; they stay marked where they are. */
function summarise(problems: CellProblem[]) {
  if (problems.length > 0) toast({ text: t('sheet.cellsRefused', { count: problems.length, reason: problems[0]?.message ?? '' }) })
}

async function understood(object: ObjectOut, edits: CellEdit<RecordOut>[]): Promise<{ changes: RowChange[]; problems: CellProblem[] }> {
  const changes = new Map<string, RowChange>()
  const problems: CellProblem[] = []
  const known = new Map<string, Promise<unknown>>()
  for (const edit of edits) {
    const field = fieldNamed(object, edit.column)
    if (field === undefined) continue
    const input = edit.value === undefined ? edit.text : edit.value
    const parsed = understand(field, typeof input === 'string' && input !== '' ? await lookUp(field, input, known) : input === '' ? null : input)
    if (isRefused(parsed)) problems.push(cellProblem(edit.row.id, edit.column, parsed.refusal))
    else if (!isSame(parsed.value, edit.row[edit.column])) {
      const change = changes.get(edit.row.id) ?? { record: edit.row, values: {} }
      changes.set(edit.row.id, { ...change, values: { ...change.values, [edit.column]: parsed.value } })
    }
  }
  return { changes: [...changes.values()], problems }
}

const cellProblem = (rowId: string, column: string, finding: Finding): CellProblem =>
  ({ rowId, column, message: findingText(finding), ...(finding.proposal === undefined ? {} : { proposal: finding.proposal }) })

const refusals = (change: RowChange, finding: Finding) => Object.keys(change.values).map(column => cellProblem(change.record.id, column, finding))

/** At the cells that the server named, else at all that were sent. Where somebody else was faster, both values are shown. */
async function refusalsOf({ object, saving, store }: Surroundings, changes: RowChange[], { refused }: Edited, reason: string | undefined): Promise<CellProblem[]> {
  const problems: CellProblem[] = []
  for (const { id, fields } of refused) {
    const change = changes.find(({ record }) => record.id === id)
    if (change && fields.some(({ code }) => code === 'record.conflict')) {
      const answer = await saving.saveWith(change.record, change.values, reason)
      if (answer !== null && 'problem' in answer) problems.push(...Object.keys(change.values).map(column => ({ rowId: id, column, message: problemText(answer.problem) })))
      else if (answer !== null) store.patch(id, row => row).settle(answer.record)
      continue
    }
    const named = fields.filter(({ field }) => field !== undefined)
    const sent = change ? Object.keys(change.values) : [object.title]
    problems.push(...named.length > 0 ? named.map(finding => cellProblem(id, finding.field ?? '', finding)) : sent.flatMap(column => fields.map(finding => cellProblem(id, column, finding))))
  }
  return problems
}

/** Saves what was typed below the list, but not the row in which somebody still works, nor one in which a text stands that was refused. */
export async function saveAdded(around: Surroundings, except: string | undefined) {
  const { added, grid } = around
  const refused = grid.current?.refused() ?? new Set()
  const rows = added.rows.get().slice(0, -1).filter(row => row.id !== except && added.stateOf(row) === 'unsaved' && !refused.has(row.id))
  const [empty, filled] = [rows.filter(isBlank), rows.filter(row => !isBlank(row))]
  if (empty.length > 0) added.forget(empty.map(row => row.id))
  if (filled.length === 0) return
  const problems = await save(around, filled, [], undefined)
  grid.current?.refuse(filled.map(row => row.id), problems)
  summarise(problems)
}

/** More than one save may bring: the server writes into the range itself. */
export async function fillFar({ object, query, acts }: Surroundings, { from, to, lines }: RangeEdit) {
  const known = new Map<string, Promise<unknown>>()
  const rows: Values[] = []
  for (const line of lines) {
    const row: Values = {}
    for (const { column, text } of line) {
      const field = fieldNamed(object, column)
      const parsed = field && understand(field, text === '' ? null : await lookUp(field, text, known))
      if (parsed && isRefused(parsed)) return toast({ text: findingText(parsed.refusal) })
      if (parsed) row[column] = parsed.value
    }
    rows.push(row)
  }
  toast({ text: t('sheet.filling', { count: (to - from + 1).toLocaleString() }) })
  await attempt(async () => {
    const { batchId, done, skipped } = await call(fillRange, { params: { object: object.name }, body: { ...query, from, to, rows } })
    acts.push(batchId)
    changedHere(object.name)
    toast({ text: t('bulk.changed', { count: done }) + (skipped > 0 ? ` · ${t('bulk.skipped', { count: skipped })}` : '') })
  })
}

/** Whole rows go into the recycle bin; those that were never saved are forgotten. */
export async function removeRows(around: Surroundings, { from, to }: { from: number; to: number }) {
  const { object, store, added, acts } = around
  added.forget(added.rows.get().filter((row, i) => store.total + i >= from && store.total + i <= to && added.stateOf(row) === 'unsaved').map(row => row.id))
  // Heads of groups are no records.
  const rows = (from < store.total ? await store.fetch(from, Math.min(to, store.total - 1)) : []).filter(row => row.version > 0)
  if (rows.length === 0) return
  await attempt(async () => {
    const { batchId, done, refused } = await call(editRecords, { params: { object: object.name }, body: { remove: rows.map(row => row.id) } })
    if (batchId !== null) acts.push(batchId)
    changedHere(object.name)
    const skipped = refused.length > 0 ? ` · ${t('sheet.notRemoved', { count: refused.length })}` : ''
    toast({ text: t('bulk.removed', { count: done }) + skipped, ...(batchId === null ? {} : { undo: () => takeBackThis(around, batchId) }) })
  })
}

/** Ctrl/⌘ Z: the newest batch, or this one, which then leaves the order. */
export async function takeBack({ object, acts }: Surroundings, batchId = acts.undo()) {
  if (batchId === undefined) return
  const isDone = await attempt(async () => {
    const { kept } = await call(undoBatch, { params: { id: batchId } })
    changedHere(object.name)
    toast({ text: kept === 0 ? t('sheet.undone') : t('sheet.keptTheirs', { count: kept }) })
  })
  if (!isDone) acts.redo()
}

/** The way back that a toast offers: of its own batch, whatever was done since. */
function takeBackThis(around: Surroundings, batchId: string) {
  const newest = around.acts.undo()
  if (newest === batchId) return takeBack(around, batchId)
  if (newest !== undefined) around.acts.redo()
  around.acts.drop(each => each === batchId)
  return undoMany(around.object.name, batchId)
}

/** Ctrl/⌘ Shift Z. */
export async function doAgain({ object, acts }: Surroundings) {
  const batchId = acts.redo()
  if (batchId === undefined) return
  const isDone = await attempt(async () => {
    const { kept } = await call(redoBatch, { params: { id: batchId } })
    changedHere(object.name)
    toast({ text: kept === 0 ? t('sheet.redone') : t('sheet.keptTheirs', { count: kept }) })
  })
  if (!isDone) acts.undo()
}
