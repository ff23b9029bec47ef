import type { Viewer } from '../access/viewer.ts'
import type { Db } from '../db/connect.ts'
import { raw, sql, type Sql } from '../db/sql.ts'
import { outputList } from './json.ts'
import type { Column } from './relation.ts'

/**
 * Records of a relation by id, in that order, as the JSON of the API with commas between. This statement is long: planned once per
 * connection, it costs less than the page. What left the relation since its ids were read is left out.
 */
export async function dress(db: Db, { viewer, columns, from }: { viewer: Viewer; columns: Column[]; from: Sql }, ids: string[]): Promise<string> {
  if (ids.length === 0) return ''
  const [row] = await db.query<{ text: string | null }>(sql`
    select string_agg(json, ',' order by place) as text
    from (select wanted.place, (select row_to_json(output) from (select ${outputList(viewer, columns, raw('page'))}) output)::text as json
      from unnest(${ids}::uuid[]) with ordinality wanted(id, place) join ${from} page on page.id = wanted.id) dressed`, 'prepared')
  return row?.text ?? ''
}
