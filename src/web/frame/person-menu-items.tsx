import { useEffect, useRef, type ReactNode } from 'react'
import { t } from '#web/i18n.ts'
import { leave } from '#web/session/begin.ts'
import { useMe } from '#web/session/me.ts'
import { Icon, type IconName } from '#web/ui/icon.tsx'
import { menuItems } from '#web/ui/menu-keys.ts'
import { langChoices, themeChoices, useAppearance } from './appearance.ts'
import { openShortcuts } from './openers.ts'
import classes from './person-menu.module.css'

/** Language, appearance and the way out. Fetched when the menu is opened first, which has the focus wait for it. */
export function PersonMenuItems({ close }: { close: () => void }) {
  const me = useMe()
  const first = useRef<HTMLDivElement>(null)
  const { setTheme, setLanguage } = useAppearance()
  const act = (run: () => void) => () => {
    close()
    run()
  }
  useEffect(() => { if (first.current) menuItems(first.current)[0]?.focus() }, [])
  return (
    <>
      <div ref={first} role="group" aria-label={t('frame.language')}>
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
