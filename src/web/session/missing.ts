import { t, type Key } from '#web/i18n.ts'
import { Problem } from '#shared/problem.ts'

export const textOf = (value: unknown) => (typeof value === 'string' ? value : '')

/** The refusal of a form in which something is left out; null when everything is there. */
export function missing(values: Record<string, unknown>, labels: Record<string, Key>): Problem | null {
  const fields = Object.entries(labels)
    .filter(([field]) => textOf(values[field]).trim() === '')
    .map(([field, label]) => ({ field, code: 'setup.missing', values: { label: t(label) } }))
  return fields.length === 0 ? null : new Problem('record.invalid', { count: fields.length }, { fields })
}
