import { lazy, Suspense } from 'react'
import { t } from '#web/i18n.ts'
import { useLive } from '#web/live.ts'
import { Button, IconButton } from '#web/ui/buttons.tsx'
import { Icon } from '#web/ui/icon.tsx'
import { KeyHint } from '#web/ui/key-hint.tsx'
import { openQuickAdd, openSearch } from './openers.ts'
import classes from './top-tools.module.css'
import { useCanAdd } from './places.ts'
import { useTasks } from './tray-store.ts'

const Tray = lazy(() => import('./tray.tsx').then(file => ({ default: file.Tray })))

/** The frame's own tools at the right of every top line: sync state, tasks, search, quick add. */
export function TopTools() {
  const canAdd = useCanAdd()
  const isLive = useLive()
  const tasks = useTasks()
  return (
    <div className={classes.tools}>
      {!isLive && <span className={classes.broken} role="status" title={t('frame.notLive')}><Icon name="offline" size={16} /><span>{t('frame.offline')}</span></span>}
      {tasks.length > 0 && <Suspense><Tray tasks={tasks} /></Suspense>}
      <button type="button" className={classes.search} onClick={openSearch}>
        <Icon name="search" size={16} /><span>{t('search.open')}</span><KeyHint keys="mod+k" />
      </button>
      <span className={classes.phoneOnly}><IconButton icon="search" label={t('search.open')} onClick={openSearch} size={22} /></span>
      {canAdd && <span className={classes.wideOnly}><Button look="main" icon="plus" onClick={() => openQuickAdd()}>{t('frame.add')}</Button></span>}
    </div>
  )
}
