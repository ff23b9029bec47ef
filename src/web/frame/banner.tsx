import { retryConnection, useConnection } from '#web/connection.ts'
import { t, type Key } from '#web/i18n.ts'
import { Icon } from '#web/ui/icon.tsx'
import classes from './banner.module.css'

const texts: Record<'server' | 'database' | 'disk', Key> = { server: 'connection.server', database: 'connection.database', disk: 'connection.disk' }

/** One line on top while the server is away or cannot save. */
export function Banner() {
  const connection = useConnection()
  if (connection === 'ok') return null
  return (
    <div className={classes.banner} role="alert">
      <Icon name="offline" size={18} />
      <span>{t(texts[connection])}</span>
      {connection !== 'disk' && <button type="button" onClick={() => void retryConnection()}>{t('connection.again')}</button>}
    </div>
  )
}
