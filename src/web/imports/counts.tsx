import type { ImportCounts } from '#shared/api/imports.ts'
import { t, type Key } from '#web/i18n.ts'
import classes from './imports.module.css'

type Shown = { name: Exclude<keyof ImportCounts, 'sha256' | 'began' | 'ended'>; key: Key; isAlways?: boolean }
const planned: Shown[] = [
  { name: 'create', key: 'import.count.create', isAlways: true }, { name: 'update', key: 'import.count.update' }, { name: 'doubtful', key: 'import.count.doubtful' },
  { name: 'skip', key: 'import.count.skip' }, { name: 'refuse', key: 'import.count.refuse' }, { name: 'contacts', key: 'import.count.contacts' }, { name: 'ignored', key: 'import.count.ignored' },
]
const done: Shown[] = [
  { name: 'created', key: 'import.count.created', isAlways: true }, { name: 'updated', key: 'import.count.updated' }, { name: 'skipped', key: 'import.count.skipped' },
  { name: 'refused', key: 'import.count.refused' }, { name: 'contactsCreated', key: 'import.count.contacts' },
]

/** What will happen, or what happened, in figures. */
export function Counts({ counts, isDone = false }: { counts: ImportCounts; isDone?: boolean }) {
  return (
    <dl className={classes.counts}>
      {(isDone ? done : planned).filter(({ name, isAlways }) => isAlways === true || (counts[name] ?? 0) > 0).map(({ name, key }) => (
        <div key={name} data-of={name}><dt>{t(key)}</dt><dd>{(counts[name] ?? 0).toLocaleString()}</dd></div>
      ))}
    </dl>
  )
}
