import type { ImportOut } from '#shared/api/imports.ts'
import { t } from '#web/i18n.ts'
import { words } from './words.ts'
import classes from './imports.module.css'

/** The first rows as they will be stored. */
export function Preview({ one }: { one: ImportOut }) {
  const used = one.targets.filter(target => one.preview.some(row => row.values[target.field] !== undefined))
  return (
    <div className={classes.scroll} tabIndex={0} role="region" aria-label={t('import.step.preview')}>
      <table className={`${classes.table} ${classes.sheet}`}>
        <thead><tr><th>{t('import.row')}</th>{used.map(target => <th key={target.field}>{target.label}</th>)}</tr></thead>
        <tbody>
          {one.preview.map(row => (
            <tr key={row.row}><th scope="row">{row.row}</th>{used.map(target => <td key={target.field}>{words(row.values[target.field])}</td>)}</tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
