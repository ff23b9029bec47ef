import type { Finding } from '../problem.ts'
import type { Field, Lang } from '../object.ts'
import type { Op } from '../filter.ts'

export type TypeName =
  | 'text' | 'longText' | 'number' | 'money' | 'percent' | 'date' | 'datetime' | 'boolean' | 'choice' | 'choices' | 'tags'
  | 'phone' | 'email' | 'url' | 'person' | 'department' | 'reference' | 'region' | 'address' | 'numberRule' | 'rating'

export type MaskKind = 'phone' | 'name' | 'email' | 'address' | 'number' | 'all'

/** A record that another points to, as the API shows it. */
export interface Reference { id: string; label: string | null }

/** What the surroundings know while a text is understood. */
export interface ParseContext {
  /** Today in the company's time zone, `YYYY-MM-DD`: for dates without a year. */
  today: string
  /** The company's time zone (IANA name): for times without an offset. */
  timeZone: string
  /** References by text: number, name, login. Several matches = ambiguous. Absent: only ids are understood. */
  lookup?: (target: string, text: string) => Reference[]
  /** The text comes from a file, where `-`, `无` and `N/A` also mean "nothing". */
  fromFile?: boolean
}

/** Understood (`value` null = empty), perhaps with something worth a look; or refused with the reason. */
export type Parsed<V> = { value: V | null; findings?: Finding[] } | { refusal: Finding }

/**
 * One type of field, understood once and asked by form, grid, import, filter and API alike.
 * V is the value as the API shows it: text, ISO dates, decimal strings (`"500000.00"`) for numbers and money,
 * option labels for choices, `{id, label}` for references, arrays for choices and tags.
 */
export interface FieldType<V = unknown> {
  name: TypeName
  /** The PostgreSQL column type. */
  sql: 'text' | 'text[]' | 'numeric' | 'date' | 'timestamptz' | 'boolean' | 'uuid'
  ops: readonly Op[]
  /** Every spelling with exactly one meaning is accepted; anything else is refused with a reason and, where possible, a proposal. */
  parse(input: unknown, field: Field, context: ParseContext): Parsed<V>
  /** As people read it. */
  format(value: V, field: Field, lang: Lang): string
  /** The order of the sheet; must be the order that PostgreSQL gives for the stored value. Empty is last, decided elsewhere. */
  compare(a: V, b: V, field: Field): number
  /** What somebody sees who may see it masked only. */
  mask(value: V, field: Field): string
  /** The same mask as a SQL expression over `column`; proven equal by a test. Result is text. */
  maskSql(column: string, field: Field): string
}

export const isRefused = <V>(parsed: Parsed<V>): parsed is { refusal: Finding } => 'refusal' in parsed

/** Refused with the reason; a proposal is a value that would be accepted. */
export function refuse(code: string, values?: Record<string, string | number>, proposal?: string): { refusal: Finding } {
  return { refusal: { code, ...(values ? { values } : {}), ...(proposal === undefined ? {} : { proposal }) } }
}

/** Understood; a finding is something worth a look, not a refusal. */
export const accept = <V>(value: V | null, ...findings: Finding[]): Parsed<V> => (findings.length === 0 ? { value } : { value, findings })

/** Nothing is filled in: a value as it is typed, as the API shows it, or as it is stored. */
export const isEmpty = (value: unknown) => value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
