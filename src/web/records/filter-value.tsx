import type { Op, Span, Unit } from '#shared/filter.ts'
import { t } from '#web/i18n.ts'
import type { FieldOut } from '#web/objects.ts'
import css from './filter-bar.module.css'
import { isSpan, thisKeys, unitKeys } from '#shared/filter-sentence.ts'
import { isBare } from './filter-tree.ts'
import { FieldInput } from './field-input.tsx'

interface Props { field: FieldOut; op: Op; value: unknown; onChange: (value: unknown) => void }

/** The value of a condition, edited as the field itself is. */
export function FilterValue({ field, op, value, onChange }: Props) {
  if (isBare(op)) return <span />
  if (op === 'within') return <SpanInput value={isSpan(value) ? value : null} onChange={onChange} />
  if (op === 'between') return <Between field={field} value={Array.isArray(value) ? value : []} onChange={onChange} />
  return <FieldInput field={asked(field, op)} value={value} onChange={onChange} compact asked label={t('filterBar.value')} />
}

/** What is asked may be shorter or looser than what is stored: a part of a phone number, several options. */
function asked(field: FieldOut, op: Op): FieldOut {
  const isPart = op === 'contains' || op === 'startsWith'
  if (field.access === 'masked' || (isPart && !['choices', 'tags'].includes(field.type))) return { ...field, type: 'text' }
  return (op === 'in' || op === 'notIn') && field.type === 'choice' ? { ...field, type: 'choices' } : field
}

function Between({ field, value, onChange }: { field: FieldOut; value: unknown[]; onChange: (value: unknown) => void }) {
  return (
    <div className={css.two}>
      <FieldInput field={field} value={value[0]} onChange={from => onChange([from, value[1]])} compact asked label={t('filterBar.from')} />
      <FieldInput field={field} value={value[1]} onChange={until => onChange([value[0], until])} compact asked label={t('filterBar.until')} />
    </div>
  )
}

const units: Unit[] = ['day', 'week', 'month', 'quarter', 'year']

/** 最近 7 天, 未来 1 个月, 本周: counted anew every day. */
function SpanInput({ value, onChange }: { value: Span | null; onChange: (value: Span) => void }) {
  const kind = value === null ? '' : 'this' in value ? `this ${value.this}` : 'last' in value ? 'last' : 'next'
  const count = value === null || 'this' in value ? 7 : 'last' in value ? value.last : value.next
  const unit = value === null || 'this' in value ? 'day' : value.unit
  const change = (nextKind: string, nextCount: number, nextUnit: Unit) => {
    const these = units.find(each => nextKind === `this ${each}`)
    onChange(these !== undefined ? { this: these } : nextKind === 'next' ? { next: nextCount, unit: nextUnit } : { last: nextCount, unit: nextUnit })
  }
  const isCounted = kind === 'last' || kind === 'next'
  return (
    <div className={css.span}>
      <select aria-label={t('span.kind')} value={kind} onChange={event => change(event.currentTarget.value, count, unit)}>
        {value === null && <option value="">{t('input.pick')}</option>}
        {units.map(each => <option key={each} value={`this ${each}`}>{t(thisKeys[each])}</option>)}
        <option value="last">{t('span.lastWord')}</option>
        <option value="next">{t('span.nextWord')}</option>
      </select>
      {isCounted && <input type="number" inputMode="numeric" min={1} max={999} aria-label={t('span.count')} value={count} onChange={event => change(kind, Math.max(1, Math.min(999, Math.trunc(event.currentTarget.valueAsNumber) || 1)), unit)} />}
      {isCounted && <select aria-label={t('span.unit')} value={unit} onChange={event => change(kind, count, units.find(each => each === event.currentTarget.value) ?? 'day')}>{units.map(each => <option key={each} value={each}>{t(unitKeys[each])}</option>)}</select>}
    </div>
  )
}
