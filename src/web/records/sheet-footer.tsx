import { isEmpty } from '#shared/fields/field.ts'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { aggregateRecords } from '#shared/api/records.ts'
import type { ObjectOut } from '#shared/api/objects.ts'
import { t } from '#web/i18n.ts'
import { useList, useRead } from '#web/queries.ts'
import type { ListAddress } from './list-address.ts'
import { fieldNamed } from './shape.ts'
import { isAmount } from './sheet-columns.tsx'
import css from './sheet.module.css'
import { write } from './values.ts'

type Query = Pick<ListAddress, 'filter' | 'q'>

/** Above this many rows a sum costs enough to wait until somebody asks for it. */
const sumsAtOnce = 50_000

/** Sums under the number columns that are shown; a masked amount has none. */
export function useSums(object: ObjectOut, shown: string[], query: Query, total: number): Record<string, ReactNode> {
  const [isAsked, setAsked] = useState(false)
  const fields = shown.flatMap(name => fieldNamed(object, name) ?? []).filter(field => isAmount(field) && field.type !== 'percent' && field.access !== 'masked')
  const isOn = fields.length > 0 && total > 0 && (isAsked || total <= sumsAtOnce)
  const measures = fields.map(field => ({ op: 'sum' as const, field: field.name, as: field.name }))
  const { filter, q } = query
  const answer = useRead(aggregateRecords, { params: { object: object.name }, body: { ...(filter && { filter }), ...(q && { q }), measures } }, { enabled: isOn, keep: true })
  const row = answer.data?.rows[0]
  const cell = (text: string, onAsk?: () => void) => <button type="button" className={css.sum} title={t('sheet.sum')} onClick={onAsk} disabled={onAsk === undefined}><small aria-label={t('sheet.sum')}>Σ</small>{text}</button>
  return Object.fromEntries(fields.map(field => {
    const value = row?.[field.name]
    if (!isOn) return [field.name, total === 0 ? null : cell('…', () => setAsked(true))]
    return [field.name, isEmpty(value) ? null : cell(write(String(value), { ...field, access: 'read' }))]
  }))
}

/** `约 16 万 条` at once; exact on a click, and exact by itself where that is cheap. */
export function Count({ object, query, total, isEstimate, isLoading }: { object: ObjectOut; query: Query; total: number; isEstimate: boolean; isLoading: boolean }) {
  const key = JSON.stringify(query)
  const [askedFor, setAskedFor] = useState<string | null>(null)
  const isAsked = askedFor === key
  const { filter, q } = query
  const exact = useList(object.name, { ...(filter && { filter }), ...(q && { q }), fields: [], limit: 1, total: 'exact' }, { enabled: isEstimate && isAsked })
  if (isLoading && total === 0) return <span className={css.count}>{t('sheet.counting')}</span>
  if (!isEstimate || exact.data !== undefined && isAsked) return <span className={css.count}>{t('sheet.count', { count: (isEstimate ? exact.data?.total ?? total : total).toLocaleString() })}</span>
  if (isAsked && exact.isFetching) return <span className={css.count}>{t('sheet.counting')}</span>
  return <button type="button" className={css.exactly} title={t('sheet.countExactly')} onClick={() => setAskedFor(key)}>{t('sheet.countAbout', { count: about(total) })}</button>
}

/** Two digits are enough for an estimate. */
const about = (total: number) => (total < 100 ? total : Number(total.toPrecision(2))).toLocaleString()
