import { Link, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { listImports, type ImportOut } from '#shared/api/imports.ts'
import { Screen } from '#web/frame/screen.tsx'
import { t } from '#web/i18n.ts'
import { usePlaces } from '#web/frame/places.ts'
import { useWord } from '#web/objects.ts'
import { useRead } from '#web/queries.ts'
import { writeMoment } from '#web/records/values.ts'
import { ErrorState, Skeleton } from '#web/ui/states.tsx'
import { DropZone } from './drop-zone.tsx'
import { StateTag } from './state-tag.tsx'
import { useUpload } from './use-upload.ts'
import classes from './imports.module.css'

/** Where files come in, and what became of the last ones. */
export function ImportsScreen() {
  const objects = usePlaces().filter(object => object.rights.import)
  const search: Record<string, unknown> = useSearch({ strict: false })
  const [chosen, setChosen] = useState(search['object'])
  const { busy, take } = useUpload()
  const word = useWord()
  const object = [chosen, 'customers'].flatMap(name => objects.filter(one => one.name === name))[0]?.name ?? objects[0]?.name
  return (
    <Screen title={t('import.title')}>
      <div className={classes.page}>
        {objects.length > 1 && (
          <div className={classes.choices} role="radiogroup" aria-label={t('import.into')}>
            {objects.map(one => <label key={one.name}><input type="radio" name="object" checked={one.name === object} onChange={() => setChosen(one.name)} />{word(one.label)}</label>)}
          </div>
        )}
        {object !== undefined && <DropZone object={object} busy={busy} onFile={file => void take(file, object)} />}
        <Recent />
      </div>
    </Screen>
  )
}

function Recent() {
  const recent = useRead(listImports, {}, { every: 5000 })
  if (recent.isPending) return <Skeleton shape="lines" />
  if (recent.error) return <ErrorState problem={recent.error} onRetry={recent.refetch} />
  return (
    <section>
      <h2 className={classes.section}>{t('import.recent')}</h2>
      {recent.data.imports.length === 0 ? <p className={classes.meta}>{t('import.none')}</p> : <ul className={classes.recent}>{recent.data.imports.map(one => <Line key={one.id} one={one} />)}</ul>}
    </section>
  )
}

type Brief = Pick<ImportOut, 'id' | 'file' | 'state' | 'isUndoing' | 'counts' | 'createdAt'>

function Line({ one }: { one: Brief }) {
  const { counts } = one
  return (
    <li>
      <Link to="/import/$id" params={{ id: one.id }} className={classes.line}>
        <span className={classes.file}>{one.file}</span>
        <StateTag state={one.isUndoing ? 'undoing' : one.state} />
        <span className={classes.meta}>{counts.rows > 0 && `${counts.rows.toLocaleString()} ${t('import.rows')}`}</span>
        <time className={classes.meta} dateTime={one.createdAt} title={writeMoment(one.createdAt)}>{writeMoment(one.createdAt, true)}</time>
      </Link>
    </li>
  )
}
