import { lazy, Suspense } from 'react'
import type { RecordOut } from '#shared/api/records.ts'
import type { ObjectOut } from '#shared/api/objects.ts'
import { t, useLang } from '#web/i18n.ts'
import { IconButton } from '#web/ui/buttons.tsx'
import { Panel } from '#web/ui/panel.tsx'
import { Skeleton } from '#web/ui/states.tsx'
import { nameOf } from './shape.ts'

const RecordView = lazy(() => import('./page.tsx').then(file => ({ default: file.RecordView })))

interface Props { object: ObjectOut; id: string; /** As far as the list has it. */ record?: RecordOut | undefined; onClose: () => void; onPage: () => void }

/** The record beside the list; Esc closes it, the list stays usable. */
export function OpenRecord({ object, record, id, onClose, onPage }: Props) {
  const lang = useLang()
  const name = record === undefined ? object.one[lang] : nameOf(object, record) || t('value.unnamed')
  return (
    <Panel title={object.one[lang]} label={t('sheet.panel', { name })} onClose={onClose} width={560} actions={<IconButton icon="page" label={t('page.fullPage')} onClick={onPage} />}>
      <Suspense fallback={<Skeleton shape="form" />}><RecordView object={object} id={id} onRemoved={onClose} /></Suspense>
    </Panel>
  )
}
