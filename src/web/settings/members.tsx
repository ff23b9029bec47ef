import { useState } from 'react'
import { disableUser, enableUser } from '#shared/api/people.ts'
import type { RecordOut } from '#shared/api/records.ts'
import { Initial } from '#web/frame/initial.tsx'
import { t } from '#web/i18n.ts'
import { useObject } from '#web/objects.ts'
import { useCall, useList } from '#web/queries.ts'
import { useMe } from '#web/session/me.ts'
import { Button } from '#web/ui/buttons.tsx'
import { Dialog, DialogButtons } from '#web/ui/dialog.tsx'
import { ErrorState, Skeleton } from '#web/ui/states.tsx'
import { AddMember } from './add-member.tsx'
import { labelOf, textOr } from './labels.ts'
import classes from './settings.module.css'

/** Who may sign in; adding and locking out. */
export function Members() {
  const [isAdding, setAdding] = useState(false)
  const [leaving, setLeaving] = useState<RecordOut | null>(null)
  const members = useList('users', { limit: 500, sort: 'name', total: 'exact' })
  if (members.isPending) return <Skeleton shape="lines" />
  if (members.error) return <ErrorState problem={members.error} onRetry={members.refetch} />

  return (
    <>
      <div className={classes.bar}>
        <span>{members.data.total > 1 ? t('members.count', { count: members.data.total }) : t('members.none')}</span>
        <Button icon="plus" look="main" onClick={() => setAdding(true)}>{t('members.add')}</Button>
      </div>
      <table className={classes.table}>
        <thead>
          <tr><th>{t('members.name')}</th><th className={classes.optional}>{t('members.department')}</th><th className={classes.optional}>{t('members.phone')}</th><th>{t('members.state')}</th><th className={classes.end} /></tr>
        </thead>
        <tbody>{members.data.records.map(member => <MemberLine key={member.id} member={member} onDisable={() => setLeaving(member)} />)}</tbody>
      </table>
      {isAdding && <AddMember onClose={() => setAdding(false)} />}
      {leaving && <Disable member={leaving} onClose={() => setLeaving(null)} />}
    </>
  )
}

function MemberLine({ member, onDisable }: { member: RecordOut; onDisable(): void }) {
  const me = useMe()
  const enable = useCall(enableUser, { with: { params: { id: member.id } } })
  const name = textOr(member.name)
  const off = useObject('users')?.fields.find(field => field.name === 'status')?.options?.find(option => option.id === 'disabled')
  const isOff = off !== undefined && member.status === off.label
  return (
    <tr data-off={isOff}>
      <td><span className={classes.who}><Initial name={name} /><span>{name}<span className={classes.meta}> {textOr(member.title)}</span></span></span></td>
      <td className={classes.optional}>{labelOf(member.department)}</td>
      <td className={classes.optional}>{textOr(member.phone)}</td>
      <td>{t(isOff ? 'members.disabled' : 'members.active')}</td>
      <td className={classes.end}>
        {member.id !== me.id && (isOff
          ? <Button look="quiet" busy={enable.busy} onClick={() => void enable.run()}>{t('members.enable')}</Button>
          : <Button look="quiet" onClick={onDisable}>{t('members.disable')}</Button>)}
      </td>
    </tr>
  )
}

function Disable({ member, onClose }: { member: RecordOut; onClose(): void }) {
  const name = textOr(member.name)
  const disable = useCall(disableUser, { with: { params: { id: member.id } }, onSuccess: onClose, toast: () => ({ text: t('members.disabledToast', { name }) }) })
  return (
    <Dialog title={t('members.disableTitle', { name })} onClose={onClose}>
      <p>{t('members.disableText', { name })}</p>
      <DialogButtons>
        <Button look="danger" busy={disable.busy} onClick={() => void disable.run()}>{t('members.disable')}</Button>
        <Button onClick={onClose}>{t('ui.cancel')}</Button>
      </DialogButtons>
    </Dialog>
  )
}
