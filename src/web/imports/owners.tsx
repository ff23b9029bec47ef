import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { ImportChange, ImportKind, ImportOut } from '#shared/api/imports.ts'
import { t } from '#web/i18n.ts'
import { useList } from '#web/queries.ts'
import { useMe } from '#web/session/me.ts'
import { Button } from '#web/ui/buttons.tsx'
import { SeverityTag } from './state-tag.tsx'
import classes from './imports.module.css'

interface Props { one: ImportOut; kind: ImportKind; busy: boolean; onChange(body: ImportChange): Promise<void> }

/** So many names are told before one opens the list. */
const inSight = 5

/** Is it about who owns the rows? */
export const isAboutOwners = (kind: ImportKind) => kind.code === 'row.ownerUnknown' || kind.code === 'row.ownerAnswered'

/** Names of owners that are nobody's here, as one note; opened, each with the member who takes their rows. */
export function Owners({ one, kind, busy, onChange }: Props) {
  const [isOpen, setOpen] = useState(false)
  const texts = kind.texts ?? []
  const names = texts.slice(0, inSight).map(({ value, count }) => t('import.owners.name', { name: value, count: count.toLocaleString() })).join(t('import.owners.and')) + (texts.length > inSight ? t('import.owners.more') : '')
  const values = { count: Number(kind.values['names'] ?? texts.length).toLocaleString(), names }
  const say = kind.code === 'row.ownerAnswered' ? t('import.owners.answered', values) : t(one.mode === 'create' ? 'import.owners.unknown' : 'import.owners.unchanged', values)
  const label = one.targets.find(target => target.field === kind.field)?.label
  return (
    <div className={classes.kind}>
      <button type="button" className={classes.kindLine} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        <SeverityTag severity={kind.severity} />
        <span className={classes.kindText}>{label && <b>{label}</b>} {say}</span>
        <span className={classes.meta}>{t('import.problem.rows', { count: kind.count.toLocaleString() })}</span>
      </button>
      {isOpen && <Names texts={texts} field={kind.field ?? ''} busy={busy} onChange={onChange} />}
    </div>
  )
}

/** Name by name, who takes over; whoever was added meanwhile is found by looking through the file again. */
function Names({ texts, field, busy, onChange }: { texts: NonNullable<ImportKind['texts']>; field: string; busy: boolean; onChange: Props['onChange'] }) {
  const me = useMe()
  const users = useList('users', { limit: 500, sort: 'name', total: 'none' })
  // The login is unique where two people have the same name.
  const members = (users.data?.records ?? []).flatMap(({ id, name, login }) => (typeof name !== 'string' || id === me.id ? [] : [{ id, name, to: typeof login === 'string' ? login : name }]))
  if (users.data !== undefined && members.length === 0) {
    return (
      <div className={classes.alone}>
        <p>{t('import.owners.alone')} <Link to="/settings/$section" params={{ section: 'members' }}>{t('import.owners.add')}</Link></p>
        <Button busy={busy} onClick={() => void onChange({})}>{t('import.owners.again')}</Button>
      </div>
    )
  }
  return (
    <table className={classes.table}>
      <tbody>
        {texts.map(({ value, count, proposal }) => (
          <tr key={value}>
            <th scope="row">{value}</th>
            <td className={classes.meta}>{t('import.problem.rows', { count: count.toLocaleString() })}</td>
            <td>
              <select aria-label={t('import.owners.answer', { name: value })} value={proposal ?? ''} disabled={busy || users.isPending} onChange={event => void onChange({ fixes: [{ field, from: value, to: event.currentTarget.value }] })}>
                <option value="">{t('import.owners.stay')}</option>
                {members.map(member => <option key={member.id} value={member.to}>{member.name === member.to ? member.name : `${member.name} · ${member.to}`}</option>)}
              </select>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
