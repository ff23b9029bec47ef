import { useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { cancelImport, changeImport, getImport, type ImportChange, type ImportOut } from '#shared/api/imports.ts'
import { Screen } from '#web/frame/screen.tsx'
import { findingText, problemText, t } from '#web/i18n.ts'
import { useCall, useRead } from '#web/queries.ts'
import { Alert } from '#web/ui/alert.tsx'
import { Button, SubmitButton } from '#web/ui/buttons.tsx'
import { Form } from '#web/ui/form.tsx'
import { PasswordInput } from '#web/ui/inputs.tsx'
import { ErrorState, Skeleton } from '#web/ui/states.tsx'
import { Bar } from './bar.tsx'
import { Check } from './check.tsx'
import { DropZone } from './drop-zone.tsx'
import { isWorking } from './follow.ts'
import { Receipt } from './receipt.tsx'
import { StateTag } from './state-tag.tsx'
import { useUpload } from './use-upload.ts'
import classes from './imports.module.css'

/** One import from the first look at the file to its receipt. */
export function ImportScreen() {
  const { id = '' } = useParams({ strict: false })
  return <One key={id} id={id} />
}

function One({ id }: { id: string }) {
  const go = useNavigate()
  const [isLive, setLive] = useState(true)
  const known = useRead(getImport, { params: { id } }, { every: isLive && 1000 })
  const one = known.data
  const isBusy = one !== undefined && isWorking(one)
  if (one && isBusy !== isLive) setLive(isBusy)
  // What was found out before stays in sight while another choice is tried.
  const [checked, setChecked] = useState<ImportOut | null>(null)
  if (one?.state === 'ready' && one !== checked) setChecked(one)
  const change = useCall(changeImport, { with: { params: { id } } })
  const [wanted, setWanted] = useState<ImportChange>({})
  const onChange = async (body: ImportChange) => {
    setWanted(body)
    await change.run({ body })
  }
  const isAgain = checked !== null && (change.busy || one?.state === 'reading')
  return (
    <Screen title={one?.file ?? t('import.title')} onBack={() => void go({ to: '/import' })} heading={one && <h1 className={classes.title}><span title={one.file}>{one.file}</span><StateTag state={one.isUndoing ? 'undoing' : one.state} /></h1>}>
      <div className={classes.page} aria-busy={isBusy || undefined}>
        {change.problem && <Alert>{problemText(change.problem)}</Alert>}
        {isAgain && one && <Again one={one} />}
        {known.error ? <ErrorState problem={known.error} onRetry={known.refetch} /> : one === undefined ? <Skeleton shape="form" /> : <Stage one={isAgain ? withChoice(checked, wanted) : one} onChange={onChange} busy={change.busy || isAgain} />}
      </div>
    </Screen>
  )
}

/** As it was found, with what somebody chose since. */
function withChoice(one: ImportOut, { mapping = [], mode, matchField, sheet, encoding }: ImportChange): ImportOut {
  const chosen = new Map(mapping.map(({ column, field }) => [column, field]))
  return {
    ...one, mode: mode ?? one.mode, sheet: sheet ?? one.sheet, encoding: encoding ?? one.encoding, matchField: matchField === undefined ? one.matchField : matchField,
    mapping: one.mapping.map(entry => (chosen.has(entry.column) ? { ...entry, field: chosen.get(entry.column) ?? null, confidence: 1, because: 'chosen' as const } : entry)),
  }
}

interface Props { one: ImportOut; busy: boolean; onChange(body: ImportChange): Promise<void> }

function Stage({ one, onChange, busy }: Props) {
  if (one.state === 'reading') return <Reading one={one} />
  if (one.state === 'refused') return <Refused one={one} onChange={onChange} busy={busy} />
  if (one.state === 'ready') return <Check one={one} onChange={onChange} busy={busy} />
  return <Receipt one={one} />
}

/** The first look at a file. */
function Reading({ one }: Pick<Props, 'one'>) {
  const cancel = useCall(cancelImport, { with: { params: { id: one.id } } })
  return (
    <div className={classes.progress}>
      <p role="status">{t('import.reading', { done: one.progress.done.toLocaleString() })}</p>
      <Bar {...one.progress} label={t('import.state.reading')} />
      <Button busy={cancel.busy} onClick={() => void cancel.run()}>{t('import.cancel')}</Button>
      {cancel.problem && <Alert>{problemText(cancel.problem)}</Alert>}
      <div className={classes.coming}><Skeleton shape="sheet" /></div>
    </div>
  )
}

/** It is looked through anew with another choice. */
function Again({ one: { progress } }: Pick<Props, 'one'>) {
  return (
    <div className={classes.again} role="status">
      <span>{t('import.checkAgain', { done: progress.done.toLocaleString() })}</span>
      <Bar {...progress} label={t('import.state.reading')} />
    </div>
  )
}

/** Why the file cannot be read; a locked one asks for its password. */
function Refused({ one, onChange, busy }: Props) {
  const another = useUpload()
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
      <h2 className={classes.section}>{t('import.tryAgain')}</h2>
      <DropZone object={one.object} isAside={isLocked} busy={another.busy} onFile={file => void another.take(file, one.object)} />
    </div>
  )
}
