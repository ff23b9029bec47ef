import * as z from 'zod/mini'
import type { Finding } from '../problem.ts'
import { endpoint } from './endpoint.ts'

export const importStates = ['reading', 'ready', 'refused', 'committing', 'done', 'failed', 'cancelled', 'undone'] as const
export type ImportState = (typeof importStates)[number]

/** One column of the file and where it goes. */
export interface ColumnMapping {
  /** 0-based position in the file. */
  column: number
  header: string
  /** API name of the field, or null: left out. */
  field: string | null
  /** 0…1, how sure the proposal is; 1 when a person chose. */
  confidence: number
  /** Why: 'header', 'synonym', 'content', 'remembered', 'chosen'. */
  because: string
  /** First values, as a preview; secrets already masked. */
  samples: string[]
}

export interface ImportCounts {
  rows: number
  create?: number
  update?: number
  skip?: number
  /** Rows that need a look but can be taken. */
  doubtful?: number
  refuse?: number
  created?: number
  updated?: number
  skipped?: number
  refused?: number
  /** Checksum of what was read: the receipt. */
  sha256?: string
}

export interface ImportProblem extends Finding {
  /** Row number as a person sees it in the file, header included. */
  row: number
  severity: 'refused' | 'doubtful'
}

export interface ImportOut {
  id: string
  object: string
  state: ImportState
  file: string
  format: string
  encoding: string | null
  sheet: string | null
  sheets: string[]
  /** 1-based row of the header in the file. */
  headerRow: number | null
  mapping: ColumnMapping[]
  mode: 'create' | 'update' | 'upsert'
  matchField: string | null
  reason: string | null
  counts: ImportCounts
  /** Rows handled so far in the running step, for the progress line. */
  progress: { done: number; total: number }
  /** Findings by kind with how many rows each, then the first 200 one by one. */
  problems: { kinds: { code: string; severity: string; count: number }[]; first: ImportProblem[] }
  refusal: Finding | null
  createdAt: string
  createdBy: { id: string; label: string | null }
  batchId: string | null
}

const idParams = z.object({ id: z.uuid() })
const out = z.custom<ImportOut>()

/** multipart: `file`, `object`, `password?`. */
export const startImport = endpoint({ method: 'POST', path: '/imports', summary: 'Upload a file: it is read and tried, nothing is written yet', policy: 'signedIn', status: 202, output: z.object({ id: z.string() }) })
export const listImports = endpoint({ method: 'GET', path: '/imports', summary: 'My imports', policy: 'signedIn', output: z.object({ imports: z.array(out) }) })
export const getImport = endpoint({ method: 'GET', path: '/imports/:id', summary: 'State, mapping, counts, problems', policy: 'signedIn', params: idParams, output: out })
export const changeImport = endpoint({
  method: 'PATCH', path: '/imports/:id', summary: 'Correct mapping, sheet, header row or mode: tried again', policy: 'signedIn', params: idParams,
  body: z.strictObject({
    mapping: z.optional(z.array(z.strictObject({ column: z.int(), field: z.nullable(z.string()) }))),
    sheet: z.optional(z.string()), headerRow: z.optional(z.int()), encoding: z.optional(z.string()), password: z.optional(z.string()),
    mode: z.optional(z.enum(['create', 'update', 'upsert'])), matchField: z.optional(z.nullable(z.string())), reason: z.optional(z.string()),
  }),
  output: out,
})
export const commitImport = endpoint({ method: 'POST', path: '/imports/:id/commit', summary: 'Write it', policy: 'signedIn', status: 202, params: idParams, output: out })
export const cancelImport = endpoint({ method: 'POST', path: '/imports/:id/cancel', summary: 'Stop it', policy: 'signedIn', params: idParams, output: out })
export const undoImport = endpoint({ method: 'POST', path: '/imports/:id/undo', summary: 'Take it back', policy: 'signedIn', params: idParams, output: out })
export const importProblems = endpoint({ method: 'GET', path: '/imports/:id/problems.xlsx', summary: 'The problems as a file', policy: 'signedIn', params: idParams })
