import { MultiSelect } from '@mantine/core'
import { createUser, listRoles } from '#shared/api/people.ts'
import type { Problem } from '#shared/problem.ts'
import { useState } from 'react'
import { t } from '#web/i18n.ts'
import { useCall, useList, useRead } from '#web/queries.ts'
import { missing, textOf } from '#web/session/missing.ts'
import { Button, SubmitButton } from '#web/ui/buttons.tsx'
import { Dialog, DialogButtons } from '#web/ui/dialog.tsx'
import { Form, useFormField } from '#web/ui/form.tsx'
import { SelectInput } from '#web/ui/choice-inputs.tsx'
import { PasswordInput, TextInput } from '#web/ui/inputs.tsx'
import { toast } from '#web/ui/toast.tsx'
import { textOr } from './labels.ts'
import { Secret } from './secret.tsx'

/** A new colleague: name, login, where they belong, what they may do. Without a password the server makes one, shown once. */
export function AddMember({ onClose }: { onClose(): void }) {
  const [gap, setGap] = useState<Problem | null>(null)
  const [made, setMade] = useState<{ name: string; password: string } | null>(null)
  const departments = useList('departments', { limit: 500, sort: 'name' }).data?.records ?? []
  const create = useCall(createUser, {
    onSuccess: person => {
      if (person.initialPassword !== undefined) return setMade({ name: textOr(person.name), password: person.initialPassword })
      toast({ text: t('members.added', { name: textOr(person.name) }) })
      onClose()
    },
  })

  const submit = (values: Record<string, unknown>) => {
    const found = missing(values, { name: 'members.name', login: 'members.login' })
    setGap(found)
    if (found) return undefined
    const filled = Object.fromEntries(['title', 'phone', 'email', 'department', 'password'].map(name => [name, textOf(values[name]).trim()]).filter(([, value]) => value !== ''))
    const roles = Array.isArray(values.roles) ? values.roles.map(String) : []
    return create.run({ body: { name: textOf(values.name).trim(), login: textOf(values.login).trim(), roles, ...filled } })
  }
  if (made) {
    return (
      <Dialog title={t('members.added', { name: made.name })} onClose={onClose}>
        <p>{t('members.passwordOnce')}</p><Secret text={made.password} />
        <DialogButtons><Button look="main" onClick={onClose}>{t('ui.close')}</Button></DialogButtons>
      </Dialog>
    )
  }
  return (
    <Dialog title={t('members.add')} onClose={onClose}>
      <Form onSubmit={submit} problem={gap ?? create.problem} busy={create.busy}>
        <TextInput name="name" label={t('members.name')} required autoFocus />
        <TextInput name="login" label={t('members.login')} help={t('members.loginHelp')} kind="code" required />
        <SelectInput name="department" label={t('members.department')} choices={departments.map(one => ({ value: one.id, label: textOr(one.name) }))} searchable />
        <RolesInput />
        <TextInput name="phone" label={t('members.phone')} kind="phone" />
        <PasswordInput name="password" label={t('members.password')} help={t('members.passwordHelp')} autoComplete="new-password" />
        <DialogButtons>
          <SubmitButton>{t('members.add')}</SubmitButton>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
        </DialogButtons>
      </Form>
    </Dialog>
  )
}

function RolesInput() {
  const roles = useRead(listRoles).data?.roles ?? []
  const field = useFormField('roles')
  const chosen = Array.isArray(field.value) ? field.value.map(String) : []
  return <MultiSelect label={t('members.roles')} data={roles.map(role => ({ value: role.id, label: role.name }))} value={chosen} onChange={field.set} error={field.error} />
}
