import { lazy, Suspense, useRef, useState } from 'react'
import { t } from '#web/i18n.ts'
import { useMe } from '#web/session/me.ts'
import { menuItems, moveByArrows } from '#web/ui/menu-keys.ts'
import { Initial } from './initial.tsx'
import classes from './person-menu.module.css'

const PersonMenuItems = lazy(() => import('./person-menu-items.tsx').then(file => ({ default: file.PersonMenuItems })))

/** Who is signed in, with language, appearance and the way out. The browser itself closes it on Esc or a click beside it. */
export function PersonMenu({ isNarrow }: { isNarrow: boolean }) {
  const me = useMe()
  const menu = useRef<HTMLDivElement>(null)
  const [wasOpen, setWasOpen] = useState(false)
  return (
    <>
      <button type="button" className={classes.person} popoverTarget="person-menu" aria-haspopup="menu" title={t('frame.person', { name: me.name })}>
        <Initial name={me.name} /><span className={isNarrow ? classes.unseen : classes.name}>{me.name}</span>
      </button>
      <div ref={menu} id="person-menu" popover="auto" role="menu" aria-label={me.name} className={`${classes.menu} kb-float`} onKeyDown={moveByArrows}
        onToggle={event => {
          if (event.newState !== 'open') return
          setWasOpen(true)
          menuItems(event.currentTarget)[0]?.focus()
        }}>
        {wasOpen && <Suspense><PersonMenuItems close={() => menu.current?.hidePopover()} /></Suspense>}
      </div>
    </>
  )
}
