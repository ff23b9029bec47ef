import { setUp } from '#shared/api/session.ts'
import { Problem } from '#shared/problem.ts'
import { currentLang, t, useLang, type Key } from '#web/i18n.ts'
import { useCall } from '#web/queries.ts'
import { SubmitButton } from '#web/ui/buttons.tsx'
import { Form } from '#web/ui/form.tsx'
import { PasswordInput, TextInput } from '#web/ui/inputs.tsx'
import { useState } from 'react'
import { Cover } from './cover.tsx'
import { signedIn } from './me.ts'
import { missing, textOf } from './missing.ts'

const labels: Record<string, Key> = { company: 'setup.company', name: 'setup.name', login: 'setup.login', password: 'setup.password' }

/** Company and first administrator. The token of the console usually comes with the address; it does not stay there. */
export function FirstRun() {
  useLang()
  const [given] = useState(takeToken)
  const [refusal, setRefusal] = useState<Problem | null>(null)
  const setup = useCall(setUp, { onSuccess: signedIn })

  const submit = (values: Record<string, unknown>) => {
    const token = textOf(values.token).trim() || given
    const found = missing({ ...values, token }, given ? labels : { ...labels, token: 'setup.token' }) ?? different(values)
    setRefusal(found)
    if (found) return undefined
    const [company, name, login] = [values.company, values.name, values.login].map(value => textOf(value).trim()) as [string, string, string]
    return setup.run({ body: { token, company, name, login, password: textOf(values.password), lang: currentLang() } })
  }
  return (
    <Cover title={t('setup.title')} lead={t('setup.lead')}>
      <Form onSubmit={submit} problem={refusal ?? setup.problem} busy={setup.busy}>
        <TextInput name="company" label={t('setup.company')} autoComplete="organization" autoFocus />
        <TextInput name="name" label={t('setup.name')} autoComplete="name" />
        <TextInput name="login" label={t('setup.login')} help={t('setup.loginHelp')} kind="code" autoComplete="username" />
        <PasswordInput name="password" label={t('setup.password')} help={t('setup.passwordHelp')} autoComplete="new-password" />
        <PasswordInput name="again" label={t('setup.passwordAgain')} autoComplete="new-password" />
        {(given === '' || isAboutToken(setup.problem)) && <TextInput name="token" label={t('setup.token')} help={t('setup.tokenHelp')} kind="code" />}
        <SubmitButton wide>{t('setup.submit')}</SubmitButton>
      </Form>
    </Cover>
  )
}

function takeToken(): string {
  const address = new URL(location.href)
  const token = address.searchParams.get('token') ?? ''
  address.searchParams.delete('token')
  history.replaceState(null, '', address)
  return token
}

const isAboutToken = (problem: Problem | null) => problem !== null && (problem.code === 'setup.tokenWrong' || problem.fields.some(finding => finding.field === 'token'))

const different = (values: Record<string, unknown>) =>
  values.password === values.again ? null : new Problem('record.invalid', { count: 1 }, { fields: [{ field: 'again', code: 'setup.passwordDiffers' }] })
