import type { Field } from '../object.ts'

/** What a formula can give. Numbers differ only in how they are read and shown: a percent is its hundredth, 85 % is 0.85. */
export const kinds = ['number', 'money', 'percent', 'text', 'date', 'boolean'] as const
export type Kind = (typeof kinds)[number]

/** Where something stands in the text of a formula, in UTF-16 units as texts count them. */
export interface Place { at: number; length: number }

export type Operator = '+' | '-' | '*' | '/' | '&' | '=' | '<>' | '<' | '<=' | '>' | '>='

/** A formula as it was written. */
export type Node = Place & (
  | { is: 'number'; text: string; percent: boolean }
  | { is: 'text'; text: string }
  | { is: 'boolean'; value: boolean }
  | { is: 'field'; name: string }
  | { is: 'minus'; of: Node }
  | { is: 'operation'; operator: Operator; left: Node; right: Node }
  | { is: 'call'; name: string; nameLength: number; of: Node[] }
)

/** A formula that makes sense: every part knows what it gives. `nothing` is always empty. */
export type Checked = Place & { kind: Kind | 'nothing' } & (
  | { is: 'number'; text: string; percent: boolean }
  | { is: 'text'; text: string }
  | { is: 'boolean'; value: boolean }
  | { is: 'field'; field: Field }
  /** The field is a choice: it is compared with the option, whatever the option is called later. */
  | { is: 'option'; field: Field; text: string; operator: '=' | '<>' }
  | { is: 'minus'; of: Checked }
  | { is: 'operation'; operator: Operator; left: Checked; right: Checked }
  | { is: 'call'; name: string; of: Checked[] }
  | { is: 'nothing' }
)

/** Why a formula cannot be, and where. `proposal` replaces what stands there. */
export interface FormulaProblem extends Place { code: string; values?: Record<string, string | number>; proposal?: string }

/** Carries one problem out of the depth of parser and check; never leaves this folder. */
export class Wrong extends Error {
  readonly problem: FormulaProblem

  constructor(problem: FormulaProblem) {
    super(problem.code)
    this.problem = problem
  }
}

export function wrong(code: string, { at, length }: Place, values?: Record<string, string | number>, proposal?: string): never {
  throw new Wrong({ code, at, length, ...(values && { values }), ...(proposal !== undefined && { proposal }) })
}

/** The most letters of a formula, and how deep brackets may nest: nobody writes more, and nothing can be made to wait. */
export const limits = { length: 2_000, depth: 40, parts: 400 }
