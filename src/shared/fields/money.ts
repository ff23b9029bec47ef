import { grouped, inTenThousands, type Decimal } from '../money.ts'
import type { Lang } from '../object.ts'
import type { FieldType } from './field.ts'
import { numeric, parseDecimal } from './number.ts'

/** An amount in yuan, exact, with two places unless the field says otherwise: `"500000.00"`. */
export const money: FieldType<Decimal> = {
  ...numeric,
  name: 'money',
  parse: (input, field, context) => parseDecimal(input, field.decimals === undefined ? { ...field, decimals: 2 } : field, context),
  format: value => (value.startsWith('-') ? `-¥${grouped(value.slice(1))}` : `¥${grouped(value)}`),
}

const tenThousand: Record<Lang, string> = { 'zh-CN': '万', en: '×10k' }

/** The same amount in units of 万, for narrow places and charts: `50 万`. */
export const formatShort = (value: Decimal, lang: Lang) => `${inTenThousands(value)} ${tenThousand[lang]}`
