import { Outlet, useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useEffect } from 'react'
import { t } from '#web/i18n.ts'
import { startLive } from '#web/live.ts'
import { useObjectsRead, useWord } from '#web/objects.ts'
import { useHotkeys, type Hotkey } from '#web/ui/hotkeys.ts'
import { ErrorState, Skeleton } from '#web/ui/states.tsx'
import { useWear } from './appearance.ts'
import { Banner } from './banner.tsx'
import { BottomBar } from './bottom-bar.tsx'
import { closeOver, openQuickAdd, openSearch, openShortcuts, useOver } from './openers.ts'
import { letterOf, useCanAdd, useCanExport, useCanImport, usePlaces } from './places.ts'
import { Rail } from './rail.tsx'
import classes from './shell.module.css'

const SearchDialog = lazy(() => import('./search-dialog.tsx').then(file => ({ default: file.SearchDialog })))
const QuickAddOver = lazy(() => import('./quick-add-over.tsx').then(file => ({ default: file.QuickAddOver })))
const ShortcutsDialog = lazy(() => import('#web/ui/shortcuts-dialog.tsx').then(file => ({ default: file.ShortcutsDialog })))

/** The frame around every screen. It waits once for what exists; the screens can rely on it. */
export function Shell() {
  useWear()
  useFrameKeys()
  useEffect(startLive, [])
  useEffect(equip, [])
  useTasks()
  const objects = useObjectsRead()
  return (
    <div className={classes.shell}>
      <a className={classes.skip} href="#content">{t('frame.skip')}</a>
      <Banner />
      <div className={classes.body}>
        <Rail />
        <div className={classes.screen}>
          {objects.data ? <Outlet /> : objects.error ? <ErrorState problem={objects.error} onRetry={objects.refetch} /> : <Skeleton shape="sheet" />}
        </div>
      </div>
      <BottomBar />
      <Suspense><Over /></Suspense>
    </div>
  )
}

/**
 * When the first screen stands: the big tables of the field types (省市区, the world's phones; without them input is checked by the
 * server alone), and what is needed next, so that it is there at once and also while the server is away.
 */
function equip() {
  const timer = setTimeout(() => {
    const next = [import('#shared/fields/equip.ts').then(({ equipFields }) => equipFields()), import('./search-dialog.tsx'), import('./quick-add-over.tsx'), import('#web/records/page.tsx'), import('#web/ui/dialog-box.tsx'), import('#web/imports/upload.ts')]
    // What does not come now is asked for again when it is needed.
    void Promise.allSettled(next)
  }, 4000)
  return () => clearTimeout(timer)
}

/** Imports and exports that were at work when the page was loaded are in the task tray again. */
function useTasks() {
  const go = useNavigate()
  const canImport = useCanImport()
  const canExport = useCanExport()
  useEffect(() => {
    if (!canImport) return
    import('#web/imports/follow.ts').then(({ followImports, openImportsBy }) => {
      openImportsBy(id => void go({ to: '/import/$id', params: { id } }))
      return followImports()
    }).catch(() => undefined)
  }, [canImport, go])
  useEffect(() => {
    if (canExport) import('#web/records/export-task.ts').then(({ followExports }) => followExports()).catch(() => undefined)
  }, [canExport])
}

function Over() {
  const over = useOver()
  if (over?.kind === 'search') return <SearchDialog onClose={closeOver} />
  if (over?.kind === 'quickAdd') return <QuickAddOver object={over.object} onClose={closeOver} />
  if (over?.kind === 'shortcuts') return <ShortcutsDialog onClose={closeOver} />
  return null
}

function useFrameKeys() {
  const go = useNavigate()
  const word = useWord()
  const canAdd = useCanAdd()
  const everywhere = t('keys.everywhere')
  const places = usePlaces().flatMap((object): Hotkey[] => {
    const letter = letterOf(object)
    return letter ? [{ keys: `g ${letter}`, label: t('keys.goTo', { name: word(object.label) }), group: t('keys.go'), run: () => void go({ to: '/$object', params: { object: object.name } }) }] : []
  })
  useHotkeys([
    { keys: 'mod+k', label: t('search.open'), group: everywhere, whileTyping: true, run: openSearch },
    ...(canAdd ? [{ keys: 'n', label: t('frame.add'), group: everywhere, run: () => openQuickAdd() }] : []),
    { keys: '?', label: t('keys.help'), group: everywhere, run: openShortcuts },
    ...places,
    { keys: 'g s', label: t('keys.goTo', { name: t('frame.settings') }), group: t('keys.go'), run: () => void go({ to: '/settings' }) },
  ])
}
