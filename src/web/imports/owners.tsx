import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { ImportChange, ImportKind, ImportOut } from '#shared/api/imports.ts'
import { t } from '#web/i18n.ts'
import { useList } from '#web/queries.ts'
import { useMe } from '#web/session/me.ts'
import { Button } from '#web/ui/buttons.tsx'
import { SeverityTag } from './state-tag.tsx'
import classes from './imports.module.css'

type Texts = NonNullable<ImportKind['texts']>
interface Props { one: ImportOut; kinds: ImportKind[]; busy: boolean; onChange(body: ImportChange): Promise<void> }

/** So many names are told before one opens the list. */
const inSight = 5

/** Is it about who owns the rows? */
export const isAboutOwners = (kind: ImportKind) => kind.code === 'row.ownerUnknown' || kind.code === 'row.ownerAnswered'

/** Names of owners that are nobody's here, as one note; opened, each with the member who takes their rows. */
export function Owners({ one, kinds, busy, onChange }: Props) {
  const [isOpen, setOpen] = useState(false)
  const [first] = kinds
  if (first === undefined) return null
  const field = first.field ?? ''
  // In one order, whether somebody was chosen or not: a line stays where it is.
  const texts = inOrder(kinds.flatMap(kind => kind.texts ?? []))
  return (
    <div className={classes.kind}>
      <button type="button" className={classes.kindLine} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        <SeverityTag severity={first.severity} />
        <span className={classes.kindText}><b>{one.targets.find(target => target.field === field)?.label}</b> {kinds.map(kind => sentence(kind, one.mode)).join(t('import.owners.then'))}</span>
        <span className={classes.meta}>{t('import.problem.rows', { count: kinds.reduce((sum, kind) => sum + kind.count, 0).toLocaleString() })}</span>
      </button>
      {isOpen && <Names texts={texts} field={field} busy={busy} onChange={onChange} />}
    </div>
  )
}

const inOrder = (texts: Texts) => texts.toSorted((a, b) => b.count - a.count || a.value.localeCompare(b.value, 'zh-CN'))

function sentence({ code, texts = [], values }: ImportKind, mode: ImportOut['mode']): string {
  const names = inOrder(texts).slice(0, inSight).map(({ value, count }) => t('import.owners.name', { name: value, count: count.toLocaleString() })).join(t('import.owners.and')) + (texts.length > inSight ? t('import.owners.more') : '')
  const filled = { count: Number(values['names'] ?? texts.length).toLocaleString(), names }
  return code === 'row.ownerAnswered' ? t('import.owners.answered', filled) : t(mode === 'create' ? 'import.owners.unknown' : 'import.owners.unchanged', filled)
}

/** Name by name, who takes over; whoever was added meanwhile is found by looking through the file again. */
function Names({ texts, field, busy, onChange }: { texts: Texts; field: string; busy: boolean; onChange: Props['onChange'] }) {
  const { members, isPending } = useMembers()
  // Seen at once, while the file is looked through again.
  const [chosen, setChosen] = useState<Record<string, string>>({})
  if (!isPending && members.length === 0) {
    return (
      <div className={classes.alone}>
        <p>{t('import.owners.alone')} <Link to="/settings/$section" params={{ section: 'members' }}>{t('import.owners.add')}</Link></p>
        <Button busy={busy} onClick={() => void onChange({})}>{t('import.owners.again')}</Button>
      </div>
    )
  }
  const choose = (from: string, to: string) => {
    setChosen({ ...chosen, [from]: to })
    void onChange({ fixes: [{ field, from, to }] })
  }
  return (
    <table className={classes.table}>
      <tbody>
        {texts.map(({ value, count, proposal }) => (
          <tr key={value}>
            <th scope="row">{value}</th>
            <td className={classes.meta}>{t('import.problem.rows', { count: count.toLocaleString() })}</td>
            <td>
              <select aria-label={t('import.owners.answer', { name: value })} value={chosen[value] ?? proposal ?? ''} disabled={busy || isPending} onChange={event => choose(value, event.currentTarget.value)}>
                <option value="">{t('import.owners.stay')}</option>
                {members.map(member => <option key={member.to} value={member.to}>{member.label}</option>)}
              </select>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** The others, by the login, which is unique; it is shown where two have the same name. */
function useMembers() {
  const me = useMe()
  const users = useList('users', { limit: 500, sort: 'name', total: 'none' })
  const others = (users.data?.records ?? []).flatMap(({ id, name, login }) => (typeof name !== 'string' || id === me.id ? [] : [{ name, to: typeof login === 'string' ? login : name }]))
  const members = others.map(({ name, to }) => ({ to, label: others.filter(other => other.name === name).length > 1 ? `${name} · ${to}` : name }))
  return { members, isPending: users.isPending }
}
