import { isEmpty } from '#shared/fields/field.ts'
import { useDebouncedValue } from '@mantine/hooks'
import { previewComputed, type Computing } from '#shared/api/fields.ts'
import type { ObjectOut } from '#shared/api/objects.ts'
import { findingText, problemText, t } from '#web/i18n.ts'
import type { FieldOut } from '#web/objects.ts'
import { useRead } from '#web/queries.ts'
import { write } from '#web/records/values.ts'
import css from './formula.module.css'

/** What it would hold on three records, while it is being made. `asked`: null until it makes sense. */
export function ComputedPreview({ object, asked }: { object: ObjectOut; asked: Computing | null }) {
  const content = asked === null ? '' : JSON.stringify(asked)
  const [settled] = useDebouncedValue(content, 400)
  const read = useRead(previewComputed, { params: { object: object.name }, body: settled === '' ? {} : JSON.parse(settled) as Computing }, { enabled: settled !== '', staleTime: 0, keep: true })
  if (settled === '' || content === '') return null
  if (read.error) {
    const [finding] = read.error.fields
    return <p className={css.said} data-wrong role="status">{finding ? findingText(finding) : problemText(read.error)}</p>
  }
  if (!read.data) return null
  const { type, decimals, unit, isHidden, examples } = read.data
  const field: FieldOut = { name: 'preview', label: object.label, type, group: '', access: 'read', ops: [], ...(decimals !== undefined && { decimals }), ...(unit !== undefined && { unit }) }
  return (
    <div className={css.preview} data-stale={read.isFetching || settled !== content || undefined}>
      <p className={css.hint}>{t(isHidden ? 'formula.previewHidden' : examples.length === 0 ? 'formula.previewEmpty' : 'formula.preview')}</p>
      {examples.length > 0 && (
        <dl>
          {examples.map(({ id, label, value }) => [
            <dt key={`${id} name`}>{label ?? t('formula.unnamed')}</dt>,
            <dd key={id} data-empty={isEmpty(value) || undefined}>{isEmpty(value) ? t('formula.nothing') : write(value, field)}</dd>,
          ])}
        </dl>
      )}
    </div>
  )
}
