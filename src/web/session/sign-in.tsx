import { signIn, type Me } from '#shared/api/session.ts'
import { t, useLang } from '#web/i18n.ts'
import { useCall } from '#web/queries.ts'
import { SubmitButton } from '#web/ui/buttons.tsx'
import { Form } from '#web/ui/form.tsx'
import { PasswordInput, TextInput } from '#web/ui/inputs.tsx'
import { missing, textOf } from './missing.ts'
import { useState } from 'react'
import type { Problem } from '#shared/problem.ts'
import { leave } from './begin.ts'
import { Cover } from './cover.tsx'
import { signedIn } from './me.ts'
import classes from './sign-in.module.css'

/** `again`: the session of this person ran out; the same person goes on where they were, anybody else starts afresh. */
export function SignIn({ again }: { again?: Me }) {
  useLang()
  const [gap, setGap] = useState<Problem | null>(null)
  const sign = useCall(signIn, {
    onSuccess: me => {
      if (again && me.id !== again.id) return location.reload()
      signedIn(me)
    },
  })

  const submit = (values: Record<string, unknown>) => {
    const login = again?.login ?? textOf(values.login).trim()
    const found = missing({ ...values, login }, { login: 'signIn.login', password: 'signIn.password' })
    setGap(found)
    return found ? undefined : sign.run({ body: { login, password: textOf(values.password) } })
  }
  return (
    <Cover title={t(again ? 'signIn.expired' : 'signIn.title')} lead={again && t('signIn.expiredText', { name: again.name })}>
      <Form onSubmit={submit} problem={gap ?? sign.problem} busy={sign.busy}>
        {!again && <TextInput name="login" label={t('signIn.login')} kind="code" autoComplete="username" autoFocus />}
        <PasswordInput name="password" label={t('signIn.password')} autoFocus={again !== undefined} />
        <SubmitButton wide>{t('signIn.submit')}</SubmitButton>
      </Form>
      {again
        ? <button type="button" className={classes.other} onClick={() => void leave()}>{t('signIn.other')}</button>
        : <p className={classes.forgotten}>{t('signIn.forgotten')}</p>}
    </Cover>
  )
}
