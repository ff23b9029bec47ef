import type { Viewer } from '#server/access/viewer.ts'
import type { Db, Pool } from '#server/db/connect.ts'
import { raw, sql, type Sql } from '#server/db/sql.ts'
import { matchRecords, type Match } from '#server/records/matches.ts'
import type { ImportCounts, ImportKind } from '#shared/api/imports.ts'
import { objectOf } from '#server/catalog/catalog.ts'
import type { Field, ObjectType } from '#shared/object.ts'
import { nameKey } from '#server/catalog/name-key.ts'
import { Outdated } from './background.ts'
import { findImport, saveImport, type Import } from './state.ts'

/** Compares the staged rows with what is there, decides what will happen with each, and counts. */
export async function finishTrial(db: Pool, viewer: Viewer, id: string, attempt: number): Promise<void> {
  const found = await findImport(db, id)
  if (found === null || found.attempt !== attempt) throw new Outdated()
  await tryRows(db, viewer, found)
  const [counts, kinds] = [await countRows(db, found), await kindsOf(db, found)]
  if (!(await saveImport(db, id, { state: 'ready', counts, kinds, password: null, refusal: null }, attempt))) throw new Outdated()
}

/** So many rows are looked up one by one sooner than in one pass over all customers. */
const few = 2_000

/** What will happen with each staged row. */
export function tryRows(db: Pool, viewer: Viewer, found: Import): Promise<void> {
  return db.transaction(async tx => {
    // The stage has just been filled, and its statistics tell of other files: a long one, taken row by row, would need minutes for what one pass does.
    if (found.total > few) await tx.exec(`set local enable_nestloop = off; set local work_mem = '64MB'`)
    await compare(tx, viewer, found)
    await refuseUnreadable(tx, found)
    await followFirstRows(tx, found)
  })
}

/** What the staged rows of one outcome are compared by. */
const keysOf = (found: Import, key: Sql) => sql`select row, ${key} as key from import_rows where import_id = ${found.id}::uuid and outcome = 'create' and ${key} is not null`
const valueOf = (name: string) => sql`("values"->>${name}::text)`

async function compare(db: Db, viewer: Viewer, found: Import) {
  const object = objectOf(found.object)
  const unique = object.fields.filter(field => field.unique === true && field.computed !== true)
  const matchField = object.fields.find(field => field.name === found.matchField)
  if (found.mode !== 'create' && matchField !== undefined) {
    await joinRecords(db, found, await matchesOf(db, viewer, found, matchField))
    if (found.mode === 'update') await skipStrangers(db, found, matchField)
  }
  for (const field of unique) {
    const matches = await matchesOf(db, viewer, found, field)
    const known = field.name === object.numberField ? await ofSameName(db, found, matches) : new Set<number>()
    await skipKnown(db, found, field, matches.filter(match => known.has(match.row)))
    await dropTaken(db, found, field, matches.filter(match => !known.has(match.row)))
  }
  await reportTwins(db, viewer, found, object)
}

const matchesOf = (db: Db, viewer: Viewer, found: Import, field: Field) =>
  matchRecords(db, viewer, found.object, field, keysOf(found, field.type === 'numberRule' ? sql`upper(${valueOf(field.name)})` : valueOf(field.name)))

const list = (matches: readonly Match[]) => sql`unnest(${matches.map(match => match.row)}::int[], ${matches.map(match => match.id)}::uuid[], ${matches.map(match => match.label)}::text[]) as match(row, id, label)`
const add = (finding: Sql) => sql`findings = coalesce(findings, '[]'::jsonb) || jsonb_build_array(${finding})`
const staged = (found: Import) => sql`import_rows.import_id = ${found.id}::uuid`

/** Update and upsert: the record with this key is the one to change. */
const joinRecords = (db: Db, found: Import, matches: Match[]) =>
  db.query(sql`update import_rows set outcome = 'update', record_id = match.id from ${list(matches)} where ${staged(found)} and import_rows.row = match.row`)

const skipStrangers = (db: Db, found: Import, field: Field) =>
  db.query(sql`
    update import_rows set outcome = 'skip', ${add(sql`jsonb_build_object('code', 'row.noPartner', 'severity', 'skipped', 'field', ${field.name}::text, 'value', coalesce(${valueOf(field.name)}, ''))`)}
    where ${staged(found)} and outcome = 'create'`)

