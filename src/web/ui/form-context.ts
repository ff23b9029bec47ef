import { createContext, useContext } from 'react'
import type { Finding } from '#shared/problem.ts'

/** What is typed into a form so far, and what was found wrong with it. */
export interface FormState {
  values: Record<string, unknown>
  set(name: string, value: unknown): void
  findingAt(name: string): Finding | undefined
  busy: boolean
}

export const FormContext = createContext<FormState | null>(null)

/** The form around, if there is one. */
export const useForm = () => useContext(FormContext)
