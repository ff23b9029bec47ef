import { useMediaQuery } from '@mantine/hooks'
import { useRef, useState } from 'react'
import { t, useLang } from '#web/i18n.ts'
import { useObject } from '#web/objects.ts'
import { inSentence } from '#web/records/shape.ts'
import { Button } from '#web/ui/buttons.tsx'
import { Drawing } from '#web/ui/drawing.tsx'
import { dragging } from './dragging.ts'
import { Sending } from './sending.tsx'
import classes from './imports.module.css'

interface Props {
  /** Into which object. */
  object: string
  busy: { file: string; share: number } | null
  /** Something else is the next thing to do. */
  isAside?: boolean
  onFile(file: File): void
}

/** Where a file is dropped or chosen; on a phone, where nothing is dragged, chosen. */
export function DropZone({ object: name, busy, onFile, isAside = false }: Props) {
  const lang = useLang()
  const object = useObject(name)
  const isPhone = useMediaQuery('(max-width: 767px)', undefined, { getInitialValueInEffect: false }) ?? false
  const input = useRef<HTMLInputElement>(null)
  const [isOver, setOver] = useState(false)
  const take = (files: FileList | null) => {
    const file = files?.[0]
    if (file && busy === null) onFile(file)
  }
  return (
    <div className={classes.drop} data-over={isOver || undefined} {...dragging(setOver, take)}>
      <Drawing name="import" />
      <h2>{isOver ? t('import.drop.release') : t(isPhone ? 'import.drop.pick' : 'import.drop.title', { object: object === undefined ? '' : inSentence(object.label, lang) })}</h2>
      <p>{t('import.drop.hint')}</p>
      <input ref={input} type="file" hidden accept=".xlsx,.xlsm,.xls,.xlsb,.ods,.csv,.txt,.tsv,.html,.htm" aria-label={t('import.drop.choose')} onChange={event => {
        take(event.currentTarget.files)
        event.currentTarget.value = ''
      }} />
      {busy === null
        ? <Button look={isAside ? 'plain' : 'main'} icon="file" onClick={() => input.current?.click()}>{t('import.drop.choose')}</Button>
        : <Sending busy={busy} />}
    </div>
  )
}