/** A number alone proves little where two lists were numbered apart: the name must agree. */
async function ofSameName(db: Db, found: Import, matches: Match[]): Promise<Set<number>> {
  const labels = new Map(matches.map(match => [match.row, match.label === null ? null : nameKey(match.label)]))
  const rows = await db.query<{ row: number; name: string | null }>(sql`select row, name_key as name from import_rows where import_id = ${found.id}::uuid and row = any(${[...labels.keys()]}::int[])`)

  return new Set(rows.filter(({ row, name }) => name === null || labels.get(row) === name).map(({ row }) => row))
}

/** The same number and name is the same record: it is not made twice. */
const skipKnown = (db: Db, found: Import, field: Field, matches: Match[]) =>
  db.query(sql`
    update import_rows set outcome = 'skip', ${add(sql`jsonb_build_object('code', 'row.isThere', 'severity', 'skipped', 'field', ${field.name}::text, 'value', ${valueOf(field.name)}, 'values', jsonb_build_object('record', coalesce(match.label, '')))`)}
    from ${list(matches)} where ${staged(found)} and import_rows.row = match.row`)

/** A unique value that another record holds: the row is taken without it, the value is kept in the remark. */
const dropTaken = (db: Db, found: Import, field: Field, matches: Match[]) =>
  db.query(sql`
    update import_rows set is_doubtful = true, "values" = ("values"::jsonb - ${field.name}::text)::json,
      kept = (coalesce(kept::jsonb, '[]'::jsonb) || to_jsonb(${`${field.label['zh-CN']}: `}::text || ${valueOf(field.name)}))::json,
      ${add(sql`jsonb_build_object('code', 'row.duplicateInDatabase', 'severity', 'doubtful', 'field', ${field.name}::text, 'value', ${valueOf(field.name)}, 'values', jsonb_build_object('record', coalesce(match.label, '')))`)}
    from ${list(matches)} where ${staged(found)} and import_rows.row = match.row`)

/** Same phone or same name: worth a look, never refused. One sign a row is enough. */
async function reportTwins(db: Db, viewer: Viewer, found: Import, object: ObjectType) {
  const title = object.fields.find(field => field.name === object.title)
  const phone = object.fields.find(field => field.name === 'phone')
  for (const [field, key] of [[phone, valueOf('phone')], [title, raw('name_key')]] as const) {
    if (field === undefined) continue
    const matches = await matchRecords(db, viewer, found.object, field, keysOf(found, key))
    await db.query(sql`
      update import_rows set is_doubtful = true,
        ${add(sql`jsonb_build_object('code', 'row.duplicateInDatabase', 'severity', 'doubtful', 'field', ${field.name}::text, 'value', ${valueOf(field.name)}, 'values', jsonb_build_object('record', coalesce(match.label, '')))`)}
      from ${list(matches)} where ${staged(found)} and import_rows.row = match.row and not coalesce(findings @> '[{"code": "row.duplicateInDatabase"}]', false)`)
  }
}

/** Rows whose cells could not be told apart (a quote that never closes) are not taken. */
async function refuseUnreadable(db: Db, found: Import) {
  for (const finding of found.info.findings ?? []) {
    const row = finding.values?.['row']
    if (typeof row !== 'number') continue
    await db.query(sql`update import_rows set outcome = 'refuse', ${add(sql`${JSON.stringify({ code: finding.code, severity: 'refused', values: finding.values })}::jsonb`)} where ${staged(found)} and row = ${row} and not coalesce(findings @> ${JSON.stringify([{ code: finding.code }])}::jsonb, false)`)
  }
}

/** Rows that belong to the record of an earlier row share its fate. */
async function followFirstRows(db: Db, found: Import) {
  await db.query(sql`
    update import_rows set record_id = first.record_id,
      outcome = case when first.outcome in ('refuse', 'skip') then first.outcome when import_rows.outcome = 'contact' then 'contact' else 'update' end,
      findings = case when first.outcome in ('refuse', 'skip') then coalesce(import_rows.findings, '[]'::jsonb)
        || jsonb_build_array(jsonb_build_object('code', 'row.withFirst', 'severity', case first.outcome when 'skip' then 'skipped' else 'refused' end, 'values', jsonb_build_object('row', first.row))) else import_rows.findings end
    from import_rows first where ${staged(found)} and first.import_id = import_rows.import_id and first.row = import_rows.same_as and import_rows.same_as is not null and import_rows.outcome in ('create', 'contact')`)
}

