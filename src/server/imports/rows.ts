import type { Cell, SourceRow } from '#server/files/read.ts'
import type { Severity } from '#shared/api/imports.ts'
import { requiredness } from '#shared/asked.ts'
import { parseField } from '#shared/fields/all.ts'
import { isRefused, type ParseContext, type Parsed, type TypeName } from '#shared/fields/field.ts'
import type { Field, ObjectType } from '#shared/object.ts'
import type { Finding } from '#shared/problem.ts'
import { isBlank, shifted, textOf } from './cells.ts'
import type { Fixes } from './fixes.ts'
import { nameKey } from '#server/catalog/name-key.ts'
import { withoutSecrets } from './secrets.ts'
import type { RegionPart } from './targets.ts'

export interface RowFinding extends Finding { severity: Severity }

/** Where a cell goes. `name` is the name of the target, `phone` or `contacts.name`. */
export interface Spot { name: string; field: Field; ofContact: boolean; label: string; isNeeded: boolean; known: Map<string, Parsed<unknown>> }

export interface PlanColumn {
  column: number
  spot: Spot
  part: RegionPart | null
  /** Numbers under 万元 are multiplied by 10⁴. */
  power: number
  /** A further column for the remark: becomes a line of it. */
  isLine: boolean
}

/** What is to be done with every row of the file. */
export interface Plan {
  object: ObjectType
  contact: ObjectType | null
  columns: PlanColumn[]
  /** What a new record cannot be without, always or by a rule across fields, and that rule in words; nothing when only records that are there are changed. */
  required: { field: Field; rule: string | null }[]
  /** Where texts go that no field takes. */
  remark: Field | null
  fixes: Fixes
  context: ParseContext
}

export interface UnderstoodRow {
  row: number
  values: Record<string, unknown>
  /** The contact that the row brings. */
  contact: Record<string, unknown> | null
  /** `字段: 原文` lines for the remark: nothing is lost. */
  kept: string[]
  findings: RowFinding[]
  isRefused: boolean
  /** The original cells, secrets masked. */
  cells: Cell[]
}

/** Findings that say what was done rather than that something is wrong. */
const harmless = new Set(['number.unit', 'number.rounded', 'date.serial'])
/** Refusals whose proposal is taken at once, in sight of everybody: the preview lists them, and each can be changed there. */
const takenWithProposal = new Set(['choice.similar', 'phone.several', 'email.several'])

/** One row of the file as values of the fields, and everything that was found on the way. Pure. */
export function understandRow(source: SourceRow, plan: Plan): UnderstoodRow {
  const safe = withoutSecrets(source.cells)
  const row: UnderstoodRow = { row: source.row, values: {}, contact: null, kept: [], findings: safe.findings.map(finding => ({ ...finding, severity: 'doubtful' })), isRefused: false, cells: safe.cells }
  const places = new Map<Spot, Partial<Record<RegionPart, string>>>()
  for (const column of plan.columns) {
    const cell = safe.cells[column.column] ?? null
    const fix = plan.fixes.cells.get(`${row.row} ${column.spot.name}`)
    if (fix !== undefined) takeText(row, plan, column.spot, fix)
    else if (isBlank(cell)) continue
    else if (column.part !== null) gather(places, column.spot, column.part, textOf(cell))
    else take(row, plan, column, cell)
  }
  for (const [spot, parts] of places) takeText(row, plan, spot, joinedPlace(parts))
  settleContact(row, plan)
  requireFields(row, plan)

  return row
}

function take(row: UnderstoodRow, plan: Plan, column: PlanColumn, cell: Cell) {
  const { spot } = column
  if (typeof cell === 'object' && cell !== null && 'error' in cell) {
    if (cell.raw !== undefined && cell.raw !== '') refuseCell(row, plan, spot, cell.raw, { code: cell.error })
    else row.findings.push({ field: spot.name, code: cell.error, value: '', severity: 'doubtful' })
  } else if (column.isLine) row.kept.push(`${spot.label}: ${textOf(cell)}`)
  else takeText(row, plan, spot, column.power === 0 ? inputOf(cell) : shifted(textOf(cell), column.power))
}

const inputOf = (cell: Cell): string | number | boolean => (typeof cell === 'number' || typeof cell === 'boolean' ? cell : textOf(cell))

