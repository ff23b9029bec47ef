import { t } from '#web/i18n.ts'
import classes from './file-drop.module.css'

/** A file on its way to the server, and how much of it has arrived. */
export function Sending({ busy: { file, share } }: { busy: { file: string; share: number } }) {
  const label = t('import.uploading', { file })
  return <div className={classes.sending} role="status"><span>{label}</span><progress value={share} aria-label={label} /></div>
}
