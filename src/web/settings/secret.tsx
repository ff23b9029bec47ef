import { t } from '#web/i18n.ts'
import { IconButton } from '#web/ui/buttons.tsx'
import { toast } from '#web/ui/toast.tsx'
import classes from './settings.module.css'

/** Something that is shown only once, with a way to copy it. Copying needs https or this machine; the text can be selected anyway. */
export function Secret({ text }: { text: string }) {
  const copy = () => navigator.clipboard?.writeText(text).then(() => toast({ text: t('ui.copied') }), () => undefined)
  return <div className={classes.secret}><code>{text}</code><IconButton icon="copy" label={t('ui.copy')} onClick={() => void copy()} /></div>
}
