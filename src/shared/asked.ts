import { isEmpty } from './fields/field.ts'
import { fits, type Surroundings } from './fits.ts'
import type { Field } from './object.ts'

type Values = Readonly<Record<string, unknown>>
type Asked = Pick<Field, 'required' | 'requiredWhen' | 'visibleWhen'>

/** Whether forms and pages show a field of this record: its condition fits, or there is something in it. */
export const isVisible = (field: Pick<Field, 'name' | 'visibleWhen'>, values: Values, surroundings: Surroundings) =>
  field.visibleWhen === undefined || !isEmpty(values[field.name]) || fits(field.visibleWhen, values, surroundings)

/** Why a field must be filled in this record: always, because of a condition, or not at all. What is not asked for is not required. */
export function requiredness(field: Asked, values: Values, surroundings: Surroundings): 'always' | 'here' | null {
  if (field.visibleWhen !== undefined && !fits(field.visibleWhen, values, surroundings)) return null
  if (field.required === true) return 'always'
  return field.requiredWhen !== undefined && fits(field.requiredWhen, values, surroundings) ? 'here' : null
}
