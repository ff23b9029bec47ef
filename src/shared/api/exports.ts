import * as z from 'zod/mini'
import type { Filter } from '../filter.ts'
import { endpoint } from './endpoint.ts'

export interface ExportOut { id: string; object: string; state: 'running' | 'done' | 'failed'; format: 'xlsx' | 'csv'; rows: number; sha256: string | null; name: string; createdAt: string; refusal: { code: string } | null }
const idParams = z.object({ id: z.uuid() })
const out = z.custom<ExportOut>()

export const startExport = endpoint({
  method: 'POST', path: '/exports', summary: 'Write a list to a file, as this viewer sees it', policy: 'signedIn', status: 202,
  body: z.strictObject({
    object: z.string(), filter: z.optional(z.custom<Filter>(value => typeof value === 'object' && value !== null)), q: z.optional(z.string()), sort: z.optional(z.string()),
    fields: z.optional(z.array(z.string())), ids: z.optional(z.array(z.uuid())), format: z.enum(['xlsx', 'csv']),
  }),
  output: out,
})
export const getExport = endpoint({ method: 'GET', path: '/exports/:id', summary: 'How far it is', policy: 'signedIn', params: idParams, output: out })
export const exportFile = endpoint({ method: 'GET', path: '/exports/:id/file', summary: 'The file, for who asked for it', policy: 'signedIn', params: idParams })
