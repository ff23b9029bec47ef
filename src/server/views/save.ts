import { uuidv7 } from 'uuidv7'
import type { ChangedView, NewView } from '#shared/api/view-changes.ts'
import { mostViews, type ViewOut } from '#shared/api/views.ts'
import { Problem, type Finding } from '#shared/problem.ts'
import type { Viewer } from '#server/access/viewer.ts'
import { writeAudit, type Change } from '#server/audit/write.ts'
import type { Db } from '#server/db/connect.ts'
import { sql } from '#server/db/sql.ts'
import { hints } from '#server/records/hints.ts'
import { asking, mayChange, requireRow, seesObject, shown, type Asking, type ViewRow } from './seen.ts'
import { checkKind, checkSettings, withUnseen } from './settings.ts'

/** What hints call a change of saved views. */
export const viewsHint = 'views'

/** Longest name, in characters. */
const longest = 60

type Wanted = Pick<ViewRow, 'name' | 'kind' | 'settings' | 'audience' | 'departmentId' | 'ownerId' | 'pinned'>

/** Saves how somebody looks at an object. */
export async function createView(tx: Db, viewer: Viewer, objectName: string, { id = uuidv7(), department, ...given }: NewView): Promise<ViewOut> {
  const asked = await beginViews(tx, viewer, objectName)
  const wanted: Wanted = {
    kind: given.kind ?? 'sheet', settings: given.settings, audience: given.audience ?? 'mine', pinned: given.pinned ?? false,
    name: clean(given.name), departmentId: department ?? null, ownerId: viewer.id,
  }
  checkSettings(viewer, asked.object, given.settings)
  checkKind(viewer, asked.object, wanted.kind, given.settings.by)
  await checkWanted(tx, viewer, asked, wanted, id)
  const [made] = await tx.query(sql`
    insert into views (id, object, name, kind, settings, audience, owner_id, department_id, pinned)
    values (${id}, ${objectName}, ${wanted.name}, ${wanted.kind}, ${JSON.stringify(given.settings)}::jsonb, ${wanted.audience}, ${viewer.id}, ${wanted.departmentId}, ${wanted.pinned})
    on conflict (id) do nothing returning 1`)
  if (!made) throw new Problem('record.exists')
  return endViews(tx, viewer, asked, id, 'view.create', changesOf({}, wanted))
}

/** Changes what a view shows, how it is called, for whom it is. What its changer cannot see of it stays. */
export async function changeView(tx: Db, viewer: Viewer, objectName: string, id: string, { department, settings, ...given }: ChangedView, version?: number): Promise<ViewOut> {
  const asked = await beginViews(tx, viewer, objectName)
  const row = await requireRow(tx, viewer, asked, id)
  if (!mayChange(viewer, asked, row)) throw new Problem('right.missing')
  if (version !== undefined && version !== row.version) throw new Problem('view.conflict', {}, { details: { current: (await shown(tx, viewer, asked, [row]))[0] } })
  const audience = given.audience ?? row.audience
  const wanted: Wanted = {
    kind: given.kind ?? row.kind, pinned: given.pinned ?? row.pinned, name: given.name === undefined ? row.name : clean(given.name), audience,
    departmentId: audience === 'department' ? department ?? row.departmentId : null,
    // Who makes a view of all their own has it from then on.
    ownerId: audience === 'mine' ? viewer.id : row.ownerId,
    settings: settings ? withUnseen(viewer, asked.object, row.settings, settings, row.ownerId === viewer.id) : row.settings,
  }
  if (settings) checkSettings(viewer, asked.object, settings)
  // A field that is out of sight, or retired, has been checked when it was chosen.
  if (wanted.kind !== row.kind || wanted.settings.by !== row.settings.by) checkKind(viewer, asked.object, wanted.kind, wanted.settings.by)
  await checkWanted(tx, viewer, asked, wanted, id)
  await tx.query(sql`
    update views set name = ${wanted.name}, kind = ${wanted.kind}, settings = ${JSON.stringify(wanted.settings)}::jsonb, audience = ${wanted.audience}, owner_id = ${wanted.ownerId},
      department_id = ${wanted.departmentId}, pinned = ${wanted.pinned}, version = version + 1, updated_at = now() where id = ${id}`)
  if (audience === 'mine') await tx.query(sql`delete from view_roles where view_id = ${id}`)
  return endViews(tx, viewer, asked, id, 'view.change', changesOf(row, wanted))
}

/** One at a time per object, so that names and numbers hold. */
export async function beginViews(tx: Db, viewer: Viewer, objectName: string): Promise<Asking> {
  await tx.query(sql`select pg_advisory_xact_lock(hashtext('kebu views'), hashtext(${objectName}))`)
  const asked = await asking(tx, viewer, objectName)
  if (!seesObject(viewer, asked.object)) throw new Problem('right.missing')
  return asked
}

/** After the last write: the log, a hint to whoever watches, and the view as its changer sees it. */
export async function endViews(tx: Db, viewer: Viewer, asked: Asking, id: string, action: string, changes: Change[]): Promise<ViewOut> {
  await writeAudit(tx, viewer, { action, object: asked.object.name, recordId: id, changes })
  tx.afterCommit(() => hints.emit(viewsHint, []))
  const [view] = await shown(tx, viewer, asked, [await requireRow(tx, viewer, asked, id)])
  if (!view) throw new Problem('record.notFound')
  return view
}

/** May it be for these, is its name free, is there room? */
export async function checkWanted(tx: Db, viewer: Viewer, asked: Asking, wanted: Wanted, id: string): Promise<void> {
  const { name, audience, departmentId } = wanted
  if (audience === 'department' && !asked.departments.some(each => each.id === departmentId)) refuse({ field: 'department', code: 'view.departmentMissing' })
  if (audience !== 'department' && departmentId !== null) refuse({ field: 'department', code: 'view.departmentUnasked' })
  if (!mayChange(viewer, asked, wanted)) throw new Problem('view.mayNotShare')
  if (name === '') refuse({ field: 'name', code: 'view.nameMissing' })
  if ([...name].length > longest) refuse({ field: 'name', code: 'view.nameLong', values: { most: longest } })
  const [others] = await tx.query<{ taken: boolean; count: number }>(sql`
    select coalesce(bool_or(lower(name) = lower(${name})), false) as taken, count(*)::int as count from views
    where object = ${asked.object.name} and retired_at is null and id <> ${id}::uuid and audience = ${audience}
      and (audience = 'everyone' or (audience = 'mine' and owner_id = ${wanted.ownerId}::uuid) or (audience = 'department' and department_id = ${departmentId}::uuid))`)
  if (others?.taken) refuse({ field: 'name', code: 'view.nameTaken', values: { name }, value: name })
  if ((others?.count ?? 0) >= mostViews) refuse({ field: 'name', code: 'view.tooMany', values: { most: mostViews } })
}

const refuse = (finding: Finding): never => { throw new Problem('record.invalid', { count: 1 }, { fields: [finding] }) }

const clean = (name: string) => name.replace(/[\s\p{Cc}]+/gu, ' ').trim()

const logged = ['name', 'kind', 'settings', 'audience', 'departmentId', 'pinned'] as const
const changesOf = (before: Partial<Wanted>, after: Wanted): Change[] =>
  logged.filter(part => JSON.stringify(before[part] ?? null) !== JSON.stringify(after[part])).map(part => ({ field: part, before: before[part] ?? null, after: after[part] }))
