import { changeRecord, getRecord } from '#shared/api/records.ts'
import type { RecordOut } from '#shared/api/records.ts'
import type { ObjectOut } from '#shared/api/objects.ts'
import { Problem } from '#shared/problem.ts'
import type { ReactNode } from 'react'
import { useState } from 'react'
import { call, read } from '#web/api.ts'
import { refresh } from '#web/queries.ts'
import { ConflictDialog } from './conflict-dialog.tsx'
import { conflictsOf, withoutSame } from './conflicts.ts'
import type { Conflict } from './conflicts.ts'
import { ReasonDialog } from './reason-dialog.tsx'
import { isSame } from './shape.ts'
import type { FieldOut } from '#web/objects.ts'

type Values = Record<string, unknown>

/** Saved; refused; or null: the person closed the question about the reason or the conflict. */
export type Saved = { record: RecordOut } | { problem: Problem } | null

type Question =
  | { kind: 'reason'; fields: FieldOut[]; answer: (reason: string | null) => void }
  | { kind: 'conflict'; record: RecordOut; conflicts: Conflict[]; answer: (values: Values | null) => void }

/** Changes of one record: asks once for a reason where a field wants one, and shows both values where somebody else was faster. */
export function useSaving(object: ObjectOut): { save: (record: RecordOut, values: Values) => Promise<Saved>; dialogs: ReactNode } {
  const [question, setQuestion] = useState<Question | null>(null)
  const ask = <T,>(make: (answer: (given: T) => void) => Question) =>
    new Promise<T>(resolve => setQuestion(make(given => { setQuestion(null); resolve(given) })))

  async function save(record: RecordOut, values: Values): Promise<Saved> {
    const needing = object.fields.filter(field => field.needsReason === true && field.name in values && !isSame(values[field.name], record[field.name]))
    const reason = needing.length === 0 ? undefined : await ask<string | null>(answer => ({ kind: 'reason', fields: needing, answer }))
    return reason === null ? null : await attempt(record, values, reason)
  }

  async function attempt(record: RecordOut, values: Values, reason: string | undefined): Promise<Saved> {
    try {
      const params = { object: object.name, id: record.id }
      const saved = await call(changeRecord, { params, body: { values, ...(reason === undefined ? {} : { reason }) }, version: record.version })
      refresh(object.name, [record.id])
      return { record: saved }
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      return error.code === 'record.conflict' ? await settle(record, values, reason) : { problem: error }
    }
  }

  /** Somebody else changed the record since: what does not touch is saved along, what does is chosen value by value. */
  async function settle(base: RecordOut, mine: Values, reason: string | undefined): Promise<Saved> {
    const theirs = await read(getRecord, { params: { object: object.name, id: base.id } })
    const conflicts = conflictsOf(object, base, mine, theirs)
    const chosen = conflicts.length === 0 ? mine : await ask<Values | null>(answer => ({ kind: 'conflict', record: theirs, conflicts, answer }))
    refresh(object.name, [base.id])
    if (chosen === null) return null
    const rest = withoutSame({ ...mine, ...chosen }, theirs)
    return Object.keys(rest).length === 0 ? { record: theirs } : await attempt(theirs, rest, reason)
  }

  return { save, dialogs: question === null ? null : <QuestionDialog object={object} question={question} /> }
}

function QuestionDialog({ object, question }: { object: ObjectOut; question: Question }) {
  if (question.kind === 'reason') return <ReasonDialog fields={question.fields} onReason={question.answer} onClose={() => question.answer(null)} />
  return <ConflictDialog object={object} record={question.record} conflicts={question.conflicts} onChosen={question.answer} onClose={() => question.answer(null)} />
}
