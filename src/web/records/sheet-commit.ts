import type { RecordOut } from '#shared/api/records.ts'
import type { ObjectOut } from '#shared/api/objects.ts'
import { isRefused } from '#shared/fields/field.ts'
import type { Finding, Problem } from '#shared/problem.ts'
import { findingText, problemText, t } from '#web/i18n.ts'
import { toast } from '#web/ui/toast.tsx'
import type { History } from '#web/ui/grid/history.ts'
import type { CellEdit, CellProblem } from '#web/ui/grid/types.ts'
import type { WindowStore } from '#web/ui/grid/window-store.ts'
import type { Saving } from './saving.tsx'
import { fieldNamed, isSame } from './shape.ts'
import { lookUp } from './look-up.ts'
import { understand } from './values.ts'

type Values = Record<string, unknown>

/** An act of this screen that can be taken back and done again; true when it went through. */
export interface Act { undo: () => Promise<boolean>; redo: (() => Promise<boolean>) | null }

/** The changes of one record among the edits of a paste. */
interface RowChange { record: RecordOut; values: Values }

const parallel = 4

interface Surroundings { object: ObjectOut; store: WindowStore<RecordOut>; saving: Saving; acts: History<Act> }

/** Saves edited cells record by record, shown at once; what is refused comes back with its reason and stays as typed. */
export async function commitCells(around: Surroundings, edits: CellEdit<RecordOut>[]): Promise<CellProblem[]> {
  const { changes, problems } = await understood(around.object, edits)
  const reason = await around.saving.reasonFor(changes)
  if (reason === null) return [...problems, ...changes.flatMap(change => refusals(change, { code: 'reason.needed' }))]
  const saved: { before: RecordOut; after: RecordOut; values: Values }[] = []
  await inParallel(changes, async change => {
    const patch = around.store.patch(change.record.id, row => ({ ...row, ...change.values }))
    const answer = await around.saving.saveWith(change.record, change.values, reason)
    if (answer === null) return patch.rollback()
    if ('problem' in answer) { patch.rollback(); problems.push(...refusalsOf(change, answer.problem)); return }
    patch.settle(answer.record)
    saved.push({ before: change.record, after: answer.record, values: change.values })
  })
  if (saved.length > 0) remember(around, saved, reason)
  return problems
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

/** At the cells that the server named, else at all that were sent. */
function refusalsOf(change: RowChange, problem: Problem): CellProblem[] {
  const named = problem.fields.filter(finding => finding.field !== undefined && finding.field in change.values)
  if (named.length > 0) return named.map(finding => cellProblem(change.record.id, finding.field ?? '', finding))
  return Object.keys(change.values).map(column => ({ rowId: change.record.id, column, message: problemText(problem) }))
}

async function inParallel<T>(items: T[], work: (item: T) => Promise<void>) {
  const waiting = [...items]
  const worker = async () => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item)
  }
  await Promise.all(Array.from({ length: Math.min(parallel, items.length) }, worker))
}

function remember(around: Surroundings, saved: { before: RecordOut; after: RecordOut; values: Values }[], reason: string | undefined) {
  let current = saved.map(each => each.after)
  const put = async (valuesOf: (i: number) => Values) => {
    let isDone = true
    await inParallel(saved.map((_, i) => i), async i => {
      const record = current[i]
      if (record === undefined) return
      const patch = around.store.patch(record.id, row => ({ ...row, ...valuesOf(i) }))
      const answer = await around.saving.saveWith(record, valuesOf(i), reason === undefined ? undefined : t('ui.undo'))
      if (answer === null || 'problem' in answer) { patch.rollback(); isDone = false; return }
      patch.settle(answer.record)
      current = current.map((each, k) => (k === i ? answer.record : each))
    })
    return isDone
  }
  const act: Act = {
    undo: () => put(i => Object.fromEntries(Object.keys(saved[i]?.values ?? {}).map(name => [name, saved[i]?.before[name] ?? null]))),
    redo: () => put(i => saved[i]?.values ?? {}),
  }
  around.acts.push(act)
  const cells = saved.reduce((sum, each) => sum + Object.keys(each.values).length, 0)
  // One cell says itself that it was saved; a paste over many is worth a word and a way back.
  if (cells > 1) toast({ text: t('sheet.cellsSaved', { count: cells }), undo: () => takeBack(around.acts) })
}

/** Ctrl/⌘ Z. */
export async function takeBack(acts: History<Act>) {
  const act = acts.undo()
  if (act !== undefined && await act.undo()) toast({ text: t('sheet.undone') })
}

/** Ctrl/⌘ Shift Z. */
export async function doAgain(acts: History<Act>) {
  const act = acts.redo()
  if (act?.redo != null && await act.redo()) toast({ text: t('sheet.redone') })
}
