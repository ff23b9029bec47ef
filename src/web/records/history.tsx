import { isEmpty } from '#shared/fields/field.ts'
import { useState } from 'react'
import type { HistoryEntry, RecordOut } from '#shared/api/records.ts'
import type { ObjectOut } from '#shared/api/objects.ts'
import { problemText, t, useLang } from '#web/i18n.ts'
import type { Key } from '#web/i18n.ts'
import type { FieldOut } from '#web/objects.ts'
import { IconButton } from '#web/ui/buttons.tsx'
import { Icon } from '#web/ui/icon.tsx'
import { EmptyState, ErrorState, Skeleton } from '#web/ui/states.tsx'
import { toast } from '#web/ui/toast.tsx'
import { undoEntry, undoLast } from './acts.ts'
import { FieldCell } from './field-cell.tsx'
import css from './history.module.css'
import { fieldNamed, isEditable, isSame, labelOf } from './shape.ts'
import type { Saved } from './saving.tsx'
import type { HistoryRead } from './use-history.ts'
import { write, writeMoment } from './values.ts'

interface Props {
  object: ObjectOut
  record: RecordOut
  history: HistoryRead
  save: (record: RecordOut, values: Record<string, unknown>) => Promise<Saved>
}

/** The timeline: who changed what, from what to what, when, why and how; old values can be taken back. */
export function History({ object, record, history, save }: Props) {
  const [only, setOnly] = useState('')
  if (history.problem !== null && history.entries.length === 0) return <ErrorState problem={history.problem} />
  if (history.isLoading) return <Skeleton shape="lines" />
  const entries = only === '' ? history.entries : history.entries.filter(entry => entry.changes.some(change => change.field === only))
  return (
    <div className={css.history}>
      <FieldChoice object={object} entries={history.entries} only={only} onOnly={setOnly} />
      {entries.length === 0 && <EmptyState drawing="ledger">{t('history.empty')}</EmptyState>}
      <ol className={css.list}>
        {entries.map(entry => <Entry key={entry.id} object={object} record={record} entry={entry} only={only} save={save} />)}
      </ol>
      {history.more !== undefined && <button type="button" className={css.more} onClick={history.more}>{t('history.more')}</button>}
    </div>
  )
}

function FieldChoice({ object, entries, only, onOnly }: { object: ObjectOut; entries: HistoryEntry[]; only: string; onOnly: (name: string) => void }) {
  const lang = useLang()
  const names = new Set(entries.filter(entry => entry.action === 'change').flatMap(entry => entry.changes.map(change => change.field)))
  const fields = object.fields.filter(field => names.has(field.name))
  if (fields.length < 2) return null
  return (
    <select className={css.only} aria-label={t('history.onlyField')} value={only} onChange={event => onOnly(event.currentTarget.value)}>
      <option value="">{t('history.allFields')}</option>
      {fields.map(field => <option key={field.name} value={field.name}>{labelOf(field, lang)}</option>)}
    </select>
  )
}

const headings: Record<HistoryEntry['action'], Key> = { create: 'history.created', change: 'history.changed', remove: 'history.removed', restore: 'history.restored' }
const sources: Record<string, Key> = {
  manual: 'history.source.manual', import: 'history.source.import', api: 'history.source.api', bulk: 'history.source.bulk', undo: 'history.source.undo', system: 'history.source.system', demo: 'history.source.demo',
}
const folded = 6

function Entry({ object, record, entry, only, save }: { object: ObjectOut; record: RecordOut; entry: HistoryEntry; only: string; save: Props['save'] }) {
  const [isWhole, setWhole] = useState(false)
  const changes = only === '' ? entry.changes : entry.changes.filter(change => change.field === only)
  const isCreation = entry.action === 'create'
  const shown = isWhole ? changes : isCreation ? [] : changes.slice(0, folded)
  const source = sources[entry.source]
  return (
    <li className={css.entry} data-action={entry.action}>
      <div className={css.line}>
        <span className={css.what}>{t(headings[entry.action], { who: entry.by.label ?? t('history.someone'), count: entry.changes.length })}</span>
        {entry.action === 'change' && object.rights.edit && <span className={css.undo}><IconButton icon="undo" label={t('history.undo')} size={16} onClick={() => void undoEntry(object.name, record.id, entry.id)} /></span>}
      </div>
      <div className={css.meta}><time dateTime={entry.at} title={writeMoment(entry.at)}>{writeMoment(entry.at, true)}</time>{source !== undefined && <span>{t(source)}</span>}</div>
      {entry.reason !== null && entry.reason !== '' && <p className={css.reason}>{t('history.reason', { reason: entry.reason })}</p>}
      <dl className={css.changes}>
        {shown.map(change => <Change key={change.field} object={object} record={record} change={change} isCreation={isCreation} save={save} />)}
      </dl>
      {shown.length < changes.length && <button type="button" className={css.more} onClick={() => setWhole(true)}>{t('history.showAll', { count: changes.length })}</button>}
    </li>
  )
}

interface ChangeProps { object: ObjectOut; record: RecordOut; change: HistoryEntry['changes'][number]; isCreation: boolean; save: Props['save'] }

function Change({ object, record, change, isCreation, save }: ChangeProps) {
  const lang = useLang()
  const field = fieldNamed(object, change.field)
  if (field === undefined) return null
  const canRestore = !isCreation && object.rights.edit && isEditable(field, false) && !isSame(record[field.name], change.before)
  return (
    <div className={css.change}>
      <dt>{labelOf(field, lang)}</dt>
      <dd>
        {!isCreation && <><span className={css.before}><Shown field={field} value={change.before} /></span><span className={css.arrow}><Icon name="right" size={14} /><span className={css.unseen}>{t('history.to')}</span></span></>}
        <span className={css.after}><Shown field={field} value={change.after} /></span>
        {canRestore && <RestoreButton object={object} field={field} record={record} value={change.before} save={save} />}
      </dd>
    </div>
  )
}

const Shown = ({ field, value }: { field: FieldOut; value: unknown }) => (isEmpty(value) ? <em className={css.nothing}>{t('value.empty')}</em> : <FieldCell field={field} value={value} still short />)

function RestoreButton({ object, field, record, value, save }: { object: ObjectOut; field: FieldOut; record: RecordOut; value: unknown; save: Props['save'] }) {
  const lang = useLang()
  const label = isEmpty(value) ? t('history.restoreEmpty') : t('history.restoreValue', { value: write(value, field) })
  const restore = async () => {
    const saved = await save(record, { [field.name]: isEmpty(value) ? null : value })
    if (saved === null) return
    if ('problem' in saved) toast({ text: problemText(saved.problem) })
    else toast({ text: t('history.valueRestored', { field: labelOf(field, lang) }), undo: () => undoLast(object.name, record.id) })
  }
  return <button type="button" className={css.restore} title={label} aria-label={label} onClick={() => void restore()}>{t('bin.restore')}</button>
}
