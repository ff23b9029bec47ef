import { Link } from '@tanstack/react-router'
import { t } from '#web/i18n.ts'
import { useWord } from '#web/objects.ts'
import { Icon } from '#web/ui/icon.tsx'
import classes from './bottom-bar.module.css'
import { openQuickAdd } from './openers.ts'
import { iconOf, useCanAdd, usePlaces } from './places.ts'

/** The phone's way around: the first two objects, ＋ between them and the person. */
export function BottomBar() {
  const word = useWord()
  const canAdd = useCanAdd()
  const here = { className: classes.here, 'aria-current': 'page' as const }
  return (
    <nav className={classes.bar} aria-label={t('frame.objects')}>
      {usePlaces().slice(0, 2).map(object => (
        <Link key={object.name} to="/$object" params={{ object: object.name }} className={classes.item} activeProps={here}>
          <Icon name={iconOf(object)} size={22} />{word(object.label)}
        </Link>
      ))}
      {canAdd && <button type="button" className={`${classes.item} ${classes.add}`} aria-label={t('frame.add')} onClick={() => openQuickAdd()}><span><Icon name="plus" size={24} /></span></button>}
      <Link to="/me" className={classes.item} activeProps={here}><Icon name="person" size={22} />{t('frame.mine')}</Link>
    </nav>
  )
}
