import * as z from 'zod/mini'
import type { Filter } from '../filter.ts'
import type { Finding } from '../problem.ts'
import { endpoint } from './endpoint.ts'

export const exportFormats = ['xlsx', 'csv'] as const
export type ExportFormat = (typeof exportFormats)[number]
export type ExportState = 'running' | 'done' | 'failed'

/** Which records and columns: those of the list that somebody looks at, or chosen ones. Without `fields` every field that the viewer sees. */
export interface ExportQuery { filter?: Filter; q?: string; sort?: string; fields?: string[]; ids?: string[] }

export interface ExportOut {
  id: string
  object: string
  state: ExportState
  format: ExportFormat
  /** Written so far, and in the end. */
  rows: number
  bytes: number | null
  /** The receipt: checksum of the file. */
  sha256: string | null
  /** Of the file, for people. */
  name: string
  createdAt: string
  refusal: Finding | null
  /** The file can be fetched; a day after its making it is gone. */
  isThere: boolean
}

const idParams = z.object({ id: z.uuid() })
const out = z.custom<ExportOut>()

export const startExport = endpoint({
  method: 'POST', path: '/exports', summary: 'Write a list to a file, as this viewer sees it', policy: 'signedIn', status: 202,
  body: z.strictObject({
    object: z.string(), filter: z.optional(z.custom<Filter>(value => typeof value === 'object' && value !== null)), q: z.optional(z.string()), sort: z.optional(z.string()),
    fields: z.optional(z.array(z.string()).check(z.minLength(1), z.maxLength(500))), ids: z.optional(z.array(z.uuid()).check(z.maxLength(50_000))), format: z.enum(exportFormats),
  }),
  output: out,
})
export const listExports = endpoint({ method: 'GET', path: '/exports', summary: 'My exports of the last seven days, newest first', policy: 'signedIn', output: z.custom<{ exports: ExportOut[] }>() })
export const getExport = endpoint({ method: 'GET', path: '/exports/:id', summary: 'How far it is', policy: 'signedIn', params: idParams, output: out })
export const exportFile = endpoint({ method: 'GET', path: '/exports/:id/file', summary: 'The file, for who asked for it', policy: 'signedIn', params: idParams })
