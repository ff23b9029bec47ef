import * as z from 'zod/mini'
import type { Filter } from '../filter.ts'
import { endpoint } from './endpoint.ts'

/**
 * A record as this viewer sees it: the system's own fields and whatever fields are not hidden.
 * After a save, `findings` (of `problem.ts`) tell what was accepted but is worth a look, such as a bank-card number that was masked.
 */
export type RecordOut = { id: string; version: number } & Record<string, unknown>

export interface Page { records: RecordOut[]; next: string | null; total: number; totalIsEstimate: boolean }

export interface HistoryEntry {
  id: string
  at: string
  by: { id: string; label: string | null }
  action: 'create' | 'change' | 'remove' | 'restore'
  /** Only fields that this viewer sees, masked where masked. */
  changes: { field: string; before: unknown; after: unknown }[]
  reason: string | null
  /** 'manual', 'import', 'api', 'bulk', 'undo' … */
  source: string
  batchId: string | null
}

const objectParam = z.object({ object: z.string() })
const recordParams = z.object({ object: z.string(), id: z.uuid() })
const filter = z.custom<Filter>(value => typeof value === 'object' && value !== null)
const values = z.record(z.string(), z.unknown())
const record = z.custom<RecordOut>()
const page = z.custom<Page>()

/** GET takes `filter` as JSON text; everything else as in `query`. */
export const listRecords = endpoint({
  method: 'GET', path: '/:object', summary: 'List records', policy: 'signedIn',
  params: objectParam,
  query: z.strictObject({
    filter: z.optional(z.string()), sort: z.optional(z.string()), fields: z.optional(z.string()), q: z.optional(z.string()),
    limit: z.optional(z.string()), cursor: z.optional(z.string()), offset: z.optional(z.string()), total: z.optional(z.enum(['none', 'estimate', 'exact'])), deleted: z.optional(z.string()),
  }),
  output: page,
})

/** `offset` jumps: a scrollbar dragged to row 700,000; `total`: none, estimate (default), exact. `deleted: true` lists the recycle bin. */
export const recordQuery = z.strictObject({
  filter: z.optional(filter), sort: z.optional(z.string()), fields: z.optional(z.array(z.string())), q: z.optional(z.string()),
  limit: z.optional(z.int().check(z.minimum(1), z.maximum(500))), cursor: z.optional(z.string()),
  offset: z.optional(z.int().check(z.minimum(0))), total: z.optional(z.enum(['none', 'estimate', 'exact'])), deleted: z.optional(z.boolean()),
})
export type RecordQuery = z.infer<typeof recordQuery>

export const queryRecords = endpoint({
  method: 'POST', path: '/:object/query', summary: 'List records, with a JSON body', policy: 'signedIn',
  params: objectParam, body: recordQuery, output: page,
})

export const aggregateQuery = z.strictObject({
  filter: z.optional(filter), q: z.optional(z.string()), group: z.optional(z.array(z.string())),
  measures: z.array(z.strictObject({ op: z.enum(['count', 'sum', 'average', 'min', 'max', 'filled']), field: z.optional(z.string()), as: z.string() })),
})
export type AggregateQuery = z.infer<typeof aggregateQuery>

export const aggregateRecords = endpoint({
  method: 'POST', path: '/:object/aggregate', summary: 'Count and sum over a filter', policy: 'signedIn',
  params: objectParam, body: aggregateQuery, output: z.object({ rows: z.array(values) }),
})

export const getRecord = endpoint({ method: 'GET', path: '/:object/:id', summary: 'One record', policy: 'signedIn', params: recordParams, output: record })

/** The creator may bring the id (uuidv7); the server gives the human number. */
export const createRecord = endpoint({
  method: 'POST', path: '/:object', summary: 'Create a record', policy: 'signedIn', status: 201,
  params: objectParam, body: z.strictObject({ id: z.optional(z.uuid()), values, reason: z.optional(z.string()) }), output: record,
})

export const changeRecord = endpoint({
  method: 'PATCH', path: '/:object/:id', summary: 'Change a record (If-Match: version)', policy: 'signedIn',
  params: recordParams, body: z.strictObject({ values, reason: z.optional(z.string()) }), output: record,
})

export const removeRecord = endpoint({
  method: 'DELETE', path: '/:object/:id', summary: 'Move a record to the recycle bin', policy: 'signedIn', params: recordParams, output: z.object({ id: z.string() }),
})

export const restoreRecord = endpoint({
  method: 'POST', path: '/:object/:id/restore', summary: 'Take a record back from the recycle bin', policy: 'signedIn', params: recordParams, output: record,
})

export const recordHistory = endpoint({
  method: 'GET', path: '/:object/:id/history', summary: 'The timeline of changes', policy: 'signedIn', params: recordParams,
  query: z.strictObject({ before: z.optional(z.string()), limit: z.optional(z.string()) }),
  output: z.custom<{ entries: HistoryEntry[]; next: string | null }>(),
})

/** Takes back one change of one record: every field that still holds what the change wrote. */
export const undoChange = endpoint({
  method: 'POST', path: '/:object/:id/history/:entry/undo', summary: 'Undo one change', policy: 'signedIn',
  params: z.object({ object: z.string(), id: z.uuid(), entry: z.uuid() }), output: record,
})

/** Bulk: the same values into many records, or into the recycle bin, as one undoable batch. Either ids or a filter (+ q). */
export const bulk = endpoint({
  method: 'POST', path: '/:object/bulk', summary: 'Change or remove many records as one batch', policy: 'signedIn',
  params: objectParam,
  body: z.strictObject({
    ids: z.optional(z.array(z.uuid())), filter: z.optional(filter), q: z.optional(z.string()),
    action: z.enum(['change', 'remove', 'restore']), values: z.optional(values), reason: z.optional(z.string()),
  }),
  output: z.object({ batchId: z.string(), done: z.number(), skipped: z.number() }),
})

export const undoBatch = endpoint({
  method: 'POST', path: '/batches/:id/undo', summary: 'Undo a batch', policy: 'signedIn',
  params: z.object({ id: z.uuid() }), output: z.object({ done: z.number(), kept: z.number() }),
})

export interface SearchHit { object: string; id: string; title: string; number: string | null; subtitle: string | null; why: { field: string; text: string }[] }

export const searchAll = endpoint({
  method: 'GET', path: '/search', summary: 'One box over everything this viewer sees', policy: 'signedIn',
  query: z.strictObject({ q: z.string(), limit: z.optional(z.string()) }), output: z.custom<{ hits: SearchHit[] }>(),
})
