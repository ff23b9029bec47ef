import type { Db } from '../db/connect.ts'
import { sql } from '../db/sql.ts'
import type { Viewer } from './viewer.ts'

/** A department as seen from where this viewer stands: their own or one above it; one that they head. */
export interface Department { id: string; label: string; isAbove: boolean; isHeaded: boolean }

export const departmentsFrom = (db: Db, viewer: Viewer): Promise<Department[]> => db.query<Department>(sql`
  with recursive above as (
    select id, parent_id from departments where id = ${viewer.departmentId}::uuid and deleted_at is null
    union select d.id, d.parent_id from departments d join above on d.id = above.parent_id where d.deleted_at is null)
  select id, name as label, id in (select id from above) as "isAbove", coalesce(head_id = ${viewer.id}::uuid, false) as "isHeaded"
  from departments where deleted_at is null order by name limit 1000`)
