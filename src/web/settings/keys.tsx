import { useState } from 'react'
import { createKey, listKeys, revokeKey, type KeyOut } from '#shared/api/keys.ts'
import type { Problem } from '#shared/problem.ts'
import { t, useLang } from '#web/i18n.ts'
import { useCall, useRead } from '#web/queries.ts'
import { missing, textOf } from '#web/session/missing.ts'
import { Button, SubmitButton } from '#web/ui/buttons.tsx'
import { Dialog, DialogButtons } from '#web/ui/dialog.tsx'
import { Form } from '#web/ui/form.tsx'
import { SelectInput } from '#web/ui/choice-inputs.tsx'
import { TextInput } from '#web/ui/inputs.tsx'
import { EmptyState, ErrorState, Skeleton } from '#web/ui/states.tsx'
import { Secret } from './secret.tsx'
import classes from './settings.module.css'

/** Keys for programs that act as this person. */
export function Keys() {
  const [isAdding, setAdding] = useState(false)
  const [ending, setEnding] = useState<KeyOut | null>(null)
  const read = useRead(listKeys)
  if (read.isPending) return <Skeleton shape="lines" />
  if (read.error) return <ErrorState problem={read.error} onRetry={read.refetch} />

  const { keys } = read.data
  const add = <Button icon="plus" look="main" onClick={() => setAdding(true)}>{t('keys.add')}</Button>
  return (
    <>
      {keys.length === 0 ? <EmptyState drawing="key" action={add}>{t('keys.none')}</EmptyState> : (
        <>
          <div className={classes.bar}><span />{add}</div>
          <table className={classes.table}>
            <thead><tr><th>{t('keys.name')}</th><th>{t('keys.scopes')}</th><th className={classes.optional}>{t('keys.created')}</th><th className={classes.optional}>{t('keys.used')}</th><th className={classes.end} /></tr></thead>
            <tbody>{keys.map(key => <KeyLine key={key.id} of={key} onRevoke={() => setEnding(key)} />)}</tbody>
          </table>
        </>
      )}
      {isAdding && <AddKey onClose={() => setAdding(false)} />}
      {ending && <Revoke of={ending} onClose={() => setEnding(null)} />}
    </>
  )
}

function KeyLine({ of, onRevoke }: { of: KeyOut; onRevoke(): void }) {
  const lang = useLang()
  const day = (instant: string) => new Date(instant).toLocaleDateString(lang)
  return (
    <tr>
      <td>{of.name}</td>
      <td>{t(of.scopes.includes('write') ? 'keys.scope.write' : 'keys.scope.read')}</td>
      <td className={classes.optional}>{day(of.createdAt)}</td>
      <td className={classes.optional}>{of.usedAt ? day(of.usedAt) : t('keys.never')}</td>
      <td className={classes.end}><Button look="quiet" onClick={onRevoke}>{t('keys.revoke')}</Button></td>
    </tr>
  )
}

function AddKey({ onClose }: { onClose(): void }) {
  const [gap, setGap] = useState<Problem | null>(null)
  const [made, setMade] = useState('')
  const create = useCall(createKey, { onSuccess: ({ key }) => setMade(key) })
  const submit = (values: Record<string, unknown>) => {
    const found = missing(values, { name: 'keys.name' })
    setGap(found)
    return found ? undefined : create.run({ body: { name: textOf(values.name).trim(), scopes: values.scopes === 'write' ? ['read', 'write'] : ['read'] } })
  }
  return (
    <Dialog title={t('keys.add')} onClose={onClose}>
      {made !== '' ? (
        <><p>{t('keys.shown')}</p><Secret text={made} /><DialogButtons><Button look="main" onClick={onClose}>{t('ui.close')}</Button></DialogButtons></>
      ) : (
        <Form onSubmit={submit} problem={gap ?? create.problem} busy={create.busy} initial={{ scopes: 'read' }}>
          <TextInput name="name" label={t('keys.name')} help={t('keys.nameHelp')} autoFocus required />
          <SelectInput name="scopes" label={t('keys.scopes')} required choices={[{ value: 'read', label: t('keys.scope.read') }, { value: 'write', label: t('keys.scope.write') }]} />
          <DialogButtons><SubmitButton>{t('keys.add')}</SubmitButton><Button onClick={onClose}>{t('ui.cancel')}</Button></DialogButtons>
        </Form>
      )}
    </Dialog>
  )
}

function Revoke({ of, onClose }: { of: KeyOut; onClose(): void }) {
  const revoke = useCall(revokeKey, { with: { params: { id: of.id } }, onSuccess: onClose, toast: () => ({ text: t('keys.revoked', { name: of.name }) }) })
  return (
    <Dialog title={t('keys.revokeTitle', { name: of.name })} onClose={onClose}>
      <p>{t('keys.revokeText')}</p>
      <DialogButtons>
        <Button look="danger" busy={revoke.busy} onClick={() => void revoke.run()}>{t('keys.revoke')}</Button>
        <Button onClick={onClose}>{t('ui.cancel')}</Button>
      </DialogButtons>
    </Dialog>
  )
}
