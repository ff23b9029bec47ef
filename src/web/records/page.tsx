import { getRecord } from '#shared/api/records.ts'
import type { RecordOut } from '#shared/api/records.ts'
import type { ObjectOut } from '#shared/api/objects.ts'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { t } from '#web/i18n.ts'
import { useRead } from '#web/queries.ts'
import { ErrorState, Skeleton } from '#web/ui/states.tsx'
import { History } from './history.tsx'
import { PageFields } from './page-fields.tsx'
import { PageBar, PageHead } from './page-head.tsx'
import css from './page.module.css'
import { Related } from './related.tsx'
import { useSaving } from './saving.tsx'
import { useHistory } from './use-history.ts'

const parts = ['fields', 'timeline', 'related'] as const
type Part = (typeof parts)[number]

interface Props {
  object: ObjectOut
  id: string
  /** After it went into the recycle bin. */
  onRemoved: () => void
}

/** A record: its fields by group, the timeline of its changes, what belongs to it. One page, wherever it is opened. */
export function RecordView({ object, id, onRemoved }: Props) {
  const answer = useRead(getRecord, { params: { object: object.name, id } }, { keep: false })
  if (answer.error !== null && answer.data === undefined) return <ErrorState problem={answer.error} onRetry={answer.refetch} />
  if (answer.data === undefined) return <Skeleton shape="form" />
  return <Loaded key={id} object={object} record={answer.data} onRemoved={onRemoved} />
}

function Loaded({ object, record, onRemoved }: { object: ObjectOut; record: RecordOut; onRemoved: () => void }) {
  const [part, setPart] = useState<Part>('fields')
  const saving = useSaving(object)
  const history = useHistory(object, record.id)
  const column = (name: Part, className: string | undefined, children: ReactNode) => (
    <section className={[css.column, className, part === name ? css.shown : ''].join(' ')} role="tabpanel" aria-label={t(labels[name])}>
      <h2 className={css.heading}>{t(labels[name])}</h2>
      {children}
    </section>
  )
  return (
    <article className={css.view}>
      <PageHead object={object} record={record} onRemoved={onRemoved} />
      <Tabs part={part} onPart={setPart} />
      <div className={css.columns}>
        {column('fields', css.wide, <PageFields object={object} record={record} history={history} save={saving.save} />)}
        {column('timeline', '', <History object={object} record={record} history={history} save={saving.save} />)}
        {column('related', css.last, <Related object={object} record={record} />)}
      </div>
      <PageBar object={object} record={record} onRemoved={onRemoved} />
      {saving.dialogs}
    </article>
  )
}

const labels = { fields: 'page.fields', timeline: 'page.timeline', related: 'page.related' } as const

/** Where there is no room for columns, one part at a time. */
function Tabs({ part, onPart }: { part: Part; onPart: (part: Part) => void }) {
  return (
    <div className={css.tabs} role="tablist">
      {parts.map(each => <button key={each} type="button" role="tab" className={css.tab} aria-selected={each === part} onClick={() => onPart(each)}>{t(labels[each])}</button>)}
    </div>
  )
}
