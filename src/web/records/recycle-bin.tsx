import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { bulk } from '#shared/api/records.ts'
import type { RecordOut } from '#shared/api/records.ts'
import type { ObjectOut } from '#shared/api/objects.ts'
import { call } from '#web/api.ts'
import { useBins } from '#web/frame/places.ts'
import { NotFound } from '#web/frame/not-found.tsx'
import { Screen } from '#web/frame/screen.tsx'
import { t, useLang } from '#web/i18n.ts'
import { useObject } from '#web/objects.ts'
import { useList } from '#web/queries.ts'
import { Button } from '#web/ui/buttons.tsx'
import { EmptyState, ErrorState, Skeleton } from '#web/ui/states.tsx'
import { toast } from '#web/ui/toast.tsx'
import { attempt, restore, undoMany } from './acts.ts'
import { changedHere } from './changes-here.ts'
import { FieldCell } from './field-cell.tsx'
import css from './recycle-bin.module.css'
import { SearchBox } from './search-box.tsx'
import { fieldNamed, inSentence, nameOf, numberOf, stageField } from './shape.ts'
import { writeMoment } from './values.ts'

/** What was deleted of one object, for 30 days: one by one or several at once it comes back. */
export function RecycleBinScreen() {
  const { object: name = '' } = useParams({ strict: false })
  const go = useNavigate()
  const lang = useLang()
  const object = useObject(name)
  if (object === undefined) return <NotFound />
  return <Screen title={`${t('bin.title')} · ${object.label[lang]}`} onBack={() => void go({ to: '/$object', params: { object: name } })}><Bins here={name} /><Bin key={name} object={object} /></Screen>
}

/** Each object has a bin of its own. */
function Bins({ here }: { here: string }) {
  const lang = useLang()
  const bins = useBins()
  if (bins.length < 2) return null
  return (
    <nav className={css.bins} aria-label={t('bin.title')}>
      {bins.map(bin => <Link key={bin.name} to="/$object/recycle-bin" params={{ object: bin.name }} replace {...(bin.name === here ? { 'aria-current': 'page' as const } : {})}>{bin.label[lang]}</Link>)}
    </nav>
  )
}

function Bin({ object }: { object: ObjectOut }) {
  const lang = useLang()
  const [q, setQ] = useState('')
  const [limit, setLimit] = useState(100)
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set())
  const answer = useList(object.name, { deleted: true, sort: '-updatedAt', limit, ...(q && { q }) }, { keep: true })
  const records = answer.data?.records ?? []
  const chosen = records.filter(record => ticked.has(record.id))
  const tick = (id: string, isOn: boolean) => setTicked(new Set(isOn ? [...ticked, id] : [...ticked].filter(each => each !== id)))

  const restoreOne = async (record: RecordOut) => { if (await restore(object, record)) toast({ text: t('bin.restored', { name: nameOf(object, record) || t('value.unnamed') }) }) }
  const restoreMany = () => attempt(async () => {
    const { batchId, done } = await call(bulk, { params: { object: object.name }, body: { ids: chosen.map(record => record.id), action: 'restore' } })
    setTicked(new Set())
    changedHere(object.name)
    toast({ text: t('bin.restoredMany', { count: done }), undo: () => undoMany(object.name, batchId) })
  })

  if (answer.error !== null && answer.data === undefined) return <ErrorState problem={answer.error} onRetry={answer.refetch} />
  return (
    <div className={css.bin}>
      <div className={css.top}>
        <SearchBox value={q} onSearch={setQ} label={t('filterBar.search')} />
        <p>{t('bin.explain')}</p>
        {chosen.length > 0 && <Button look="main" icon="undo" onClick={() => void restoreMany()}>{t('bin.restoreMany', { count: chosen.length })}</Button>}
      </div>
      {answer.data === undefined && <Skeleton shape="sheet" />}
      {answer.data !== undefined && records.length === 0 && <EmptyState drawing="bin">{t('bin.empty')}<br />{t('bin.emptyTeach', { object: inSentence(object.label, lang) })}</EmptyState>}
      {records.length > 0 && (
        <label className={css.all}><input type="checkbox" checked={chosen.length === records.length} onChange={event => setTicked(new Set(event.currentTarget.checked ? records.map(record => record.id) : []))} />{t('bin.selectAll')}</label>
      )}
      <ul className={css.list}>
        {records.map(record => <Line key={record.id} object={object} record={record} isTicked={ticked.has(record.id)} onTick={isOn => tick(record.id, isOn)} onRestore={() => void restoreOne(record)} />)}
      </ul>
      {answer.data?.next != null && limit < 500 && <div className={css.more}><Button onClick={() => setLimit(500)}>{t('bin.more')}</Button></div>}
    </div>
  )
}

interface LineProps { object: ObjectOut; record: RecordOut; isTicked: boolean; onTick: (isOn: boolean) => void; onRestore: () => void }

function Line({ object, record, isTicked, onTick, onRestore }: LineProps) {
  const stage = stageField(object)
  const owner = fieldNamed(object, 'owner')
  const name = nameOf(object, record) || t('value.unnamed')
  const at = record['deletedAt'] ?? record['updatedAt']
  return (
    <li className={css.line}>
      <label className={css.tick}><input type="checkbox" aria-label={t('bin.select', { name })} checked={isTicked} onChange={event => onTick(event.currentTarget.checked)} /></label>
      <span className={css.name}>{name}<small>{numberOf(object, record)}</small></span>
      <span className={css.extra}>{stage !== undefined && <FieldCell field={stage} value={record[stage.name]} still />}</span>
      <span className={css.extra}>{owner !== undefined && <FieldCell field={owner} value={record[owner.name]} still />}</span>
      <span className={css.when}>{typeof at === 'string' && t('bin.deletedAt', { when: writeMoment(at, true) })}</span>
      <Button icon="undo" onClick={onRestore}>{t('bin.restore')}</Button>
    </li>
  )
}
