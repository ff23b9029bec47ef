import { Alert } from './alert.tsx'
import { useEffect, useRef, useState, type ReactNode } from 'react'
import { findingText, problemText } from '#web/i18n.ts'
import type { Finding, Problem } from '#shared/problem.ts'
import { FormContext, useForm, type FormState } from './form-context.ts'
import classes from './form.module.css'

type Values = Record<string, unknown>

interface Props {
  onSubmit(values: Values): void | Promise<unknown>
  /** The refusal of the last attempt: shown at its fields, and on top what belongs to no field. */
  problem?: Problem | null
  busy?: boolean
  initial?: Values
  children: ReactNode
}

/** Holds what is typed under each input's `name`. After a refusal the first refused field has the focus. */
export function Form({ onSubmit, problem = null, busy = false, initial = {}, children }: Props) {
  const form = useRef<HTMLFormElement>(null)
  const [values, setValues] = useState(initial)
  const [settled, setSettled] = useState<{ problem: Problem | null; names: string[] }>({ problem: null, names: [] })
  const settledNames = settled.problem === problem ? settled.names : []

  useEffect(() => {
    if (problem) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [problem])

  const state: FormState = {
    values,
    busy,
    set: (name, value) => {
      setValues(before => ({ ...before, [name]: value }))
      setSettled({ problem, names: [...settledNames, name] })
    },
    findingAt: name => settledNames.includes(name) ? undefined : problem?.fields.find(finding => finding.field === name),
  }
  return (
    <FormContext value={state}>
      <form ref={form} className={classes.form} noValidate onSubmit={event => {
        event.preventDefault()
        if (!busy) void onSubmit(values)
      }}>
        {problem && <Refusal problem={problem} />}
        {children}
      </form>
    </FormContext>
  )
}

/** What was refused as a whole, or at something that has no input of its own. */
function Refusal({ problem }: { problem: Problem }) {
  const general = problem.fields.filter(finding => finding.field === undefined)
  if (problem.fields.length === 1 && general.length === 0) return null
  if (problem.fields.length > 1 && general.length === 0) return <Alert quiet>{problemText(problem)}</Alert>
  return <Alert>{general.length === 0 ? problemText(problem) : general.map(findingText).join(' ')}</Alert>
}

/** An input inside a form: its value, how to change it, and what is wrong with it (with the fix as a button). */
export function useFormField(name: string) {
  const form = useForm()
  if (form === null) throw new Error(`input ${name} stands outside of a form`)
  const finding = form.findingAt(name)
  const error = finding && <FieldProblem finding={finding} onFix={value => form.set(name, value)} />
  return { value: form.values[name], set: (value: unknown) => form.set(name, value), error: error ?? null }
}

/** The reason at a field, and the value that would be accepted. */
export function FieldProblem({ finding, onFix }: { finding: Finding; onFix?: (value: string) => void }) {
  const { proposal } = finding
  return (
    <>
      {findingText(finding)}
      {proposal !== undefined && onFix && <button type="button" className={classes.fix} onClick={() => onFix(proposal)}>{proposal}</button>}
    </>
  )
}
