import { t } from '#web/i18n.ts'
import { useLive } from '#web/live.ts'
import { Button, IconButton } from '#web/ui/buttons.tsx'
import { Icon } from '#web/ui/icon.tsx'
import { KeyHint } from '#web/ui/key-hint.tsx'
import { openQuickAdd, openSearch } from './openers.ts'
import classes from './top-tools.module.css'
import { Tray } from './tray.tsx'
import { useCanAdd } from './places.ts'

/** The frame's own tools at the right of every top line: sync state, tasks, search, quick add. */
export function TopTools() {
  const canAdd = useCanAdd()
  const isLive = useLive()
  return (
    <div className={classes.tools}>
      {!isLive && <span className={classes.broken} role="status" title={t('frame.notLive')}><Icon name="offline" size={16} /><span>{t('frame.offline')}</span></span>}
      <Tray />
      <button type="button" className={classes.search} onClick={openSearch}>
        <Icon name="search" size={16} /><span>{t('search.open')}</span><KeyHint keys="mod+k" />
      </button>
      <span className={classes.phoneOnly}><IconButton icon="search" label={t('search.open')} onClick={openSearch} size={22} /></span>
      {canAdd && <span className={classes.wideOnly}><Button look="main" icon="plus" onClick={() => openQuickAdd()}>{t('frame.add')}</Button></span>}
    </div>
  )
}
