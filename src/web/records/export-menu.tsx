import { lazy, Suspense } from 'react'
import { t } from '#web/i18n.ts'
import { Dropdown, DropdownItem } from '#web/ui/dropdown.tsx'

const RecentExports = lazy(() => import('./recent-exports.tsx').then(file => ({ default: file.RecentExports })))

/** Excel or CSV; below that what was exported lately, to fetch it again. */
export function ExportMenu({ onFormat }: { onFormat: (format: 'xlsx' | 'csv') => void }) {
  return (
    <Dropdown label={t('bulk.export')} icon="export" kind="menu" align="end" width={288}>
      <DropdownItem icon="file" onClick={() => onFormat('xlsx')}>{t('bulk.exportXlsx')}</DropdownItem>
      <DropdownItem icon="file" onClick={() => onFormat('csv')}>{t('bulk.exportCsv')}</DropdownItem>
      <Suspense><RecentExports /></Suspense>
    </Dropdown>
  )
}
