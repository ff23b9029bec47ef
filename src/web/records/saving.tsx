import { isEmpty } from '#shared/fields/field.ts'
import { changeRecord, getRecord } from '#shared/api/records.ts'
import type { RecordOut } from '#shared/api/records.ts'
import type { ObjectOut } from '#shared/api/objects.ts'
import { Problem } from '#shared/problem.ts'
import type { ReactNode } from 'react'
import { lazy, Suspense, useState } from 'react'
import { call, read } from '#web/api.ts'
import { changedHere } from './changes-here.ts'
import { conflictsOf, withoutSame } from './conflicts.ts'
import type { Conflict } from './conflicts.ts'
import { isSame } from './shape.ts'
import type { FieldOut } from '#web/objects.ts'

const ReasonDialog = lazy(() => import('./reason-dialog.tsx').then(file => ({ default: file.ReasonDialog })))
const ConflictDialog = lazy(() => import('./conflict-dialog.tsx').then(file => ({ default: file.ConflictDialog })))

type Values = Record<string, unknown>

/** Saved; refused; or null: the person closed the question about the reason or the conflict. */
export type Saved = { record: RecordOut } | { problem: Problem } | null

type Question =
  | { kind: 'reason'; fields: FieldOut[]; answer: (reason: string | null) => void }
  | { kind: 'conflict'; record: RecordOut; conflicts: Conflict[]; answer: (values: Values | null) => void }

export interface Saving {
  save: (record: RecordOut, values: Values) => Promise<Saved>
  /** Without asking for a reason: it was given, or none is needed. */
  saveWith: (record: RecordOut, values: Values, reason: string | undefined) => Promise<Saved>
  /** One reason for all of these changes; undefined where none is needed, null when the person closed the question. */
  reasonFor: (changes: { record: RecordOut; values: Values }[]) => Promise<string | undefined | null>
  dialogs: ReactNode
}

/** Changes of records: asks once for a reason where a field wants one, and shows both values where somebody else was faster. */
export function useSaving(object: ObjectOut): Saving {
  const [questions, setQuestions] = useState<Question[]>([])
  // Several may come up at once; they are answered one after the other.
  const ask = <T,>(make: (answer: (given: T) => void) => Question) =>
    new Promise<T>(resolve => {
      const question: Question = make(given => { setQuestions(all => all.filter(each => each !== question)); resolve(given) })
      setQuestions(all => [...all, question])
    })

  async function reasonFor(changes: { record: RecordOut; values: Values }[]) {
    const fields = object.fields.filter(field => field.needsReason === true && changes.some(({ record, values }) => isReplaced(field, record, values)))
    return fields.length === 0 ? undefined : await ask<string | null>(answer => ({ kind: 'reason', fields, answer }))
  }

  async function save(record: RecordOut, values: Values): Promise<Saved> {
    const reason = await reasonFor([{ record, values }])
    return reason === null ? null : await attempt(record, values, reason)
  }

  async function attempt(record: RecordOut, values: Values, reason: string | undefined): Promise<Saved> {
    try {
      const params = { object: object.name, id: record.id }
      const saved = await call(changeRecord, { params, body: { values, ...(reason === undefined ? {} : { reason }) }, version: record.version })
      changedHere(object.name, [record.id])
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
    changedHere(object.name, [base.id])
    if (chosen === null) return null
    const rest = withoutSame({ ...mine, ...chosen }, theirs)
    return Object.keys(rest).length === 0 ? { record: theirs } : await attempt(theirs, rest, reason)
  }

  const [question] = questions
  return { save, saveWith: attempt, reasonFor, dialogs: question === undefined ? null : <Suspense><QuestionDialog object={object} question={question} /></Suspense> }
}

/** A reason is due where something that was there becomes something else. */
const isReplaced = (field: FieldOut, record: RecordOut, values: Values) =>
  field.name in values && !isEmpty(record[field.name]) && !isSame(values[field.name], record[field.name])

function QuestionDialog({ object, question }: { object: ObjectOut; question: Question }) {
  if (question.kind === 'reason') return <ReasonDialog fields={question.fields} onReason={question.answer} onClose={() => question.answer(null)} />
  return <ConflictDialog object={object} record={question.record} conflicts={question.conflicts} onChosen={question.answer} onClose={() => question.answer(null)} />
}
