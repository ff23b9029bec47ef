import type { Viewer } from '#server/access/viewer.ts'
import { objectOf } from '#server/catalog/catalog.ts'
import type { Db } from '#server/db/connect.ts'
import { sql } from '#server/db/sql.ts'
import type { ImportOut, ImportProblem, MappingTarget } from '#shared/api/imports.ts'
import { contactObject, importable } from './access.ts'
import type { Import } from './state.ts'
import { targetLabel } from './targets.ts'

/** So many problems and rows are shown; the rest is in the problem file. */
const shown = { problems: 200, preview: 20 }

/** An import as the API shows it. */
export async function outOf(db: Db, viewer: Viewer, found: Import): Promise<ImportOut> {
  const { info, createdAt, batchId, refusal, reason, matchField, mode, mapping, headerRow, counts, kinds, isUndoing } = found
  return {
    id: found.id, object: found.object, state: found.state, file: found.file, format: info.format ?? '', encoding: info.encoding ?? null,
    sheet: info.sheet ?? null, sheets: (info.sheets ?? []).filter(sheet => !sheet.hidden).map(sheet => sheet.name),
    headerRow, mapping, targets: targetsFor(viewer, found), mode, matchField, reason, counts, isUndoing,
    progress: { done: found.done, total: found.total }, problems: { kinds, first: await firstProblems(db, found) }, preview: await previewOf(db, found),
    refusal, createdAt, createdBy: { id: viewer.id, label: viewer.name }, batchId,
  }
}

/** In a list: without what takes a question each. */
export const briefOf = (viewer: Viewer, found: Import): Omit<ImportOut, 'targets' | 'preview' | 'problems'> => ({
  id: found.id, object: found.object, state: found.state, file: found.file, format: found.info.format ?? '', encoding: found.info.encoding ?? null, sheet: found.info.sheet ?? null, sheets: [],
  headerRow: found.headerRow, mapping: [], mode: found.mode, matchField: found.matchField, reason: found.reason, counts: found.counts, isUndoing: found.isUndoing,
  progress: { done: found.done, total: found.total }, refusal: found.refusal, createdAt: found.createdAt, createdBy: { id: viewer.id, label: viewer.name }, batchId: found.batchId,
})

/** What columns may go to, in the viewer's words. Somebody who may not import any more still sees what became of it. */
function targetsFor(viewer: Viewer, found: Import): MappingTarget[] {
  if (!['reading', 'ready'].includes(found.state)) return []
  const { targets } = importable(viewer, found.object)
  const contactWord = contactObject().one[viewer.lang]

  return targets.map(target => ({ field: target.name, label: targetLabel(target, viewer.lang, contactWord), required: target.field.required === true && !target.ofContact }))
}

/** While rows are still being read or written their findings change by the second, and looking through them would slow the work that is watched. */
async function firstProblems(db: Db, found: Import): Promise<ImportProblem[]> {
  if (found.state === 'reading' || found.state === 'committing') return []
  const ofFile = (found.info.findings ?? []).filter(finding => typeof finding.values?.['row'] !== 'number').map(finding => ({ ...finding, row: 0, severity: 'noted' as const }))
  const rows = await db.query<{ row: number; finding: Omit<ImportProblem, 'row'> }>(sql`
    select row, finding from import_rows, jsonb_array_elements(findings) finding where import_id = ${found.id}::uuid and findings is not null
    order by case finding->>'severity' when 'refused' then 0 when 'doubtful' then 1 when 'skipped' then 2 else 3 end, row limit ${shown.problems}`)

  return [...ofFile, ...rows.map(({ row, finding }) => ({ ...finding, row }))]
}

async function previewOf(db: Db, found: Import): Promise<ImportOut['preview']> {
  if (found.state !== 'ready') return []
  const rows = await db.query<{ row: number; values: Record<string, unknown>; contact: Record<string, unknown> | null; kept: string[] | null }>(sql`
    select row, "values", contact, kept from import_rows where import_id = ${found.id}::uuid and outcome <> 'ignore' order by row limit ${shown.preview}`)
  const remark = objectOf(found.object).fields.find(field => field.name === 'remark')?.name

  return rows.map(({ row, values, contact, kept }) => ({
    row, values: {
      ...values, ...Object.fromEntries(Object.entries(contact ?? {}).map(([name, value]) => [`contacts.${name}`, value])),
      ...(remark !== undefined && kept !== null && { [remark]: [values[remark], ...kept].filter(text => text !== undefined).join('\n') }),
    },
  }))
}
