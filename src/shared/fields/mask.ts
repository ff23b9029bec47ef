import type { MaskKind } from './field.ts'

/** What stands for everything that is hidden. */
export const hidden = '***'

/** The mask of a text. Every rule is written twice, here and in `maskTextSql`; a test compares them on PostgreSQL. */
export const maskText = (kind: MaskKind, value: string): string => rules[kind].mask(value)

/** The same as a SQL expression over `column`, which must be text; null stays null. */
export const maskTextSql = (kind: MaskKind, column: string): string => `case when ${column} is not null then ${rules[kind].sql(`${column}`)} end`

/** For columns that are not text: nothing is shown but that there is something. */
export const hideSql = (column: string) => `case when ${column} is not null then '${hidden}' end`

interface Rule { mask(value: string): string; sql(column: string): string }

const mobile = '^1[3-9][0-9]{9}$'
const landline = '^(0[0-9]{2,3})-[0-9]*([0-9]{4})(-[0-9]+)?$'
const titles = '(总经理|副总|经理|总监|主管|主任|总|董|工|老师|医生|先生|女士|小姐)$'

// 省市区 of a written address: at most one province, one city, one district. Each ends at its first suffix, so that
// JavaScript (first match) and PostgreSQL (longest match) cannot disagree. 小区, 社区, 校区 … are homes, not districts.
const unit = '[^省市区县旗盟州]'
const province = `${unit}{1,6}省|(?:内蒙古|广西壮族|西藏|宁夏回族|新疆维吾尔)自治区|(?:香港|澳门)特别行政区`
const city = `${unit}{1,8}(?:州市|市|州|地区|盟)`
const district = `${unit}{0,8}[^省市区县旗盟州小社厂院校街](?:区|县|旗|市)`
const region = `^(?:${province})?(?:${city})?(?:${district})?`

const patterns = { mobile: new RegExp(mobile), landline: new RegExp(landline), titles: new RegExp(titles, 'u'), region: new RegExp(region, 'u') }

const rules: Record<MaskKind, Rule> = {
  phone: {
    mask: value => {
      if (patterns.mobile.test(value)) return `${value.slice(0, 3)}****${value.slice(-4)}`
      const parts = patterns.landline.exec(value)
      if (parts) return `${parts[1]}-****${parts[2]}`
      return ends(value, 3, 4, '****', 9)
    },
    sql: c => `case when ${c} ~ '${mobile}' then left(${c}, 3) || '****' || right(${c}, 4)`
      + ` when ${c} ~ '${landline}' then regexp_replace(${c}, '${landline}', '\\1-****\\2')`
      + ` when length(${c}) >= 9 then left(${c}, 3) || '****' || right(${c}, 4) else '${hidden}' end`,
  },
  // 张三 → 张*, 欧阳娜娜 → 欧***, 王经理 → *经理, 张 → *
  name: {
    mask: value => {
      const title = patterns.titles.exec(value)?.[0]
      if (title !== undefined && title !== value) return `*${title}`
      const letters = [...value]
      return letters.length < 2 ? '*' : letters[0] + '*'.repeat(Math.min(letters.length - 1, 3))
    },
    sql: c => `case when ${c} ~ '${titles}' and substring(${c} from '${titles}') <> ${c} then '*' || substring(${c} from '${titles}')`
      + ` when length(${c}) < 2 then '*' else left(${c}, 1) || repeat('*', least(length(${c}) - 1, 3)) end`,
  },
  email: {
    mask: value => {
      const at = value.indexOf('@')
      return at > 0 ? `${[...value][0]}${hidden}${value.slice(at)}` : hidden
    },
    sql: c => `case when strpos(${c}, '@') > 1 then left(${c}, 1) || '${hidden}' || substr(${c}, strpos(${c}, '@')) else '${hidden}' end`,
  },
  address: {
    mask: value => (patterns.region.exec(value)?.[0] ?? '') + hidden,
    sql: c => `coalesce(substring(${c} from '${region}'), '') || '${hidden}'`,
  },
  number: {
    mask: value => ends(value, 3, 0, hidden, 7),
    sql: c => `case when length(${c}) >= 7 then left(${c}, 3) || '${hidden}' else '${hidden}' end`,
  },
  all: { mask: () => hidden, sql: () => `'${hidden}'` },
}

/** First and last letters of a text that is long enough to hide something. */
function ends(value: string, first: number, last: number, between: string, least: number) {
  const letters = [...value]
  return letters.length < least ? hidden : letters.slice(0, first).join('') + between + letters.slice(letters.length - last).join('')
}
