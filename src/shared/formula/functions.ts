import type { Kind } from './tree.ts'

/** What a function takes: `number` is any of the three, `value` is anything, `same` what the others are. */
export type Taken = 'number' | 'text' | 'date' | 'boolean' | 'value' | 'same'

export interface FormulaFunction {
  takes: readonly Taken[]
  /** So many of the first are needed; absent: all. */
  least?: number
  /** The last repeats, in groups of so many. */
  repeats?: number
  /** `same`: what its arguments are together; `first`: what its first one is. */
  gives: Kind | 'same' | 'first'
  group: 'number' | 'text' | 'date' | 'logic'
}

/** Every function, by its name in Excel. The screens explain each (`formula.fn.…`), the server computes it. */
export const functions = {
  IF: { takes: ['boolean', 'same', 'same'], least: 2, gives: 'same', group: 'logic' },
  IFS: { takes: ['boolean', 'same'], repeats: 2, gives: 'same', group: 'logic' },
  AND: { takes: ['boolean'], repeats: 1, gives: 'boolean', group: 'logic' },
  OR: { takes: ['boolean'], repeats: 1, gives: 'boolean', group: 'logic' },
  NOT: { takes: ['boolean'], gives: 'boolean', group: 'logic' },
  ISBLANK: { takes: ['value'], gives: 'boolean', group: 'logic' },
  IFBLANK: { takes: ['same', 'same'], gives: 'same', group: 'logic' },
  BLANK: { takes: [], gives: 'same', group: 'logic' },
  SUM: { takes: ['number'], repeats: 1, gives: 'same', group: 'number' },
  AVERAGE: { takes: ['number'], repeats: 1, gives: 'same', group: 'number' },
  MIN: { takes: ['same'], repeats: 1, gives: 'same', group: 'number' },
  MAX: { takes: ['same'], repeats: 1, gives: 'same', group: 'number' },
  ROUND: { takes: ['number', 'number'], least: 1, gives: 'first', group: 'number' },
  ABS: { takes: ['number'], gives: 'first', group: 'number' },
  INT: { takes: ['number'], gives: 'first', group: 'number' },
  MOD: { takes: ['number', 'number'], gives: 'first', group: 'number' },
  VALUE: { takes: ['text'], gives: 'number', group: 'number' },
  CONCAT: { takes: ['value'], repeats: 1, gives: 'text', group: 'text' },
  LEFT: { takes: ['text', 'number'], least: 1, gives: 'text', group: 'text' },
  RIGHT: { takes: ['text', 'number'], least: 1, gives: 'text', group: 'text' },
  MID: { takes: ['text', 'number', 'number'], gives: 'text', group: 'text' },
  LEN: { takes: ['text'], gives: 'number', group: 'text' },
  UPPER: { takes: ['text'], gives: 'text', group: 'text' },
  LOWER: { takes: ['text'], gives: 'text', group: 'text' },
  TRIM: { takes: ['text'], gives: 'text', group: 'text' },
  SUBSTITUTE: { takes: ['text', 'text', 'text'], gives: 'text', group: 'text' },
  CONTAINS: { takes: ['text', 'text'], gives: 'boolean', group: 'text' },
  TEXT: { takes: ['value', 'text'], least: 1, gives: 'text', group: 'text' },
  TODAY: { takes: [], gives: 'date', group: 'date' },
  DATE: { takes: ['number', 'number', 'number'], gives: 'date', group: 'date' },
  YEAR: { takes: ['date'], gives: 'number', group: 'date' },
  MONTH: { takes: ['date'], gives: 'number', group: 'date' },
  DAY: { takes: ['date'], gives: 'number', group: 'date' },
  WEEKDAY: { takes: ['date'], gives: 'number', group: 'date' },
  DAYS: { takes: ['date', 'date'], gives: 'number', group: 'date' },
  DATEDIF: { takes: ['date', 'date', 'text'], gives: 'number', group: 'date' },
  EDATE: { takes: ['date', 'number'], gives: 'date', group: 'date' },
  EOMONTH: { takes: ['date', 'number'], gives: 'date', group: 'date' },
} as const satisfies Record<string, FormulaFunction>

export type FunctionName = keyof typeof functions
export const functionNames = Object.keys(functions) as FunctionName[]
export const isFunction = (name: string): name is FunctionName => Object.hasOwn(functions, name)

/** How many arguments a function takes. */
export function countsOf(name: FunctionName): { least: number; most: number; inGroups: number } {
  const { takes, least, repeats }: FormulaFunction = functions[name]
  return { least: least ?? takes.length, most: repeats ? 100 : takes.length, inGroups: repeats ?? 1 }
}

/** What the argument at this place must be. */
export function takenAt(name: FunctionName, at: number): Taken {
  const { takes, repeats }: FormulaFunction = functions[name]
  return (repeats && at >= takes.length ? takes[takes.length - repeats + ((at - takes.length) % repeats)] : takes[at]) ?? 'value'
}
