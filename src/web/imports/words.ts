import { t } from '#web/i18n.ts'

/** A value of the API as people read it, for previews. */
export function words(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'boolean') return t(value ? 'import.yes' : 'import.no')
  if (Array.isArray(value)) return value.map(words).join('、')
  if (typeof value === 'object') return 'label' in value ? words(value.label) : ''
  return String(value)
}
