import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'

/** One line of the operation log: who did what to which record, when and why. Values are seen in the record's own history, as far as one may see the record. */
export interface AuditLine {
  id: string
  at: string
  by: { id: string | null; label: string }
  action: string
  object: string | null
  recordId: string | null
  /** Names of the fields that changed. */
  fields: string[]
  reason: string | null
  source: string
  batchId: string | null
}

export const listAudit = endpoint({
  method: 'GET', path: '/audit', summary: 'The operation log, newest first', policy: { right: 'audit' },
  query: z.strictObject({
    person: z.optional(z.uuid()), object: z.optional(z.string()), record: z.optional(z.uuid()), action: z.optional(z.string()), batch: z.optional(z.uuid()),
    from: z.optional(z.iso.datetime({ offset: true })), to: z.optional(z.iso.datetime({ offset: true })), before: z.optional(z.string()), limit: z.optional(z.string()),
  }),
  output: z.custom<{ entries: AuditLine[]; next: string | null }>(),
})
