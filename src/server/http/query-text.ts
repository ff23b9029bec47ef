import type * as z from 'zod/mini'
import { recordQuery, type listRecords, type RecordQuery } from '#shared/api/records.ts'
import { Problem } from '#shared/problem.ts'
import { checkInput } from './input.ts'

type ListQuery = z.infer<NonNullable<typeof listRecords.query>>

/** A list asked for in an address: the same query as in a JSON body, written as texts. */
export function pageQuery({ filter, fields, limit, offset, deleted, ...rest }: ListQuery): RecordQuery {
  return checkInput<RecordQuery>(recordQuery, {
    ...rest,
    ...(filter !== undefined && { filter: json('filter', filter) }),
    ...(fields !== undefined && { fields: fields.split(',').map(name => name.trim()).filter(name => name !== '') }),
    ...(limit !== undefined && { limit: whole('limit', limit, 1, 500) }),
    ...(offset !== undefined && { offset: whole('offset', offset, 0, Number.MAX_SAFE_INTEGER) }),
    ...(deleted !== undefined && { deleted: yes('deleted', deleted) }),
  })
}

/** A whole number within bounds, or absent. */
export function whole(name: string, text: string | undefined, least: number, most: number): number | undefined {
  if (text === undefined) return undefined
  const value = Number(text)
  if (!/^\d{1,16}$/.test(text) || value < least || value > most) throw new Problem('request.malformed', { detail: `${name}: ${least}…${most}` })
  return value
}

function json(name: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new Problem('request.malformed', { detail: `${name}: JSON` })
  }
}

function yes(name: string, text: string): boolean {
  if (text !== 'true' && text !== 'false') throw new Problem('request.malformed', { detail: `${name}: true, false` })
  return text === 'true'
}
