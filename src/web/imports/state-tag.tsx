import type { ImportState, Severity } from '#shared/api/imports.ts'
import type { Hue } from '#shared/object.ts'
import { t } from '#web/i18n.ts'
import { Tag } from '#web/ui/tag.tsx'

const states: Record<ImportState | 'undoing', { key: Parameters<typeof t>[0]; hue: Hue }> = {
  reading: { key: 'import.state.reading', hue: 'blue' }, ready: { key: 'import.state.ready', hue: 'amber' }, refused: { key: 'import.state.refused', hue: 'red' },
  committing: { key: 'import.state.committing', hue: 'blue' }, done: { key: 'import.state.done', hue: 'green' }, failed: { key: 'import.state.failed', hue: 'red' },
  cancelled: { key: 'import.state.cancelled', hue: 'grey' }, undone: { key: 'import.state.undone', hue: 'grey' }, undoing: { key: 'import.state.undoing', hue: 'blue' },
}
const severities: Record<Severity, { key: Parameters<typeof t>[0]; hue: Hue }> = {
  refused: { key: 'import.severity.refused', hue: 'red' }, doubtful: { key: 'import.severity.doubtful', hue: 'amber' },
  skipped: { key: 'import.severity.skipped', hue: 'slate' }, noted: { key: 'import.severity.noted', hue: 'grey' },
}

export const StateTag = ({ state }: { state: ImportState | 'undoing' }) => <Tag hue={states[state].hue}>{t(states[state].key)}</Tag>
export const SeverityTag = ({ severity }: { severity: Severity }) => <Tag hue={severities[severity].hue}>{t(severities[severity].key)}</Tag>