async function countRows(db: Db, found: Import): Promise<ImportCounts> {
  const [counts] = await db.query<ImportCounts>(sql`
    select count(*) filter (where outcome <> 'ignore')::int as rows, count(*) filter (where outcome in ('create', 'contact'))::int as create, count(*) filter (where outcome = 'update')::int as update,
      count(*) filter (where outcome = 'skip')::int as skip, count(*) filter (where outcome = 'refuse')::int as refuse, count(*) filter (where outcome = 'ignore')::int as ignored,
      count(*) filter (where is_doubtful and outcome in ('create', 'update', 'contact'))::int as doubtful, count(contact) filter (where outcome in ('create', 'update', 'contact'))::int as contacts
    from import_rows where import_id = ${found.id}::uuid`)

  return { ...(counts ?? { rows: 0 }), sha256: found.info.sha256 ?? '' }
}

/** Kinds of findings where one answer serves every row with the same text. */
const answerable = '^((choice|choices|reference|region)\\.|row\\.owner)'

/** Findings by kind; where an answer for one text serves all rows with it (an option, a member), by text. */
async function kindsOf(db: Db, found: Import): Promise<ImportKind[]> {
  const rows = await db.query<ImportKind>(sql`
    select code, severity, field, value, min(proposal) as proposal, (array_agg(coalesce("values", '{}'::jsonb)))[1] as "values", count(*)::int as count from (
      select finding->>'code' as code, finding->>'severity' as severity, finding->>'field' as field, finding->'values' as "values",
        case when finding->>'code' ~ ${answerable} then finding->>'value' end as value,
        case when finding->>'code' ~ ${answerable} then finding->>'proposal' end as proposal
      from import_rows, jsonb_array_elements(findings) finding where import_id = ${found.id}::uuid and findings is not null) found
    group by code, severity, field, value order by count(*) desc limit 5000`)
  const ofFile = (found.info.findings ?? []).filter(finding => typeof finding.values?.['row'] !== 'number')

  const byRank = (a: ImportKind, b: ImportKind) => ranks.indexOf(a.severity) - ranks.indexOf(b.severity)
  return [...ofFile.map((finding): ImportKind => ({ code: finding.code, severity: 'noted', field: null, count: 1, values: finding.values ?? {}, value: null, proposal: null })), ...gathered(rows)].sort(byRank)
}

const ranks: ImportKind['severity'][] = ['refused', 'doubtful', 'skipped', 'noted']
/** So many texts of one kind are shown one by one; the rest together. */
const mostTexts = 20
/** So many names are told one by one within their kind. */
const mostNames = 200
const isOfNames = (code: string) => code.startsWith('reference.') || code.startsWith('row.owner')

/** Options are answered text by text; names that nobody here has are one matter, however many they are. */
function gathered(rows: ImportKind[]): ImportKind[] {
  const shown: ImportKind[] = []
  const together = new Map<string, ImportKind & { texts: NonNullable<ImportKind['texts']> }>()
  const counts = new Map<string, number>()
  for (const row of rows) {
    const key = `${row.code} ${row.severity} ${row.field}`
    const place = (counts.get(key) ?? 0) + 1
    counts.set(key, place)
    if (row.value === null || (place <= mostTexts && !isOfNames(row.code))) {
      shown.push(row)
      continue
    }
    const group = together.get(key) ?? { ...row, value: null, proposal: null, count: 0, texts: [] }
    together.set(key, group)
    group.count += row.count
    group.texts.push({ value: row.value, count: row.count, proposal: row.proposal })
  }

  return [...shown, ...[...together.values()].map(summary)]
}

/** `王丽、黄强、宋志…`, and the names one by one with how many rows each. */
const summary = ({ texts, ...group }: ImportKind & { texts: NonNullable<ImportKind['texts']> }): ImportKind =>
  ({ ...group, values: { ...group.values, value: texts.slice(0, 3).map(text => text.value).join('、') + (texts.length > 3 ? '…' : ''), names: texts.length }, texts: texts.slice(0, mostNames) })
