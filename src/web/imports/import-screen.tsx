import { useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { changeImport, getImport, type ImportChange, type ImportOut } from '#shared/api/imports.ts'
import { Screen } from '#web/frame/screen.tsx'
import { findingText, t } from '#web/i18n.ts'
import { useCall, useRead } from '#web/queries.ts'
import { Alert } from '#web/ui/alert.tsx'
import { Button, SubmitButton } from '#web/ui/buttons.tsx'
import { Form } from '#web/ui/form.tsx'
import { PasswordInput } from '#web/ui/inputs.tsx'
import { ErrorState, Skeleton } from '#web/ui/states.tsx'
import { Check } from './check.tsx'
import { Receipt } from './receipt.tsx'
import { StateTag } from './state-tag.tsx'
import classes from './imports.module.css'

const isWorking = (one: ImportOut | undefined) => one !== undefined && (one.state === 'reading' || one.state === 'committing' || one.isUndoing)

/** One import from the first look at the file to its receipt. */
export function ImportScreen() {
  const { id = '' } = useParams({ strict: false })
  const go = useNavigate()
  const [isLive, setLive] = useState(true)
  const known = useRead(getImport, { params: { id } }, { every: isLive && 1000 })
  if (known.data && isWorking(known.data) !== isLive) setLive(!isLive)
  const change = useCall(changeImport, { with: { params: { id } } })
  const onChange = async (body: ImportChange) => {
    await change.run({ body })
  }
  const onBack = () => void go({ to: '/import' })
  return (
    <Screen title={known.data?.file ?? t('import.title')} onBack={onBack} heading={known.data && <h1 className={classes.title}><span title={known.data.file}>{known.data.file}</span><StateTag state={known.data.isUndoing ? 'undoing' : known.data.state} /></h1>}>
      <div className={classes.page} aria-busy={isWorking(known.data) || undefined}>
        {known.error ? <ErrorState problem={known.error} onRetry={known.refetch} /> : known.data === undefined ? <Skeleton shape="form" /> : <Stage one={known.data} onChange={onChange} busy={change.busy} />}
        {change.problem && <Alert>{change.problem.message}</Alert>}
      </div>
    </Screen>
  )
}

interface Props { one: ImportOut; busy: boolean; onChange(body: ImportChange): Promise<void> }

function Stage({ one, onChange, busy }: Props) {
  if (one.state === 'reading') return <Reading one={one} />
  if (one.state === 'refused') return <Refused one={one} onChange={onChange} busy={busy} />
  if (one.state === 'ready') return <Check one={one} onChange={onChange} busy={busy} />
  return <Receipt one={one} />
}

function Reading({ one: { progress } }: Pick<Props, 'one'>) {
  return (
    <div className={classes.progress} role="status">
      <p>{t('import.reading', { done: progress.done.toLocaleString() })}</p>
      <progress aria-label={t('import.state.reading')} />
    </div>
  )
}

/** Why the file cannot be read; a locked one asks for its password. */
function Refused({ one, onChange, busy }: Props) {
  const go = useNavigate()
  const isLocked = one.refusal?.code === 'file.encrypted' || one.refusal?.code === 'file.wrongPassword'
  return (
    <div className={classes.refused}>
      {one.refusal && <Alert>{findingText(one.refusal)}</Alert>}
      {isLocked && (
        <Form busy={busy} onSubmit={values => onChange({ password: String(values['password'] ?? '') })}>
          <PasswordInput name="password" label={t('import.password')} autoComplete="off" autoFocus />
          <SubmitButton>{t('import.unlock')}</SubmitButton>
        </Form>
      )}
      {!isLocked && <Button onClick={() => void go({ to: '/import' })}>{t('import.tryAgain')}</Button>}
    </div>
  )
}
