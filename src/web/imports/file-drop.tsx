import { useState, type ReactNode } from 'react'
import { t } from '#web/i18n.ts'
import { dragging } from './dragging.ts'
import { Sending } from './sending.tsx'
import { useUpload } from './use-upload.ts'
import classes from './file-drop.module.css'

/** Around a list: a file that is dropped on it is imported into it. */
export function FileDrop({ object, children }: { object: { name: string; rights: { import: boolean } }; children: ReactNode }) {
  const [isOver, setOver] = useState(false)
  const { busy, take } = useUpload()
  if (!object.rights.import) return children

  return (
    <div className={classes.around} {...dragging(setOver, ([file]) => { if (file && busy === null) void take(file, object.name) })}>
      {children}
      {busy && <div className={classes.afloat}><Sending busy={busy} /></div>}
      {isOver && <div className={classes.over}><p>{t('import.drop.release')}</p></div>}
    </div>
  )
}
