import '@mantine/core/styles/SegmentedControl.layer.css'
import '@mantine/core/styles/FloatingIndicator.layer.css'
import { SegmentedControl } from '@mantine/core'
import { langChoices, themeChoices, useAppearance } from '#web/frame/appearance.ts'
import { t } from '#web/i18n.ts'
import { useMe } from '#web/session/me.ts'
import classes from './settings.module.css'

/** Language and light or dark, seen at once. */
export function Look() {
  const me = useMe()
  const { setTheme, setLanguage } = useAppearance()
  return (
    <div className={classes.choices}>
      <div>
        <span id="language" className={classes.name}>{t('settings.language')}</span>
        <SegmentedControl aria-labelledby="language" value={me.lang} onChange={setLanguage} data={langChoices.map(([value, label]) => ({ value, label: t(label) }))} />
        <p className={classes.meta}>{t('settings.languageHelp')}</p>
      </div>
      <div>
        <span id="theme" className={classes.name}>{t('settings.theme')}</span>
        <SegmentedControl aria-labelledby="theme" value={me.theme} onChange={setTheme} data={themeChoices.map(([value, label]) => ({ value, label: t(label) }))} />
      </div>
    </div>
  )
}
