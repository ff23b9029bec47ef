import { useNavigate } from '@tanstack/react-router'
import { useState, type ReactNode } from 'react'
import { t } from '#web/i18n.ts'
import { dragging } from './drop-zone.tsx'
import { upload } from './upload.ts'
import classes from './imports.module.css'

/** Around a list: a file that is dropped on it is imported into it. */
export function FileDrop({ object, children }: { object: { name: string; rights: { import: boolean } }; children: ReactNode }) {
  const [isOver, setOver] = useState(false)
  const go = useNavigate()
  if (!object.rights.import) return children

  const take = async (files: FileList) => {
    const [file] = files
    const id = file && await upload(file, object.name)
    if (id) await go({ to: '/import/$id', params: { id } })
  }
  return (
    <div className={classes.around} {...dragging(setOver, files => void take(files))}>
      {children}
      {isOver && <div className={classes.over}><p>{t('import.drop.release')}</p></div>}
    </div>
  )
}
