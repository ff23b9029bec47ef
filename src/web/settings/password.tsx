import { useState } from 'react'
import { changePassword } from '#shared/api/session.ts'
import { Problem } from '#shared/problem.ts'
import { t } from '#web/i18n.ts'
import { useCall } from '#web/queries.ts'
import { missing, textOf } from '#web/session/missing.ts'
import { SubmitButton } from '#web/ui/buttons.tsx'
import { Form } from '#web/ui/form.tsx'
import { PasswordInput } from '#web/ui/inputs.tsx'
import classes from './settings.module.css'

export function Password() {
  const [refusal, setRefusal] = useState<Problem | null>(null)
  const [round, setRound] = useState(0)
  const change = useCall(changePassword, { toast: () => ({ text: t('settings.passwordChanged') }), onSuccess: () => setRound(round + 1) })

  const submit = (values: Record<string, unknown>) => {
    const differs = values.next === values.again ? null : new Problem('record.invalid', { count: 1 }, { fields: [{ field: 'again', code: 'setup.passwordDiffers' }] })
    const found = missing(values, { current: 'settings.currentPassword', next: 'settings.newPassword' }) ?? differs
    setRefusal(found)
    return found ? undefined : change.run({ body: { current: textOf(values.current), next: textOf(values.next) } })
  }
  return (
    <div className={classes.form}>
      <Form key={round} onSubmit={submit} problem={refusal ?? change.problem} busy={change.busy}>
        <PasswordInput name="current" label={t('settings.currentPassword')} />
        <PasswordInput name="next" label={t('settings.newPassword')} help={t('setup.passwordHelp')} autoComplete="new-password" />
        <PasswordInput name="again" label={t('settings.newPasswordAgain')} autoComplete="new-password" />
        <div><SubmitButton>{t('settings.changePassword')}</SubmitButton></div>
      </Form>
    </div>
  )
}
