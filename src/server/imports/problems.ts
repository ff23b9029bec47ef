import { Readable } from 'node:stream'
import { PassThrough } from 'node:stream'
import type { Viewer } from '#server/access/viewer.ts'
import { objectOf } from '#server/catalog/catalog.ts'
import type { Db } from '#server/db/connect.ts'
import { sql } from '#server/db/sql.ts'
import type { Cell } from '#server/files/read.ts'
import { writeXlsx } from '#server/files/write-xlsx.ts'
import { say } from '../say.ts'
import { textOf } from './cells.ts'
import { columnName } from './header.ts'
import type { RowFinding } from './rows.ts'
import { requireImport, type Import } from './state.ts'

/** So many rows are read at a time. */
const page = 1000

/**
 * The rows that were refused, skipped or doubtful, as a file that can be put right and imported again: the original cells under the original
 * header (secrets masked), the row number before them, the reasons behind them.
 */
export async function problemFile(db: Db, viewer: Viewer, id: string): Promise<{ stream: Readable; name: string }> {
  const found = await requireImport(db, viewer, id)
  const headers = headersOf(found)
  const words = (code: string) => say(viewer.lang, code)
  const columns = [{ header: words('import.row'), kind: 'number' as const }, ...headers.map(({ header }) => ({ header, kind: 'text' as const })), { header: words('import.reason'), kind: 'text' as const, width: 60 }]
  const stream = new PassThrough()
  writeXlsx(stream, { sheet: words('import.problems'), columns, rows: rowsOf(db, viewer, found, headers.map(({ column }) => column)) }).catch((error: Error) => stream.destroy(error))

  return { stream, name: `${found.file.replace(/\.\w+$/, '')}-${words('import.problems')}.xlsx` }
}

const headersOf = (found: Import) => found.mapping.map(({ column, header }) => ({ column, header: header || columnName(column) }))

async function* rowsOf(db: Db, viewer: Viewer, found: Import, columns: number[]) {
  let after = -1
  for (;;) {
    const rows = await db.query<{ row: number; cells: Cell[]; findings: RowFinding[] }>(sql`
      select row, cells, findings from import_rows where import_id = ${found.id}::uuid and row > ${after} and findings is not null
        and exists (select from jsonb_array_elements(findings) finding where finding->>'severity' <> 'noted') order by row limit ${page}`)
    if (rows.length > 0) yield rows.map(row => [String(row.row), ...columns.map(column => textOf(row.cells[column])), reasonsOf(viewer, found, row.findings)])
    if (rows.length < page) return
    after = rows.at(-1)?.row ?? after
  }
}

/** 手机号：手机号要 11 位，这里只有 7 位，请补全 */
function reasonsOf(viewer: Viewer, found: Import, findings: RowFinding[]): string {
  const object = objectOf(found.object)
  return findings.filter(finding => finding.severity !== 'noted').map(finding => {
    const field = object.fields.find(other => other.name === finding.field)
    const label = finding.field === undefined ? '' : found.mapping.find(entry => entry.field === finding.field)?.header || field?.label[viewer.lang] || ''
    const proposal = finding.proposal === undefined ? '' : say(viewer.lang, 'import.proposal', { value: finding.proposal })
    return `${label === '' ? '' : `${label}: `}${say(viewer.lang, finding.code, finding.values)}${proposal}`
  }).join('\n')
}
