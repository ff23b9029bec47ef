import { useState } from 'react'
import type { ImportChange, ImportKind, ImportOut, ImportProblem } from '#shared/api/imports.ts'
import type { ObjectOut } from '#shared/api/objects.ts'
import { findingText, t, type Key } from '#web/i18n.ts'
import { Button } from '#web/ui/buttons.tsx'
import { isAboutOwners, Owners } from './owners.tsx'
import { SeverityTag } from './state-tag.tsx'
import { words } from './words.ts'
import classes from './imports.module.css'

interface Props { one: ImportOut; object: ObjectOut | undefined; busy: boolean; onChange(body: ImportChange): Promise<void> }

/** So many kinds are in sight before one asks for more. */
const inSight = 8

/** Kinds of findings, each with how many rows; opened, its rows one by one with the fix as a button. */
export function Problems(props: Props) {
  const [isAll, setAll] = useState(false)
  const all = props.one.problems.kinds
  const kinds = all.filter(kind => !isAboutOwners(kind))
  if (all.length === 0) return <p className={classes.meta}>{t('import.problem.none')}</p>
  return (
    <div className={classes.kinds}>
      <Owners one={props.one} kinds={all.filter(isAboutOwners)} busy={props.busy} onChange={props.onChange} />
      {kinds.slice(0, isAll ? undefined : inSight).map(kind => <Kind key={`${kind.severity} ${kind.code} ${kind.field} ${kind.value}`} {...props} kind={kind} />)}
      {!isAll && kinds.length > inSight && <button type="button" className={classes.moreKinds} onClick={() => setAll(true)}>{t('import.problem.moreKinds', { count: kinds.length - inSight })}</button>}
    </div>
  )
}

function Kind({ kind, ...props }: Props & { kind: ImportKind }) {
  const { one, busy, onChange } = props
  const [isOpen, setOpen] = useState(false)
  const rows = one.problems.first.filter(problem => problem.code === kind.code && (problem.field ?? null) === kind.field && problem.severity === kind.severity && (kind.value === null || problem.value === kind.value))
  const label = labelOf(one, kind.field)
  const isAnswerable = kind.field !== null && kind.value !== null
  return (
    <div className={classes.kind}>
      <button type="button" className={classes.kindLine} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        <SeverityTag severity={kind.severity} />
        <span className={classes.kindText}>{label && <b>{label}</b>} {textOf(kind)}</span>
        <span className={classes.meta}>{t('import.problem.rows', { count: kind.count.toLocaleString() })}</span>
      </button>
      {isAnswerable && <AnswerAll {...props} kind={kind} />}
      {isOpen && <AcceptAll {...props} rows={rows} />}
      {isOpen && (
        <table className={classes.table}>
          <tbody>{rows.map((problem, i) => <Row key={i} one={one} problem={problem} busy={busy} onChange={onChange} />)}</tbody>
        </table>
      )}
      {isOpen && kind.count > rows.length && <p className={classes.meta}>{t('import.problem.more', { shown: rows.length })}</p>}
    </div>
  )
}

/** What is said of many rows together, where each has its own partner or figure. */
const together: Record<string, Key> = {
  'row.duplicateInFile': 'import.kind.duplicateInFile', 'row.duplicateInDatabase': 'import.kind.duplicateInDatabase', 'row.isThere': 'import.kind.isThere', 'row.withFirst': 'import.kind.withFirst',
  'number.rounded': 'import.kind.rounded',
}

function textOf({ code, values, count, value }: ImportKind): string {
  const text = findingText({ code, values })
  // A secret is told by its kind alone.
  if (count === 1 || value !== null || Object.keys(values).length === 0 || code.startsWith('secret.')) return text
  const key = together[code]
  return key === undefined ? t('import.kind.example', { text }) : t(key)
}

/** Takes every proposal in sight at once. */
function AcceptAll({ one, busy, onChange, rows }: Props & { rows: ImportProblem[] }) {
  const proposed = rows.filter(({ row, field, proposal, severity }) => row > 0 && proposal !== undefined && severity !== 'noted' && one.targets.some(target => target.field === field))
  if (proposed.length < 2) return null
  const fixes = proposed.map(({ row, field = '', proposal = '' }) => ({ row, field, to: proposal }))
  return <div className={classes.accept}><Button icon="check" disabled={busy} onClick={() => void onChange({ fixes })}>{t('import.problem.acceptAll', { count: fixes.length })}</Button></div>
}

/** One answer for every row with this text: an option of the field. */
function AnswerAll({ one, object, kind, busy, onChange }: Props & { kind: ImportKind }) {
  const options = object?.fields.find(field => field.name === kind.field)?.options?.filter(option => option.retired !== true) ?? []
  if (options.length === 0) return null
  const answer = (to: string) => void onChange({ fixes: [{ field: kind.field ?? '', from: kind.value ?? '', to }] })
  return (
    <select className={classes.answer} aria-label={`${labelOf(one, kind.field)} ${kind.value ?? ''}: ${t('import.problem.edit')}`} value={kind.severity === 'noted' ? kind.proposal ?? '' : ''} disabled={busy} onChange={event => answer(event.currentTarget.value)}>
      <option value="" disabled>{t('import.problem.edit')}</option>
      {options.map(option => <option key={option.id} value={option.label}>{option.label}</option>)}
    </select>
  )
}

function Row({ one, problem, busy, onChange }: { one: ImportOut; problem: ImportProblem; busy: boolean; onChange: Props['onChange'] }) {
  const { row, field, proposal } = problem
  const isFixable = row > 0 && field !== undefined && problem.severity !== 'noted' && one.targets.some(target => target.field === field)
  const fix = (to: string) => void onChange({ fixes: [{ row, field: field ?? '', to }] })
  return (
    <tr data-severity={problem.severity}>
      <th scope="row">{row === 0 ? t('import.problem.file') : t('import.problem.row', { row })}</th>
      <td>{findingText(problem)}</td>
      <td>
        {isFixable
          ? <input className={classes.fix} defaultValue={words(problem.value)} disabled={busy} aria-label={`${t('import.problem.row', { row })} ${labelOf(one, field)}`} onKeyDown={event => { if (event.key === 'Enter' && !event.nativeEvent.isComposing) fix(event.currentTarget.value) }}
            onBlur={event => { if (event.currentTarget.value !== words(problem.value)) fix(event.currentTarget.value) }} />
          : <span className={classes.typed}>{words(problem.value)}</span>}
      </td>
      <td>{isFixable && proposal !== undefined && <Button look="quiet" disabled={busy} onClick={() => fix(proposal)}>{t('import.problem.apply', { value: proposal })}</Button>}</td>
    </tr>
  )
}

const labelOf = (one: ImportOut, field: string | null | undefined) => one.targets.find(target => target.field === field)?.label ?? ''
