import type { Field, ObjectType } from '#shared/object.ts'
import type { Finding } from '#shared/problem.ts'
import type { Db } from '../db/connect.ts'
import { ident, raw, sql } from '../db/sql.ts'

/** Values that must be unique and are not. Says no more than that: the other record may be outside what this viewer sees. */
export async function taken(db: Db, object: ObjectType, stored: Map<Field, unknown>, except: string | null = null): Promise<Finding[]> {
  const findings: Finding[] = []
  for (const [field, value] of stored) {
    if (!field.unique || value === null) continue
    const living = field.name === object.numberField ? raw('') : raw('deleted_at is null and ')
    const rows = await db.query(sql`select 1 from ${ident(object.table)} where ${living}${ident(field.column)} = ${value} and id is distinct from ${except}::uuid limit 1`, 'prepared')
    if (rows.length > 0) findings.push({ field: field.name, code: 'field.notUnique', value })
  }
  return findings
}