function takeText(row: UnderstoodRow, plan: Plan, spot: Spot, given: string | number | boolean) {
  const answer = answerFor(plan, spot, given)
  const input = answer ?? given
  const parsed = understood(spot, input, plan.context)
  const values = spot.ofContact ? (row.contact ??= {}) : row.values
  if (!isRefused(parsed)) {
    if (parsed.value !== null) values[spot.field.name] = parsed.value
    if (answer !== undefined && isOwner(spot)) row.findings.push({ field: spot.name, code: 'row.ownerAnswered', values: { value: String(given).trim() }, value: String(given).trim(), proposal: answer, severity: 'noted' })
    // Secrets were found before, with their column.
    for (const finding of parsed.findings ?? []) if (!finding.code.startsWith('secret.')) row.findings.push({ ...finding, field: spot.name, value: String(input).trim(), severity: harmless.has(finding.code) ? 'noted' : 'doubtful' })
    return
  }
  const { refusal } = parsed
  const text = String(input).trim()
  if (isOwner(spot) && refusal.code === 'reference.unknown' && plan.remark !== null) return leaveWithImporter(row, spot, text)
  if (refusal.proposal === undefined || !takenWithProposal.has(refusal.code)) return refuseCell(row, plan, spot, text, refusal)
  values[spot.field.name] = spot.field.type === 'choices' ? [refusal.proposal] : refusal.proposal
  if (refusal.code !== 'choice.similar') row.kept.push(`${spot.label}: ${text}`)
  row.findings.push({ ...refusal, field: spot.name, value: text, severity: refusal.code === 'choice.similar' ? 'noted' : 'doubtful' })
}

/** What a person said this text stands for; an owner that was chosen and taken back is as it was. */
function answerFor(plan: Plan, spot: Spot, given: string | number | boolean): string | undefined {
  const answer = typeof given === 'string' ? plan.fixes.texts.get(`${spot.name} ${given.trim()}`) : undefined
  return answer === '' && isOwner(spot) ? undefined : answer
}

const isOwner = (spot: Spot) => !spot.ofContact && spot.field.column === 'owner_id'

/** Whoever is in the file but not in the company owns nothing here: the row is taken all the same, and the name is kept in the remark. */
function leaveWithImporter(row: UnderstoodRow, spot: Spot, name: string) {
  row.kept.push(`${spot.label}: ${name}`)
  row.findings.push({ field: spot.name, code: 'row.ownerUnknown', values: { value: name }, value: name, severity: 'noted' })
}

/** Few words, many rows: what a place or an option means is worked out once. */
function understood(spot: Spot, input: string | number | boolean, context: ParseContext): Parsed<unknown> {
  if (typeof input !== 'string' || !fewWords.has(spot.field.type)) return parseField(spot.field, input, context)
  const known = spot.known.get(input)
  if (known !== undefined) return known
  const parsed = parseField(spot.field, input, context)
  if (spot.known.size < 20_000) spot.known.set(input, parsed)

  return parsed
}

const fewWords = new Set<TypeName>(['choice', 'choices', 'region', 'person', 'department', 'boolean'])

/** Of an optional field the text is kept in the remark and the row is taken; without what must be there it is refused. */
function refuseCell(row: UnderstoodRow, plan: Plan, spot: Spot, text: string, refusal: Finding) {
  const isLost = spot.isNeeded || plan.remark === null
  if (isLost) row.isRefused = true
  else row.kept.push(`${spot.label}: ${text}`)
  row.findings.push({ ...refusal, field: spot.name, value: text, severity: isLost ? 'refused' : 'doubtful' })
}

function gather(places: Map<Spot, Partial<Record<RegionPart, string>>>, spot: Spot, part: RegionPart, text: string) {
  const known = [...places.keys()].find(other => other.field.name === spot.field.name) ?? spot
  places.set(known, { ...places.get(known), [part]: text.trim() })
}

/** 北京市 + 朝阳区; a city that repeats its province stands once. */
const joinedPlace = (parts: Partial<Record<RegionPart, string>>) =>
  [parts.province, parts.city, parts.district].filter((part, i, all) => part !== undefined && part !== '' && all.indexOf(part) === i).join('')

function requireFields(row: UnderstoodRow, plan: Plan) {
  const surroundings = { fields: plan.object.fields, context: plan.context }
  for (const { field, rule } of plan.required) {
    if (row.values[field.name] !== undefined || row.findings.some(finding => finding.field === field.name && finding.severity === 'refused')) continue
    const why = requiredness(field, row.values, surroundings)
    if (why === null) continue
    row.isRefused = true
    const proposal = field.name === plan.object.title ? row.contact?.['name'] : undefined
    row.findings.push({ field: field.name, ...missing(why, rule), severity: 'refused', value: '', ...(typeof proposal === 'string' ? { proposal } : {}) })
  }
}

const missing = (why: 'always' | 'here', rule: string | null): Pick<Finding, 'code' | 'values'> =>
  why === 'here' && rule !== null ? { code: 'field.requiredHere', values: { when: rule } } : { code: 'field.required' }

/** A contact without a name is no contact: what was said of it is kept. A person who is their own contact comes once. */
function settleContact(row: UnderstoodRow, plan: Plan) {
  const { contact } = row
  if (contact === null || plan.contact === null) return
  const names = Object.keys(contact)
  if (contact['name'] === undefined) {
    for (const name of names) row.kept.push(`${plan.contact.one['zh-CN']}${plan.contact.fields.find(field => field.name === name)?.label['zh-CN'] ?? ''}: ${String(contact[name])}`)
    row.contact = null
  } else if (names.length === 1 && nameKey(String(contact['name'])) === nameKey(String(row.values['name'] ?? ''))) row.contact = null
}
