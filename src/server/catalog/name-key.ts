import { raw, sql, type Sql } from '../db/sql.ts'

const legalForms = /(股份有限公司|有限责任公司|有限公司|责任公司|集团公司|公司|集团|co,?ltd|ltd|inc|llc|gmbh)$/

/**
 * 名称的归一: brackets, blanks, widths, case and the legal form make no difference, so that
 * 北京（海淀）示例科技有限公司 and 北京(海淀)示例科技 have one key. Empty when nothing is left.
 */
export function nameKey(name: string): string {
  const plain = name.normalize('NFKC').toLowerCase().replace(/[\s\u200b-\u200f\ufeff'"“”‘’·•・,.\-_]/g, '').replace(/[[【〔]/g, '(').replace(/[\]】〕]/g, ')')
  const bare = plain.replace(/\(个体工商户\)$/, '').replace(legalForms, '').replace(legalForms, '')

  return bare === '' ? plain : bare
}

const blanks = `[\\s\\u200b-\\u200f\\ufeff''"“”‘’·•・,.\\-_]`
const forms = '(股份有限公司|有限责任公司|有限公司|责任公司|集团公司|公司|集团|co,?ltd|ltd|inc|llc|gmbh)$'

/** The same in the database, for rows that were there before their column; a test compares both. */
export function nameKeySql(column: Sql): Sql {
  const plain = sql`translate(regexp_replace(lower(normalize(${column}, nfkc)), ${raw(`'${blanks}'`)}, '', 'g'), '[【〔]】〕', '((()))')`
  const bare = sql`regexp_replace(regexp_replace(regexp_replace(${plain}, '\\(个体工商户\\)$', ''), ${raw(`'${forms}'`)}, ''), ${raw(`'${forms}'`)}, '')`

  return sql`coalesce(nullif(${bare}, ''), ${plain})`
}
