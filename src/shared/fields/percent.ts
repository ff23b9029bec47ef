import { grouped, type Decimal } from '../money.ts'
import type { FieldType } from './field.ts'
import { numeric, parseDecimal } from './number.ts'

/** A share in hundredths: `12.5` means 12.5 %. */
export const percent: FieldType<Decimal> = {
  ...numeric,
  name: 'percent',
  parse: (input, field, context) => parseDecimal(input, field, context, ['%']),
  format: value => `${grouped(value)}%`,
}
