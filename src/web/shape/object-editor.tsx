import { useNavigate } from '@tanstack/react-router'
import { useState, type ReactNode } from 'react'
import { listRoles } from '#shared/api/people.ts'
import { changeObject, createObject, type ShapedObject } from '#shared/api/shaped-objects.ts'
import type { Problem } from '#shared/problem.ts'
import { t } from '#web/i18n.ts'
import { useWord } from '#web/objects.ts'
import { useCall, useRead } from '#web/queries.ts'
import { useMe } from '#web/session/me.ts'
import { Button, SubmitButton } from '#web/ui/buttons.tsx'
import { Alert } from '#web/ui/alert.tsx'
import { Dialog, DialogButtons } from '#web/ui/dialog.tsx'
import { Form } from '#web/ui/form.tsx'
import { rightsLike } from './birth-rights.ts'
import { ObjectInputs } from './object-inputs.tsx'
import { changedObjectOf, newObjectOf, typedObject, type Typed } from './object-traits.ts'
import css from './objects.module.css'

interface Props { /** As it is; absent: a new one. */ object?: ShapedObject; onClose: () => void; onRetire?: () => void }

/** An object, new or changed: what it is called, how it looks, how its records are numbered, and at its birth who sees it. */
export const ObjectEditor = ({ object, ...rest }: Props) => (object === undefined ? <NewObject {...rest} /> : <KnownObject object={object} {...rest} />)

function NewObject({ onClose }: Props) {
  const go = useNavigate()
  const word = useWord()
  const mayGrant = useMe().rights.includes('people')
  const roles = useRead(listRoles, {}, { enabled: mayGrant }).data?.roles.filter(role => !role.rights.includes('shape')) ?? []
  const create = useCall(createObject, {
    onSuccess: onClose,
    toast: made => ({ text: t('objects.made', { label: word(made.label) }), action: { label: t('objects.open'), run: () => void go({ to: '/$object', params: { object: made.name } }) } }),
  })
  if (mayGrant && roles.length === 0) return null
  return (
    <Dialog title={t('objects.add')} onClose={onClose} width={560}>
      <Form onSubmit={typed => create.run({ body: newObjectOf(typed, roles) })} problem={create.problem} busy={create.busy}
        initial={{ ...typedObject(), ...Object.fromEntries(roles.map(role => [`role ${role.id}`, rightsLike(role.objects['customers'])])) }}>
        <ObjectInputs roles={mayGrant ? roles : null} />
        <Foot onClose={onClose}><SubmitButton>{t('objects.add')}</SubmitButton></Foot>
      </Form>
    </Dialog>
  )
}

function KnownObject({ object, onClose, onRetire }: Props & { object: ShapedObject }) {
  const word = useWord()
  const [base, setBase] = useState(object)
  const change = useCall(changeObject, { onSuccess: onClose, toast: saved => ({ text: t('objects.saved', { label: word(saved.label) }) }) })
  const theirs = currentOf(change.problem)
  const save = (typed: Typed) => {
    // Whoever saves again after a conflict has seen what the other one did.
    const { version } = theirs ?? base
    if (theirs) setBase(theirs)
    return change.run({ params: { object: object.name }, version, body: changedObjectOf(object, typed) })
  }
  return (
    <Dialog title={t('objects.edit', { label: word(object.label) })} onClose={onClose} width={560}>
      <Form onSubmit={save} problem={theirs ? null : change.problem} busy={change.busy} initial={typedObject(object)}>
        {theirs && <Alert>{t('objects.conflict', { label: word(theirs.label) })}</Alert>}
        <ObjectInputs object={object} roles={null} />
        <Foot onClose={onClose} {...(object.isStandard || onRetire === undefined ? {} : { onRetire })}><SubmitButton>{t('form.save')}</SubmitButton></Foot>
      </Form>
    </Dialog>
  )
}

function Foot({ children, onClose, onRetire }: { children: ReactNode; onClose: () => void; onRetire?: () => void }) {
  return (
    <div className={css.foot}>
      <DialogButtons>
        {children}
        <Button onClick={onClose}>{t('ui.cancel')}</Button>
        {onRetire && <span className={css.aside}><Button look="quiet" onClick={onRetire}>{t('objects.retire')}</Button></span>}
      </DialogButtons>
    </div>
  )
}

/** What another administrator has made of it meanwhile. */
const currentOf = (problem: Problem | null) => (problem?.code === 'record.conflict' ? problem.details['current'] as ShapedObject : null)
