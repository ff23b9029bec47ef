import { Link } from '@tanstack/react-router'
import { iconOf, useBins, usePlaces } from '#web/frame/places.ts'
import { Initial } from '#web/frame/initial.tsx'
import { Screen } from '#web/frame/screen.tsx'
import { t } from '#web/i18n.ts'
import { useWord } from '#web/objects.ts'
import { leave } from '#web/session/begin.ts'
import { useMe } from '#web/session/me.ts'
import { Button } from '#web/ui/buttons.tsx'
import { Icon } from '#web/ui/icon.tsx'
import { Look } from './look.tsx'
import classes from './me-screen.module.css'

/** 我的: what the rail holds on a wide screen, for the phone. */
export function MeScreen() {
  const { name, company } = useMe()
  const word = useWord()
  const [bin] = useBins()
  const further = usePlaces().slice(2)
  return (
    <Screen title={t('frame.mine')}>
      <div className={classes.mine}>
        <div className={classes.who}><Initial name={name} size={48} /><div><b>{name}</b><div className={classes.company}>{company}</div></div></div>
        {further.length > 0 && (
          <nav className={classes.links} aria-label={t('frame.objects')}>
            {further.map(object => <Link key={object.name} to="/$object" params={{ object: object.name }}><Icon name={iconOf(object)} /><span>{word(object.label)}</span><Icon name="right" size={16} /></Link>)}
          </nav>
        )}
        <Look />
        <nav className={classes.links} aria-label={t('frame.tools')}>
          {bin && <Link to="/$object/recycle-bin" params={{ object: bin.name }}><Icon name="trash" /><span>{t('frame.recycleBin')}</span><Icon name="right" size={16} /></Link>}
          <Link to="/settings"><Icon name="settings" /><span>{t('frame.settings')}</span><Icon name="right" size={16} /></Link>
        </nav>
        <Button icon="exit" onClick={() => void leave()} wide>{t('frame.signOut')}</Button>
      </div>
    </Screen>
  )
}
