import * as z from 'zod/mini'
import type { Finding } from '../problem.ts'
import { endpoint } from './endpoint.ts'

export const importStates = ['reading', 'ready', 'refused', 'committing', 'done', 'failed', 'cancelled', 'undone'] as const
export type ImportState = (typeof importStates)[number]

/**
 * header, synonym: the same word · similar: nearly · content: the values say so · kept: no field is free, so it becomes a line of the remark ·
 * none: nothing fits · chosen: by a person · remembered: chosen for a file with this header before.
 */
export const mappingReasons = ['header', 'synonym', 'similar', 'content', 'kept', 'none', 'chosen', 'remembered'] as const
export type MappingReason = (typeof mappingReasons)[number]

/** One column of the file and where it goes. */
export interface ColumnMapping {
  /** 0-based position in the file. */
  column: number
  header: string
  /** `phone`, `region.city`, `contacts.name` (the contact that the same row brings); null: left out. */
  field: string | null
  /** 0…1, how sure the proposal is; 1 when a person chose. */
  confidence: number
  /** Why: see `reasons`. */
  because: MappingReason
  /** First values, as a preview; secrets already masked. */
  samples: string[]
}

/** A place for a column, with the words for it in the viewer's language. */
export interface MappingTarget { field: string; label: string; required: boolean }

/** rows = create + update + skip + refuse, and the same of what was done. A row that brings one more contact of the customer above it counts as create. */
export interface ImportCounts {
  rows: number
  create?: number
  update?: number
  skip?: number
  /** Rows that need a look but are taken. */
  doubtful?: number
  /** Contacts that come with the rows. */
  contacts?: number
  /** Totals, footers and repeated headers: no records. */
  ignored?: number
  refuse?: number
  created?: number
  updated?: number
  skipped?: number
  refused?: number
  contactsCreated?: number
  /** Taken back by an undo, and left because somebody worked on it since. */
  undone?: number
  kept?: number
  /** Checksum of what was read: the receipt. */
  sha256?: string
  /** When the writing began and ended: what was created between is of this import. */
  began?: string
  ended?: string
}

/** refused: the row is not taken; doubtful: it is, but somebody should look; skipped: it is there already, or has no partner; noted: only to know. */
export type Severity = 'refused' | 'doubtful' | 'skipped' | 'noted'

export interface ImportProblem extends Finding {
  /** Row number as a person sees it in the file, header included; 0 for the file as a whole. */
  row: number
  severity: Severity
}

/**
 * Findings of one kind together. `value` and `proposal` where all of them have the same: one answer then serves all.
 * Names that nobody here has are one kind: `texts` tells each with its rows, the most frequent first, at most 200; `values.names` how many there are.
 */
export interface ImportKind {
  code: string
  severity: Severity
  field: string | null
  count: number
  values: Record<string, string | number>
  value: string | null
  proposal: string | null
  texts?: { value: string; count: number; proposal: string | null }[]
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
  targets: MappingTarget[]
  mode: 'create' | 'update' | 'upsert'
  matchField: string | null
  reason: string | null
  counts: ImportCounts
  /** Rows handled so far in the running step, for the progress line. */
  progress: { done: number; total: number }
  /** Findings by kind with how many rows each, then the first 200 one by one. */
  problems: { kinds: ImportKind[]; first: ImportProblem[] }
  /** The first rows as they will be stored. */
  preview: { row: number; values: Record<string, unknown> }[]
  refusal: Finding | null
  /** An undo is at work. */
  isUndoing: boolean
  createdAt: string
  createdBy: { id: string; label: string | null }
  batchId: string | null
}

const idParams = z.object({ id: z.uuid() })
const out = z.custom<ImportOut>()

/** multipart: `file`, `object`, `password?`. */
export const startImport = endpoint({ method: 'POST', path: '/imports', summary: 'Upload a file: it is read and tried, nothing is written yet', policy: 'signedIn', status: 202, output: z.object({ id: z.string() }) })
export const listImports = endpoint({ method: 'GET', path: '/imports', summary: 'My imports', policy: 'signedIn', output: z.custom<{ imports: Omit<ImportOut, 'targets' | 'preview' | 'problems'>[] }>() })
export const getImport = endpoint({ method: 'GET', path: '/imports/:id', summary: 'State, mapping, counts, problems', policy: 'signedIn', params: idParams, output: out })
export const importChange = z.strictObject({
  mapping: z.optional(z.array(z.strictObject({ column: z.int(), field: z.nullable(z.string()) }))),
  sheet: z.optional(z.string()), headerRow: z.optional(z.int()), encoding: z.optional(z.string()), password: z.optional(z.string()),
  /** One cell put right, or every cell of a field with this text. */
  fixes: z.optional(z.array(z.union([z.strictObject({ row: z.int(), field: z.string(), to: z.string() }), z.strictObject({ field: z.string(), from: z.string(), to: z.string() })]))),
  mode: z.optional(z.enum(['create', 'update', 'upsert'])), matchField: z.optional(z.nullable(z.string())), reason: z.optional(z.string()),
})
export type ImportChange = z.infer<typeof importChange>

export const changeImport = endpoint({
  method: 'PATCH', path: '/imports/:id', summary: 'Correct mapping, sheet, header row or mode: tried again', policy: 'signedIn', params: idParams,
  body: importChange,
  output: out,
})
export const commitImport = endpoint({ method: 'POST', path: '/imports/:id/commit', summary: 'Write it', policy: 'signedIn', status: 202, params: idParams, output: out })
export const cancelImport = endpoint({ method: 'POST', path: '/imports/:id/cancel', summary: 'Stop it', policy: 'signedIn', params: idParams, output: out })
export const undoImport = endpoint({ method: 'POST', path: '/imports/:id/undo', summary: 'Take it back', policy: 'signedIn', params: idParams, output: out })
export const importProblems = endpoint({ method: 'GET', path: '/imports/:id/problems.xlsx', summary: 'The problems as a file', policy: 'signedIn', params: idParams })
