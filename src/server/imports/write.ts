import { uuidv7 } from 'uuidv7'
import type { Viewer } from '#server/access/viewer.ts'
import type { Db } from '#server/db/connect.ts'
import { sql } from '#server/db/sql.ts'
import { changeMany, createMany, type BatchResult, type BatchRow } from '#server/records/batch.ts'
import { findAll } from '#server/records/find.ts'
import { get } from '#server/records/get.ts'
import type { Act } from '#server/records/save.ts'
import { objectOf } from '#server/catalog/catalog.ts'
import { Problem, type Finding } from '#shared/problem.ts'
import { contactObject } from './access.ts'
import { remarkOf } from './mapping.ts'
import { nameKey } from '#server/catalog/name-key.ts'
import type { CommitRow } from './stage.ts'
import type { Import } from './state.ts'

export interface Done { created: number; updated: number; skipped: number; refused: number; contacts: number }

/** Writes the rows of one batch through the door, within the caller's transaction. What the door refuses is marked and counted, never lost. */
export async function writeRows(tx: Db, viewer: Viewer, found: Import, rows: CommitRow[]): Promise<Done> {
  const act: Act = { batchId: found.batchId, reason: found.reason ?? found.file }
  const refused = new Map<string, Finding[]>()
  const note = (result: BatchResult) => result.refused.forEach(entry => refused.set(entry.id, entry.findings))
  const creates = rows.filter(row => row.outcome === 'create')
  const updates = rows.filter(row => row.outcome === 'update')
  if (creates.length > 0) note(await createMany(tx, viewer, found.object, creates.map(row => ({ id: idOf(row), values: withKept(found, row.values, row.kept, null) })), act))
  for (const group of apart(updates)) note(await changeGroup(tx, viewer, found, group, act))

  const isTaken = (row: CommitRow) => !refused.has(idOf(row))
  const contacts = await writeContacts(tx, viewer, found, rows.filter(row => row.contact !== null && ['create', 'update', 'contact'].includes(row.outcome) && isTaken(row)), act)
  const lost = rows.filter(row => ['create', 'update', 'contact'].includes(row.outcome) && !isTaken(row))
  await markRefused(tx, found.id, lost.map(row => ({ row: row.row, findings: refused.get(idOf(row)) ?? [] })))

  return {
    created: [...creates, ...rows.filter(row => row.outcome === 'contact')].filter(isTaken).length, updated: updates.filter(isTaken).length,
    skipped: rows.filter(row => row.outcome === 'skip').length, refused: rows.filter(row => row.outcome === 'refuse').length + lost.length, contacts,
  }
}

const idOf = (row: CommitRow) => {
  if (row.recordId === null) throw new Problem('row.notStored')
  return row.recordId
}

/** Lines that no field took, below what the remark has already. */
function withKept(found: Import, values: Record<string, unknown>, kept: string[] | null, before: string | null): Record<string, unknown> {
  const remark = remarkOf(objectOf(found.object))
  if (kept === null || remark === null) return values
  const own = values[remark] ?? before
  const known = typeof own === 'string' ? own.split('\n') : []

  return { ...values, [remark]: [...known, ...kept.filter(line => !known.includes(line))].join('\n') }
}

/** A record that several rows change is changed in their order, one call after the other. */
function apart(rows: CommitRow[]): CommitRow[][] {
  const groups: CommitRow[][] = []
  const turns = new Map<string, number>()
  for (const row of rows) {
    const turn = turns.get(idOf(row)) ?? 0
    turns.set(idOf(row), turn + 1)
    const group = groups[turn] ?? []
    groups[turn] = group
    group.push(row)
  }

  return groups
}

