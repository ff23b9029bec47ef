import * as z from 'zod/mini'
import type { Filter } from '../filter.ts'
import type { Finding } from '../problem.ts'
import { endpoint } from './endpoint.ts'
import type { RecordOut } from './records.ts'

const object = z.object({ object: z.string() })
const values = z.record(z.string(), z.unknown())
const filter = z.custom<Filter>(value => typeof value === 'object' && value !== null)

/** Records that one act of a sheet may touch. */
export const mostAtOnce = 5_000
/** Rows that one range may have. */
export const mostInRange = 100_000

/** What was not accepted of a row: these values, all others of it were; or, without fields, the whole row. A new row with a finding is not made. */
export interface Refused { id: string; fields: Finding[] }

/** `batchId` takes all of it back; null where nothing changed. `records` as they are now. */
export interface Edited { batchId: string | null; done: number; records: RecordOut[]; refused: Refused[] }

/** What was typed, pasted, filled or deleted in a sheet, as one batch. Rows that are refused do not stop the others. */
export const editRecords = endpoint({
  method: 'POST', path: '/:object/batch', summary: 'Create, change and remove records as one batch', policy: 'signedIn',
  params: object,
  body: z.strictObject({
    create: z.optional(z.array(z.strictObject({ id: z.uuid(), values }))),
    change: z.optional(z.array(z.strictObject({ id: z.uuid(), version: z.optional(z.int()), values }))),
    remove: z.optional(z.array(z.uuid())),
    reason: z.optional(z.string()),
  }),
  output: z.custom<Edited>(),
})

/** Rows `from` to `to` (counted from 0) of a list in its order take `rows` of values, over and over: a fill, a paste, a clearing of more than a screen has loaded. */
export const fillRange = endpoint({
  method: 'POST', path: '/:object/range', summary: 'Write values into a range of a list as one batch', policy: 'signedIn',
  params: object,
  body: z.strictObject({
    filter: z.optional(filter), q: z.optional(z.string()), sort: z.optional(z.string()),
    from: z.int().check(z.minimum(0)), to: z.int().check(z.minimum(0)),
    rows: z.array(values).check(z.minLength(1), z.maxLength(5_000)), reason: z.optional(z.string()),
  }),
  output: z.object({ batchId: z.string(), done: z.number(), skipped: z.number() }),
})

export const findQuery = z.strictObject({
  filter: z.optional(filter), q: z.optional(z.string()), sort: z.optional(z.string()),
  find: z.string().check(z.minLength(1), z.maxLength(200)), after: z.optional(z.uuid()), backwards: z.optional(z.boolean()),
})
export type FindQuery = z.infer<typeof findQuery>

/** `row`: its place in the list, counted from 0; null where nothing holds the words. */
export interface FoundRow { row: number | null; id: string | null; total: number; totalIsEstimate: boolean }

/** The next record of a list that holds these words, behind `after` and around the end. */
export const findInList = endpoint({
  method: 'POST', path: '/:object/find', summary: 'The place of the next match in a list', policy: 'signedIn',
  params: object, body: findQuery, output: z.custom<FoundRow>(),
})

export const redoBatch = endpoint({
  method: 'POST', path: '/batches/:id/redo', summary: 'Do an undone batch again', policy: 'signedIn',
  params: z.object({ id: z.uuid() }), output: z.object({ done: z.number(), kept: z.number() }),
})
