import { Link, useLocation } from '@tanstack/react-router'
import type { CSSProperties, ReactNode } from 'react'
import type { Hue } from '#shared/object.ts'
import { t } from '#web/i18n.ts'
import { useWord } from '#web/objects.ts'
import { usePreference } from '#web/preferences.ts'
import { useMe } from '#web/session/me.ts'
import { IconButton } from '#web/ui/buttons.tsx'
import { Icon, type IconName } from '#web/ui/icon.tsx'
import { Seal } from '#web/ui/seal.tsx'
import { PersonMenu } from './person-menu.tsx'
import { iconOf, useBins, useCanImport, usePlaces } from './places.ts'
import classes from './rail.module.css'

/** The left rail: the company on top, the objects, the tools, the person at the bottom. Collapses to icons. */
export function Rail() {
  const [isNarrow, setNarrow] = usePreference('frame.narrow', false)
  const word = useWord()
  const { company } = useMe()
  const [bin] = useBins()
  const isInBin = useLocation().pathname.endsWith('/recycle-bin')
  const here = { className: classes.here, 'aria-current': 'page' as const }
  return (
    <nav className={isNarrow ? `${classes.rail} ${classes.narrow}` : classes.rail} aria-label={t('frame.objects')}>
      <div className={classes.company}>
        <Seal size={24} />
        <span className={classes.name} title={company}>{company}</span>
        <span className={classes.fold}>
          <IconButton icon={isNarrow ? 'right' : 'left'} label={t(isNarrow ? 'frame.expand' : 'frame.collapse')} onClick={() => setNarrow(!isNarrow)} size={16} />
        </span>
      </div>
      <ul className={classes.list}>
        {usePlaces().map(object => (
          <Place key={object.name} icon={iconOf(object)} hue={object.hue} label={word(object.label)}>
            {inside => <Link to="/$object" params={{ object: object.name }} className={classes.link} activeProps={isInBin ? {} : here}>{inside}</Link>}
          </Place>
        ))}
      </ul>
      <ul className={classes.list}>
        {useCanImport() && (
          <Place icon="import" label={t('frame.import')}>
            {inside => <Link to="/import" className={classes.link} activeProps={here}>{inside}</Link>}
          </Place>
        )}
        {bin && (
          <Place icon="trash" label={t('frame.recycleBin')}>
            {inside => <Link to="/$object/recycle-bin" params={{ object: bin.name }} className={classes.link} {...(isInBin ? here : {})}>{inside}</Link>}
          </Place>
        )}
        <Place icon="settings" label={t('frame.settings')}>
          {inside => <Link to="/settings" className={classes.link} activeProps={here}>{inside}</Link>}
        </Place>
      </ul>
      <div className={classes.person}><PersonMenu isNarrow={isNarrow} /></div>
    </nav>
  )
}

function Place({ icon, hue, label, children }: { icon: IconName; hue?: Hue | undefined; label: string; children: (inside: ReactNode) => ReactNode }) {
  return <li title={label} style={hue && { '--own': `var(--kb-${hue}-ink)` } as CSSProperties}>{children(<><Icon name={icon} size={18} /><span className={classes.label}>{label}</span></>)}</li>
}
