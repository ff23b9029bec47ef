import { t } from '#web/i18n.ts'
import { useMe } from '#web/session/me.ts'
import classes from './settings.module.css'

export function About() {
  const { company, timeZone, name, login } = useMe()
  return (
    <>
      <p>{t('settings.aboutText')}</p>
      <dl className={classes.facts}>
        <dt>{t('settings.companyName')}</dt><dd>{company}</dd>
        <dt>{t('settings.signedInAs')}</dt><dd>{name} · {login}</dd>
        <dt>{t('settings.timeZone')}</dt><dd>{timeZone}</dd>
        <dt>{t('settings.license')}</dt><dd>{t('settings.source')}</dd>
      </dl>
    </>
  )
}
