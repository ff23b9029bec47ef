import { ops } from '#shared/filter.ts'
import type { Op } from '#shared/filter.ts'
import type { FieldOut } from '#web/objects.ts'

/** An operator as the editor offers it; 不包含 and 不在…内 are the negation of one. */
export interface OpChoice { op: Op; negated: boolean }

export const choiceOf = (op: Op, negated: boolean) => (negated ? `not ${op}` : op)

const negatable: Op[] = ['contains', 'within', 'startsWith']

/** A choice is asked about with one or several values at once; its single-value operators would only repeat that. */
const several: FieldOut['type'][] = ['choice', 'choices', 'tags']

/** What the field allows, without what says the same twice. */
export function choicesOf(field: FieldOut): OpChoice[] {
  const isSeveral = several.includes(field.type) && field.access !== 'masked'
  return ops
    .filter(op => field.ops.includes(op))
    .filter(op => (isSeveral ? op !== 'eq' && op !== 'ne' : op !== 'in' && op !== 'notIn'))
    .flatMap(op => [{ op, negated: false }, ...(negatable.includes(op) && !isSeveral ? [{ op, negated: true }] : [])])
}

export const firstOp = (field: FieldOut): Op => {
  const wanted: Op[] = field.type === 'text' || field.type === 'phone' || field.type === 'email' || field.type === 'longText' || field.type === 'address' ? ['contains'] : field.type === 'date' || field.type === 'datetime' ? ['within'] : []
  return wanted.find(op => field.ops.includes(op)) ?? choicesOf(field)[0]?.op ?? 'eq'
}
