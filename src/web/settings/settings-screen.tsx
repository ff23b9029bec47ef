import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { lazy, Suspense, type ComponentType } from 'react'
import type { Right } from '#shared/access.ts'
import { Screen } from '#web/frame/screen.tsx'
import { t, withTexts, type Key } from '#web/i18n.ts'
import { useMe } from '#web/session/me.ts'
import { Skeleton } from '#web/ui/states.tsx'
import { About } from './about.tsx'
import { Look } from './look.tsx'
import { Password } from './password.tsx'
import classes from './settings.module.css'

interface Section { name: string; label: Key; group: 'settings.mine' | 'settings.company'; screen: ComponentType; /** Only for who has it. */ right?: Right }

const Members = lazy(() => import('./members.tsx').then(file => ({ default: file.Members })))
const Roles = lazy(() => import('./roles.tsx').then(file => ({ default: file.Roles })))
const Objects = lazy(() => withTexts('shaping', import('#web/shape/objects-screen.tsx')).then(file => ({ default: file.ObjectsScreen })))
const Fields = lazy(() => withTexts('shaping', import('#web/shape/fields-screen.tsx')).then(file => ({ default: file.FieldsScreen })))
const Dictionary = lazy(() => withTexts('shaping', import('#web/shape/dictionary.tsx')).then(file => ({ default: file.DictionaryScreen })))
const Keys = lazy(() => import('./keys.tsx').then(file => ({ default: file.Keys })))

const sections: readonly Section[] = [
  { name: 'look', label: 'settings.look', group: 'settings.mine', screen: Look },
  { name: 'password', label: 'settings.password', group: 'settings.mine', screen: Password },
  { name: 'keys', label: 'settings.keys', group: 'settings.mine', screen: Keys },
  { name: 'members', label: 'settings.members', group: 'settings.company', screen: Members, right: 'people' },
  { name: 'roles', label: 'settings.roles', group: 'settings.company', screen: Roles, right: 'people' },
  { name: 'objects', label: 'settings.objects', group: 'settings.company', screen: Objects, right: 'shape' },
  { name: 'fields', label: 'settings.fields', group: 'settings.company', screen: Fields, right: 'shape' },
  { name: 'dictionary', label: 'settings.dictionary', group: 'settings.company', screen: Dictionary },
  { name: 'about', label: 'settings.about', group: 'settings.company', screen: About },
]

/** The sections at the left, one of them open; on a phone first the list, then the section. */
export function SettingsScreen() {
  const { section: name } = useParams({ strict: false })
  const go = useNavigate()
  const { rights } = useMe()
  const offered = sections.filter(section => section.right === undefined || rights.includes(section.right))
  const open = offered.find(section => section.name === name)
  const shown = open ?? offered[0]
  const Shown = shown?.screen

  return (
    <Screen title={t('settings.title')} {...(open ? { backOn: 'phone' as const, onBack: () => void go({ to: '/settings' }) } : {})}>
      <div className={open ? `${classes.settings} ${classes.opened}` : classes.settings}>
        <nav className={classes.sections} aria-label={t('settings.title')}>
          {(['settings.mine', 'settings.company'] as const).map(group => (
            <section key={group}>
              <h2 className={classes.group}>{t(group)}</h2>
              {offered.filter(section => section.group === group).map(section => (
                <Link key={section.name} to="/settings/$section" params={{ section: section.name }} className={classes.link} data-here={section === shown}
                  {...(section === open ? { 'aria-current': 'page' as const } : {})}>{t(section.label)}</Link>
              ))}
            </section>
          ))}
        </nav>
        <div className={classes.section}>
          {shown && <h2 className={classes.title}>{t(shown.label)}</h2>}
          <Suspense fallback={<Skeleton shape="form" />}>{Shown && <Shown />}</Suspense>
        </div>
      </div>
    </Screen>
  )
}
