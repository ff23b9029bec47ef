import { listExports, type ExportOut } from '#shared/api/exports.ts'
import { t } from '#web/i18n.ts'
import { useRead } from '#web/queries.ts'
import { DropdownItem } from '#web/ui/dropdown.tsx'
import { download } from './export-task.ts'
import css from './export-menu.module.css'
import { writeMoment } from './values.ts'

/** So many of the last exports are offered again. */
const most = 5

/** What was exported lately, to fetch it again. */
export function RecentExports() {
  const answer = useRead(listExports, {}, { staleTime: 0 })
  const there = (answer.data?.exports ?? []).filter(one => one.isThere).slice(0, most)
  if (there.length === 0) return null
  return (
    <div role="group" aria-label={t('export.recent')} className={css.recent}>
      <div aria-hidden="true" className={css.title}>{t('export.recent')}</div>
      {there.map(one => <DropdownItem key={one.id} icon="import" onClick={() => download(one)}><Line one={one} /></DropdownItem>)}
    </div>
  )
}

const Line = ({ one: { name, rows, createdAt } }: { one: ExportOut }) => (
  <span className={css.line}>
    <span className={css.name} title={name}>{name}</span>
    <small className={css.meta}>{t('export.rowsAt', { rows: rows.toLocaleString(), at: writeMoment(createdAt, true) })}</small>
  </span>
)