/** What may be given only once stays as it is: such a value does not refuse the rest of the row. */
async function changeGroup(tx: Db, viewer: Viewer, found: Import, group: CommitRow[], act: Act): Promise<BatchResult> {
  const changes: BatchRow[] = []
  for (const row of group) {
    // The field by which the record was found is its own: k1 in the file does not rename K1.
    const { [found.matchField ?? '']: _, ...values } = row.values
    changes.push({ id: idOf(row), values: row.kept === null ? values : withKept(found, values, row.kept, await remarkBefore(tx, viewer, found, idOf(row))) })
  }
  const first = await changeMany(tx, viewer, found.object, changes, act)
  const again = first.refused.filter(entry => entry.findings.every(finding => finding.code === 'field.setOnce'))
  if (again.length === 0) return first
  const stuck = new Map(again.map(entry => [entry.id, new Set(entry.findings.map(finding => finding.field))]))
  const rest = changes.filter(change => stuck.has(change.id))
    .map(change => ({ id: change.id, values: Object.fromEntries(Object.entries(change.values).filter(([name]) => !stuck.get(change.id)?.has(name))) }))
  const second = await changeMany(tx, viewer, found.object, rest, act)

  return { done: first.done + second.done, refused: [...first.refused.filter(entry => !stuck.has(entry.id)), ...second.refused] }
}

async function remarkBefore(tx: Db, viewer: Viewer, found: Import, id: string): Promise<string | null> {
  const remark = remarkOf(objectOf(found.object))
  const record = await get(tx, viewer, found.object, id)
  const text = remark === null ? null : record[remark]

  return typeof text === 'string' ? text : null
}

/** The contacts that come with the rows; who is a contact of the customer already does not come twice. */
async function writeContacts(tx: Db, viewer: Viewer, found: Import, rows: CommitRow[], act: Act): Promise<number> {
  if (rows.length === 0) return 0
  const object = contactObject()
  const link = object.fields.find(field => field.name === object.ownerFrom && field.target === found.object)
  if (link === undefined) return 0
  const known = await contactsOf(tx, viewer, link.name, rows.filter(row => row.outcome !== 'create').map(idOf))
  const fresh: BatchRow[] = []
  for (const row of rows) {
    const names = known.get(idOf(row)) ?? new Set()
    const key = nameKey(String(row.contact?.['name'] ?? ''))
    if (names.has(key)) continue
    known.set(idOf(row), names.add(key))
    const customer = { id: idOf(row), label: typeof row.values['name'] === 'string' ? row.values['name'] : null }
    fresh.push({ id: uuidv7(), values: { ...row.contact, [link.name]: customer, isPrimary: names.size === 1 } })
  }

  return (await createMany(tx, viewer, object.name, fresh, act)).done
}

async function contactsOf(tx: Db, viewer: Viewer, link: string, ids: string[]): Promise<Map<string, Set<string>>> {
  const known = new Map<string, Set<string>>()
  const unique = [...new Set(ids)]
  for (let i = 0; i < unique.length; i += 500) {
    const query = { filter: { field: link, op: 'in' as const, value: unique.slice(i, i + 500) }, fields: ['name', link] }
    for await (const page of findAll(tx, viewer, 'contacts', query)) {
      for (const record of page) {
        const customer = record[link]
        if (typeof customer !== 'object' || customer === null || !('id' in customer) || typeof customer.id !== 'string') continue
        known.set(customer.id, (known.get(customer.id) ?? new Set()).add(nameKey(String(record['name'] ?? ''))))
      }
    }
  }

  return known
}

async function markRefused(tx: Db, id: string, lost: { row: number; findings: Finding[] }[]) {
  if (lost.length === 0) return
  const facts = lost.map(({ row, findings }) => ({ row, findings: findings.map(finding => ({ ...finding, severity: 'refused' })) }))
  await tx.query(sql`
    update import_rows set outcome = 'refuse', findings = coalesce(import_rows.findings, '[]'::jsonb) || lost.findings
    from jsonb_to_recordset(${JSON.stringify(facts)}::jsonb) as lost(row int, findings jsonb) where import_id = ${id}::uuid and import_rows.row = lost.row`)
}
