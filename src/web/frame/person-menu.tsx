import { Menu } from '@mantine/core'
import { t } from '#web/i18n.ts'
import { leave } from '#web/session/begin.ts'
import { useMe } from '#web/session/me.ts'
import { Icon } from '#web/ui/icon.tsx'
import { langChoices, themeChoices, useAppearance } from './appearance.ts'
import { openShortcuts } from './openers.ts'
import classes from './person-menu.module.css'

/** Who is signed in, with language, appearance and the way out. */
export function PersonMenu({ isNarrow }: { isNarrow: boolean }) {
  const me = useMe()
  const { setTheme, setLanguage } = useAppearance()
  const check = (isOn: boolean) => (isOn ? { rightSection: <Icon name="check" size={16} /> } : {})
  return (
    <Menu position="top-start" width={208} classNames={{ dropdown: 'kb-float' }}>
      <Menu.Target>
        <button type="button" className={classes.person} aria-label={t('frame.person', { name: me.name })}>
          <Initial name={me.name} />{!isNarrow && <span className={classes.name}>{me.name}</span>}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('frame.language')}</Menu.Label>
        {langChoices.map(([lang, label]) => <Menu.Item key={lang} lang={lang} {...check(me.lang === lang)} onClick={() => setLanguage(lang)}>{t(label)}</Menu.Item>)}
        <Menu.Divider />
        <Menu.Label>{t('frame.theme')}</Menu.Label>
        {themeChoices.map(([theme, label, icon]) => (
          <Menu.Item key={theme} leftSection={<Icon name={icon} size={16} />} {...check(me.theme === theme)} onClick={() => setTheme(theme)}>{t(label)}</Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item leftSection={<Icon name="keyboard" size={16} />} onClick={openShortcuts}>{t('ui.shortcuts')}</Menu.Item>
        <Menu.Item leftSection={<Icon name="exit" size={16} />} onClick={() => void leave()}>{t('frame.signOut')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

/** The last letter of a Chinese name, the first of another: as colleagues are shown in a team. */
export function Initial({ name, size = 28 }: { name: string; size?: number }) {
  const letter = /^\p{Script=Han}+$/u.test(name) ? name.at(-1) : name.at(0)?.toUpperCase()
  return <span className={classes.initial} style={{ width: size, height: size, fontSize: size * 0.45 }} aria-hidden="true">{letter}</span>
}
