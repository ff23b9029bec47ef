import { useRef, useState, type DragEvent } from 'react'
import { t } from '#web/i18n.ts'
import { Button } from '#web/ui/buttons.tsx'
import { Drawing } from '#web/ui/drawing.tsx'
import { Sending } from './sending.tsx'
import classes from './imports.module.css'

/** Where a file is dropped or chosen. */
export function DropZone({ busy, onFile, isAside = false }: { busy: { file: string; share: number } | null; /** Something else is the next thing to do. */ isAside?: boolean; onFile(file: File): void }) {
  const input = useRef<HTMLInputElement>(null)
  const [isOver, setOver] = useState(false)
  const take = (files: FileList | null) => {
    const file = files?.[0]
    if (file && busy === null) onFile(file)
  }
  return (
    <div className={classes.drop} data-over={isOver || undefined} {...dragging(setOver, take)}>
      <Drawing name="import" />
      <h2>{t(isOver ? 'import.drop.release' : 'import.drop.title')}</h2>
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

/** The handlers of an element on which files are dropped; texts and pictures that are dragged within the page are let pass. */
export function dragging(setOver: (isOver: boolean) => void, take: (files: FileList) => void) {
  const hasFiles = (event: DragEvent) => event.dataTransfer.types.includes('Files')
  return {
    onDragOver: (event: DragEvent) => {
      if (!hasFiles(event)) return
      event.preventDefault()
      setOver(true)
    },
    onDragLeave: (event: DragEvent) => { if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false) },
    onDrop: (event: DragEvent) => {
      setOver(false)
      if (!hasFiles(event)) return
      event.preventDefault()
      take(event.dataTransfer.files)
    },
  }
}
