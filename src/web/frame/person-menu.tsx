import { useRef, type ReactNode } from 'react'
import { t } from '#web/i18n.ts'
import { leave } from '#web/session/begin.ts'
import { useMe } from '#web/session/me.ts'
import { Icon, type IconName } from '#web/ui/icon.tsx'
import { langChoices, themeChoices, useAppearance } from './appearance.ts'
import { menuItems, moveByArrows } from '#web/ui/menu-keys.ts'
import { Initial } from './initial.tsx'
import { openShortcuts } from './openers.ts'
import classes from './person-menu.module.css'

/** Who is signed in, with language, appearance and the way out. The browser itself closes it on Esc or a click beside it. */
export function PersonMenu({ isNarrow }: { isNarrow: boolean }) {
  const me = useMe()
  const menu = useRef<HTMLDivElement>(null)
  const { setTheme, setLanguage } = useAppearance()
  const act = (run: () => void) => () => {
    menu.current?.hidePopover()
    run()
  }
  return (
    <>
      <button type="button" className={classes.person} popoverTarget="person-menu" aria-haspopup="menu" title={t('frame.person', { name: me.name })}>
        <Initial name={me.name} /><span className={isNarrow ? classes.unseen : classes.name}>{me.name}</span>
      </button>
      <div ref={menu} id="person-menu" popover="auto" role="menu" aria-label={me.name} className={`${classes.menu} kb-float`} onKeyDown={moveByArrows}
        onToggle={event => { if (event.newState === 'open') menuItems(event.currentTarget)[0]?.focus() }}>
        <div role="group" aria-label={t('frame.language')}>
          <div className={classes.heading} aria-hidden="true">{t('frame.language')}</div>
          {langChoices.map(([lang, label]) => <Item key={lang} icon="language" isOn={me.lang === lang} onClick={act(() => setLanguage(lang))}>{t(label)}</Item>)}
        </div>
        <div role="group" aria-label={t('frame.theme')}>
          <div className={classes.heading} aria-hidden="true">{t('frame.theme')}</div>
          {themeChoices.map(([theme, label, icon]) => <Item key={theme} icon={icon} isOn={me.theme === theme} onClick={act(() => setTheme(theme))}>{t(label)}</Item>)}
        </div>
        <div role="group" aria-label={t('ui.more')}>
          <Item icon="keyboard" onClick={act(openShortcuts)}>{t('ui.shortcuts')}</Item>
          <Item icon="exit" onClick={act(() => void leave())}>{t('frame.signOut')}</Item>
        </div>
      </div>
    </>
  )
}

function Item({ icon, isOn, onClick, children }: { icon: IconName; isOn?: boolean; onClick: () => void; children: ReactNode }) {
  return (
    <button type="button" tabIndex={-1} className={classes.item} onClick={onClick} {...(isOn === undefined ? { role: 'menuitem' } : { role: 'menuitemradio', 'aria-checked': isOn })}>
      <Icon name={icon} size={16} /><span>{children}</span>{isOn && <Icon name="check" size={16} />}
    </button>
  )
}
