import type { ColumnMapping, ImportChange, ImportOut, MappingReason } from '#shared/api/imports.ts'
import { t, type Key } from '#web/i18n.ts'
import classes from './imports.module.css'

const reasons: Record<MappingReason, Key> = {
  header: 'import.because.header', synonym: 'import.because.synonym', similar: 'import.because.similar', content: 'import.because.content', kept: 'import.because.kept',
  none: 'import.because.none', chosen: 'import.because.chosen', remembered: 'import.because.remembered',
}

/** Column by column: what it is called, what is in it, where it goes and why; each can be put right. */
export function Columns({ one, onChange, busy }: { one: ImportOut; busy: boolean; onChange(body: ImportChange): Promise<void> }) {
  return (
    <div className={classes.scroll}>
      <table className={`${classes.table} ${classes.columns}`}>
        <thead><tr><th>{t('import.column')}</th><th>{t('import.samples')}</th><th>{t('import.target')}</th><th>{t('import.why')}</th></tr></thead>
        <tbody>{one.mapping.map(entry => <Column key={entry.column} one={one} entry={entry} busy={busy} onPick={field => void onChange({ mapping: [{ column: entry.column, field }] })} />)}</tbody>
      </table>
    </div>
  )
}

function Column({ one, entry, busy, onPick }: { one: ImportOut; entry: ColumnMapping; busy: boolean; onPick(field: string | null): void }) {
  const name = entry.header || letterOf(entry.column)
  const isSure = entry.confidence >= 0.9 || entry.because === 'kept'
  return (
    <tr data-out={entry.field === null || undefined}>
      <th scope="row">{name}</th>
      <td className={classes.samples}>{entry.samples.join(' · ')}</td>
      <td>
        <select aria-label={`${name}: ${t('import.target')}`} value={entry.field ?? ''} disabled={busy} onChange={event => onPick(event.currentTarget.value || null)}>
          <option value="">{t('import.leaveOut')}</option>
          {one.targets.map(target => <option key={target.field} value={target.field}>{target.label}</option>)}
        </select>
      </td>
      <td className={classes.meta}>{t(reasons[entry.because])}{!isSure && entry.field !== null && ` · ${Math.round(entry.confidence * 100)}%`}</td>
    </tr>
  )
}

/** 0 → A, as spreadsheets count. */
const letterOf = (column: number): string => (column < 26 ? '' : letterOf(Math.floor(column / 26) - 1)) + String.fromCharCode(65 + (column % 26))
