import type * as z from 'zod/mini'
import { Problem } from '#shared/problem.ts'

type Schema<T> = z.ZodMiniType<T> | undefined

/** A part of the request as its schema wants it; what the schema does not know is refused. */
export function checkInput<T>(schema: Schema<T>, given: unknown): T {
  if (!schema) {
    const name = Object.keys(isObject(given) ? given : {})[0]
    if (name !== undefined) throw new Problem('name.unknown', { name })
    return undefined as T
  }
  const checked = schema.safeParse(given ?? {})
  if (checked.success) return checked.data
  throw problemOf(checked.error.issues)
}

/** A nonsense id is an address that does not exist. */
export function checkParams<T>(schema: Schema<T>, given: unknown): T {
  if (!schema) return {} as T
  const checked = schema.safeParse(given)
  if (checked.success) return checked.data
  throw new Problem('record.notFound')
}

type Issue = z.core.$ZodIssue

function problemOf(issues: Issue[]): Problem {
  const unknown = issues.find(issue => issue.code === 'unrecognized_keys')
  if (unknown?.code === 'unrecognized_keys') return new Problem('name.unknown', { name: [...unknown.path, unknown.keys[0] ?? ''].join('.') })
  const [first] = issues
  if (first?.code === 'invalid_union' && first.errors[0]?.length) return problemOf(first.errors[0])
  const where = first?.path.join('.') || 'body'
  return new Problem('request.malformed', { detail: first ? `${where}: ${expected(first)}` : where })
}

const expected = (issue: Issue) => ('expected' in issue && typeof issue.expected === 'string' ? issue.expected : issue.code)

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null
