import type { ReactNode } from 'react'
import { useNavigate } from '@tanstack/react-router'
import type { RecordOut } from '#shared/api/records.ts'
import type { ObjectOut } from '#shared/api/objects.ts'
import { t } from '#web/i18n.ts'
import { Button, IconButton } from '#web/ui/buttons.tsx'
import { Dropdown } from '#web/ui/dropdown.tsx'
import { arrange, withHidden } from '#web/ui/grid/column-layout.ts'
import type { ColumnLayout, GridColumn } from '#web/ui/grid/types.ts'
import { ExportMenu } from './export-menu.tsx'
import type { ListAddress } from './list-address.ts'
import css from './sheet.module.css'

interface Props {
  object: ObjectOut
  columns: GridColumn<RecordOut>[]
  layout: ColumnLayout
  onLayout: (layout: ColumnLayout) => void
  query: Pick<ListAddress, 'filter' | 'q' | 'sort'>
  fields: string[]
  total: number
  isLoading: boolean
  look: ReactNode
  /** For who may: leads to another field. */
  addColumn?: { label: string; run(): void } | undefined
}

/** Which columns are shown, export of what is listed, the recycle bin. */
export function SheetTools({ object, columns, layout, onLayout, query, fields, total, isLoading, addColumn, look }: Props) {
  const go = useNavigate()
  return (
    <div className={css.buttons} role="toolbar" aria-label={t('sheet.tools')}>
      <Columns columns={columns} layout={layout} onLayout={onLayout} addColumn={addColumn} />
      {look}
      {object.rights.export && (total > 0 || isLoading) && <ExportMenu onFormat={format => void import('./export-task.ts').then(({ runExport }) => runExport({ object: object.name, ...query, fields, format }, total))} />}
      {object.rights.delete && <IconButton icon="trash" label={t('bin.open')} onClick={() => void go({ to: '/$object/recycle-bin', params: { object: object.name } })} />}
    </div>
  )
}

/** Which of the columns are shown. */
export function Columns({ columns, layout, onLayout, addColumn }: Pick<Props, 'columns' | 'layout' | 'onLayout' | 'addColumn'>) {
  const shown = new Set(arrange(columns, layout).columns.map(each => each.column.name))
  return (
    <Dropdown label={t('sheet.columns')} icon="columns" look="sign" align="end" width={240}>
      {close => (
        <>
          <div className={css.columns}>
            <p className={css.columnsTitle}>{t('sheet.columnsTitle')}</p>
            {columns.map(column => (
              <label key={column.name}>
                <input type="checkbox" checked={shown.has(column.name)} disabled={shown.size === 1 && shown.has(column.name)} onChange={event => onLayout(withHidden(columns, layout, column.name, !event.currentTarget.checked))} />
                {column.label}
              </label>
            ))}
          </div>
          {addColumn && <div className={css.another}><Button look="quiet" icon="plus" onClick={() => { close(); addColumn.run() }}>{addColumn.label}</Button></div>}
        </>
      )}
    </Dropdown>
  )
}
