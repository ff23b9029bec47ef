import { lazy, Suspense, useEffect, useRef, useState, type ReactNode } from 'react'
import type { ObjectOut } from '#shared/api/objects.ts'
import { useShapes } from '#web/frame/places.ts'
import { t, withTexts } from '#web/i18n.ts'
import type { GridColumn, GridHandle, MenuItem } from '#web/ui/grid/types.ts'
import type { RecordOut } from '#shared/api/records.ts'

const FieldDialog = lazy(() => withTexts('shaping', import('#web/shape/field-dialog.tsx')).then(file => ({ default: file.FieldDialog })))

interface Shaping { columnMenu?: (column: { name: string }) => MenuItem[]; addColumn?: { label: string; run(): void }; dialog?: ReactNode }

/** Fields from the header of the sheet, for who may shape the object. A new one is shown at once. */
export function useShaping(object: ObjectOut, columns: GridColumn<RecordOut>[], grid: { current: GridHandle | null }): Shaping {
  const mayShape = useShapes()
  const [open, setOpen] = useState<{ name?: string; after?: string } | null>(null)
  const wanted = useRef<string | null>(null)
  useEffect(() => {
    const { current } = wanted
    if (current === null || !columns.some(column => column.name === current)) return
    wanted.current = null
    grid.current?.goTo(0, current)
  }, [columns, grid])
  if (!mayShape) return {}

  const close = () => { setOpen(null); requestAnimationFrame(() => grid.current?.focus()) }
  return {
    columnMenu: ({ name }) => [{ label: t('sheet.editField'), run: () => setOpen({ name }) }, { label: t('sheet.addFieldRight'), run: () => setOpen({ after: name }) }],
    addColumn: { label: t('sheet.addField'), run: () => setOpen({}) },
    dialog: open && <Suspense><FieldDialog object={object} name={open.name} after={open.after} onClose={close} onSaved={field => { if (open.name === undefined) wanted.current = field.name }} /></Suspense>,
  }
}
