import { lazy, Suspense } from 'react'
import type { ObjectOut } from '#shared/api/objects.ts'
import { t, useLang } from '#web/i18n.ts'
import { IconButton } from '#web/ui/buttons.tsx'
import { Panel } from '#web/ui/panel.tsx'
import { Skeleton } from '#web/ui/states.tsx'
import { useViewState } from './view-state.ts'

const RecordView = lazy(() => import('#web/records/page.tsx').then(file => ({ default: file.RecordView })))

/** The record that the address has open, beside what is shown; Esc closes it. */
export function Opened({ object, onPage }: { object: ObjectOut; onPage: (record: { id: string }) => void }) {
  const lang = useLang()
  const { address: { open: id }, onAddress } = useViewState(object.name)
  if (id === undefined) return null
  const close = () => onAddress({ open: undefined })
  return (
    <Panel key={id} title={object.one[lang]} label={t('sheet.panel', { name: object.one[lang] })} onClose={close} width={560} actions={<IconButton icon="page" label={t('page.fullPage')} onClick={() => onPage({ id })} />}>
      <Suspense fallback={<Skeleton shape="form" />}><RecordView object={object} id={id} onRemoved={close} /></Suspense>
    </Panel>
  )
}
